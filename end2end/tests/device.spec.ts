// What the reader's own device remembers: the size of the text, and a commune. Nothing of it ever
// goes to the server.

import type { Page } from "@playwright/test";

import { sitePages } from "../support/site.ts";
import { expect, expectNoSidewaysScroll, test } from "../support/test.ts";

const words = {
  vi: {
    smaller: "Chữ nhỏ hơn",
    usual: "Cỡ chữ thường",
    larger: "Chữ lớn hơn",
    remember: "Nhớ xã, phường này trên máy này",
    forget: "Quên xã, phường này",
    stays: "không gửi đi đâu",
    mine: "Xã, phường của tôi:",
    name: "Xã Mường Lát",
  },
  en: {
    smaller: "Smaller text",
    usual: "Usual text size",
    larger: "Larger text",
    remember: "Remember this commune on this device",
    forget: "Forget this commune",
    stays: "never sent anywhere",
    mine: "My commune:",
    name: "Mường Lát Commune",
  },
} as const;

/** The size of running text, in pixels. */
function textSize(page: Page): Promise<number> {
  return page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize));
}

function stored(page: Page, name: string): Promise<string | null> {
  return page.evaluate((name) => localStorage.getItem(name), name);
}

for (const [locale, w] of Object.entries(words)) {
  test(`in ${locale}, the text is made larger and smaller, and keeps its size`, async ({
    page,
    open,
    complaints,
  }) => {
    // The application is kept from one page further down.
    complaints.allow(/\.wasm|Failed to fetch/);
    await open(`/${locale}`);
    const button = (name: string) => page.getByRole("button", { name, exact: true });
    const status = page.getByRole("banner").getByRole("status");
    expect(await textSize(page)).toBe(16);
    await expect(button(w.usual)).toHaveAttribute("aria-pressed", "true");

    await button(w.larger).click();
    expect(await textSize(page)).toBeCloseTo(18.4, 1);
    await expect(status).toContainText("115%");
    await button(w.larger).press("Enter");
    expect(await textSize(page)).toBeCloseTo(20.8, 1);
    await expect(button(w.larger)).toHaveAttribute("aria-disabled", "true");
    await button(w.larger).press("Enter");
    expect(await textSize(page), "there is no larger one").toBeCloseTo(20.8, 1);
    await expect(button(w.usual)).toHaveAttribute("aria-pressed", "false");

    // Kept over documents and languages, and there before anything is drawn.
    await page.route("**/pkg/*.wasm", (route) => route.abort());
    await page.goto(locale === "vi" ? "/en/tables" : "/vi/bang", { waitUntil: "commit" });
    await page.locator("h1").waitFor();
    expect(await textSize(page), "without the application").toBeCloseTo(20.8, 1);
    await page.unroute("**/pkg/*.wasm");

    await open(`/${locale}`);
    await button(w.usual).click();
    expect(await textSize(page)).toBe(16);
    expect(await stored(page, "text-size")).toBeNull();
    await button(w.smaller).click();
    expect(await textSize(page)).toBeCloseTo(14.4, 1);
    await expect(button(w.smaller)).toHaveAttribute("aria-disabled", "true");
  });

  test(`in ${locale}, a commune is remembered on the device, and forgotten`, async ({ page, open }) => {
    const sent: string[] = [];
    const area = locale === "vi" ? "/vi/dia-ban" : "/en/areas";
    await open(`${area}/C14845`);
    const mine = page.locator(".mine");
    await expect(mine).toHaveCount(0);
    await expect(page.locator(".remember")).toContainText(w.stays);
    page.on("request", (request) => sent.push(`${request.method()} ${request.url()}`));
    await page.getByRole("button", { name: w.remember }).click();
    await expect(page.getByRole("button", { name: w.forget })).toBeVisible();
    await expect(mine, "near the search box").toHaveText(`${w.mine} ${w.name}`);
    expect(sent, "nothing is sent").toEqual([]);
    expect(await page.context().cookies()).toEqual([]);

    // Once a page: near the search box, or where the page itself has it.
    for (const address of [`/${locale}`, area, `${area}/D384`, locale === "vi" ? "/vi/tim-kiem?q=lang" : "/en/search?q=lang"]) {
      const document = await open(address);
      expect(await document.text(), `${address} as the server sends it`).not.toContain('class="mine');
      await expect(mine).toHaveCount(1);
      await expect(mine).toBeVisible();
    }
    await open(`/${locale}`);
    await mine.getByRole("link").click();
    await expect(page.locator("h1")).toHaveText(w.name);
    await page.getByRole("button", { name: w.forget }).click();
    await expect(mine).toHaveCount(0);
    await page.reload();
    expect(await stored(page, "commune")).toBeNull();
    await expect(page.getByRole("button", { name: w.remember })).toBeVisible();
  });
}

test("only a commune has the button", async ({ page, open }) => {
  for (const address of ["/vi/dia-ban/D384", "/vi/dia-ban/R-mountain", "/vi/dia-ban/U384"]) {
    await open(address);
    await expect(page.locator(".remember")).toHaveCount(0);
  }
});

test("junk on the device is ignored and removed", async ({ page, open }) => {
  await page.goto("/vi");
  for (const junk of ["99999", "384", "<b>14845</b>", "{}", "14845 "]) {
    await page.evaluate((junk) => {
      localStorage.setItem("commune", junk);
      localStorage.setItem("text-size", junk);
    }, junk);
    await open("/vi");
    await expect.poll(() => stored(page, "commune")).toBeNull();
    await expect.poll(() => stored(page, "text-size")).toBeNull();
    await expect(page.locator(".mine")).toHaveCount(0);
    expect(await textSize(page)).toBe(16);
  }
});

test("a browser that refuses its storage shows everything, and remembers nothing", async ({ page, open }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", {
      get() {
        throw new DOMException("denied", "SecurityError");
      },
    });
  });
  await open("/vi/dia-ban/C14845");
  await page.getByRole("button", { name: "Chữ lớn hơn", exact: true }).click();
  expect(await textSize(page)).toBeCloseTo(18.4, 1);
  await page.getByRole("button", { name: words.vi.remember }).click();
  await expect(page.locator(".mine")).toHaveCount(1);
  await open("/vi");
  expect(await textSize(page)).toBe(16);
  await expect(page.locator(".mine")).toHaveCount(0);
});

test("at the largest text no page is wider than its window", async ({ page, open }) => {
  test.setTimeout(180_000);
  await page.addInitScript(() => {
    localStorage.setItem("text-size", "130");
    localStorage.setItem("commune", "14845");
  });
  for (const { example } of sitePages()) {
    await open(example);
    expect(await textSize(page), example).toBeCloseTo(20.8, 1);
    await expectNoSidewaysScroll(page);
  }
});

test("in the system's own colours the page that one is on is told from the others", async ({ page, open }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await open("/vi/bang");
  const edge = (link: string) =>
    page.locator(link).first().evaluate((element) => getComputedStyle(element).borderBottomColor);
  const others = await edge("nav a:not([aria-current])");
  expect(await edge("nav a[aria-current]")).not.toBe(others);
  expect(others, "as the ground").toBe(
    await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor),
  );
});
