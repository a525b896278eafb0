// An address that leads nowhere says so, and shows ways back.

import { expect, expectNoSidewaysScroll, test } from "../support/test.ts";

const addresses = [
  { address: "/vi/khong-co-trang-nay", locale: "vi" },
  { address: "/en/there-is-no-such-page", locale: "en" },
  { address: "/khong-co-ngon-ngu", locale: "vi" },
];

for (const { address, locale } of addresses) {
  test(`${address} is answered with 404 and ways back`, async ({ page, open, complaints }) => {
    // The browser notes the page's own status in its console.
    complaints.allow(new RegExp(`\\b404\\b.*${address}`));
    const response = await open(address);
    expect(response.status()).toBe(404);
    await expect(page.locator("h1")).toHaveCount(1);
    await expect(page.locator("html")).toHaveAttribute("lang", locale);
    await expectNoSidewaysScroll(page);

    const ways = page.locator("main").getByRole("link");
    expect(await ways.count()).toBeGreaterThanOrEqual(2);
    const home = page.locator(`main a[href="/${locale}"]`).first();
    await home.click();
    await expect(page).toHaveURL(new RegExp(`/${locale}$`));
    await expect(page.locator("h1")).toHaveCount(1);
  });
}
