// With JavaScript, going from page to page does not load the whole document again.

import type { Page } from "@playwright/test";

import { sitePages } from "../support/site.ts";
import { expect, test } from "../support/test.ts";

type Marked = Window & { sameDocument?: boolean };

for (const start of ["/vi", "/en"]) {
  test(`from ${start} to another page and back, in the same document`, async ({ page, open }) => {
    await open(start);
    const heading = await page.locator("h1").innerText();
    await page.evaluate(() => ((window as Marked).sameDocument = true));

    const target = await linkToAnotherPage(page, start);
    await page.locator(`a[href="${target}"]:visible`).first().click();
    await expect(page).toHaveURL(new RegExp(`${escaped(target)}$`));
    await expect(page.locator("h1")).not.toHaveText(heading);
    expect(await page.evaluate(() => (window as Marked).sameDocument)).toBe(true);

    await page.goBack();
    await expect(page).toHaveURL(new RegExp(`${start}$`));
    await expect(page.locator("h1")).toHaveText(heading);
    expect(await page.evaluate(() => (window as Marked).sameDocument)).toBe(true);
  });
}

test("every page can be reached from the overview in the same document", async ({ page, open }) => {
  test.setTimeout(180_000);
  for (const { example } of sitePages()) {
    await open("/vi");
    await page.evaluate(() => ((window as Marked).sameDocument = true));
    // A link that the page has not, to whatever the router knows.
    await page.evaluate((href) => {
      const link = document.createElement("a");
      link.href = href;
      link.textContent = href;
      link.id = "link-under-test";
      document.querySelector("main")?.prepend(link);
    }, example);
    await page.locator("#link-under-test").click();
    await expect(page).toHaveURL(new RegExp(`${escaped(example)}$`));
    await expect(page.locator("h1")).toHaveCount(1);
    expect(
      await page.evaluate(() => (window as Marked).sameDocument),
      `${example} was reached without a reload`,
    ).toBe(true);
  }
});

/** The first link in sight that leads to another page of the portal. */
async function linkToAnotherPage(page: Page, start: string): Promise<string> {
  const examples = new Set(sitePages().map(({ example }) => example));
  const links = await page.locator("a:visible:not([download]):not([hreflang])").all();
  for (const link of links) {
    const href = await link.getAttribute("href");
    if (href && href !== start && examples.has(href.split("?")[0] ?? "")) return href;
  }
  throw new Error(`${start} shows no link to another page`);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
