// Every page can be put on paper.

import { sitePages } from "../support/site.ts";
import { expect, expectNoSidewaysScroll, test } from "../support/test.ts";

/** A4 with the margins that browsers print by default, in CSS pixels. */
const paper = { width: 718, height: 1047 };

for (const { path, example } of sitePages()) {
  test(`${path} prints, with its heading and nothing cut off`, async ({ page, open }) => {
    await open(example);
    await page.emulateMedia({ media: "print" });
    await page.setViewportSize(paper);
    await expect(page.locator("h1")).toBeVisible();
    await expectNoSidewaysScroll(page);
    const pdf = await page.pdf({ format: "A4" });
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
  });
}
