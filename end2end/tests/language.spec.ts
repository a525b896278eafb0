// A reader changes the language and stays on the page.

import { examplePaths, localeOf, sitePages } from "../support/site.ts";
import { expect, test } from "../support/test.ts";

const addresses = examplePaths();

for (const { path, example } of sitePages()) {
  const other = localeOf(example) === "vi" ? "en" : "vi";

  test(`${path} links to itself in the other language and back`, async ({ page, open }) => {
    await open(example);
    const original = new URL(page.url());
    await page.locator(`a[hreflang="${other}"]:visible`).first().click();
    await expect(page.locator("html")).toHaveAttribute("lang", other);
    const translated = new URL(page.url());
    expect(addresses).toContain(decodeURI(translated.pathname));
    expect(translated.search).toBe(original.search);

    await page.locator(`a[hreflang="${localeOf(example)}"]:visible`).first().click();
    await expect(page.locator("html")).toHaveAttribute("lang", localeOf(example));
    expect(new URL(page.url()).pathname).toBe(original.pathname);
  });
}
