// Whoever meets a page, in a list of search results, in a browser's tab or on paper, learns who
// publishes it, when the next figures come, and that they are simulated.

import { localeOf, sitePages } from "../support/site.ts";
import { expect, test } from "../support/test.ts";

const words = {
  vi: {
    simulated: "dữ liệu mô phỏng",
    publisher: /không có cơ quan công bố chính thức/,
    next: /quý.IV\/2026 .*14\/12\/2026.*30\/12\/2026/,
  },
  en: {
    simulated: "simulated data",
    publisher: /no official publisher/,
    next: /Q4.2026 .*14.December.2026.*30.December.2026/,
  },
};

for (const { path, example } of sitePages()) {
  test(`${path} says who publishes it, when the next figures come and what they are`, async ({
    page,
    open,
  }) => {
    await open(example);
    const { simulated, publisher, next } = words[localeOf(example)];
    await expect(page).toHaveTitle(new RegExp(`\\(${simulated}\\)$`));
    const description = page.locator('head meta[name="description"]');
    await expect(description).toHaveAttribute("content", new RegExp(`^${simulated}\\. `, "i"));
    await expect(page.locator("footer .publisher")).toHaveText(publisher);
    await expect(page.locator("footer .next")).toHaveText(next);
    await expect(page.locator(".paper")).toBeHidden();

    await page.emulateMedia({ media: "print" });
    const paper = page.locator(".paper");
    await expect(paper).toBeVisible();
    await expect(page.locator(".notice")).toBeVisible();
    await expect(paper.locator(".address")).toHaveText(new URL(example, page.url()).href);
    await expect(paper).toContainText("2026-Q3.1");
    await expect(paper).toHaveText(publisher);
  });
}
