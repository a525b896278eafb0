// What holds for every page of the portal, in every window and with or without JavaScript.

import { examplePaths, localeOf, sitePages } from "../support/site.ts";
import { expect, expectNoSidewaysScroll, test } from "../support/test.ts";

const addresses = examplePaths();

for (const { path, example } of sitePages()) {
  test(`${path} opens, with one heading, in its language and within the window`, async ({
    page,
    open,
  }) => {
    const response = await open(example);
    expect(response.status()).toBe(200);
    await expect(page.locator("h1")).toHaveCount(1);
    await expect(page.locator("h1")).not.toBeEmpty();
    await expect(page.locator("main")).toHaveCount(1);
    await expect(page.locator("html")).toHaveAttribute("lang", localeOf(example));
    await expect(page).toHaveTitle(/\S/);
    await expectNoSidewaysScroll(page);

    // Search engines learn of the page in each language.
    for (const locale of ["vi", "en"]) {
      const link = page.locator(`head link[rel="alternate"][hreflang="${locale}"]`);
      await expect(link).toHaveCount(1);
      const target = new URL((await link.getAttribute("href")) ?? "", page.url());
      expect(addresses).toContain(decodeURI(target.pathname));
    }
  });
}
