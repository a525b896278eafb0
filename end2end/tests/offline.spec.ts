// What was visited can be read without a network, and says that it is a copy.

import type { Page } from "@playwright/test";

import { expect, hydrated, test } from "../support/test.ts";

test.use({ serviceWorkers: "allow" });

const words = {
  vi: {
    copy: /Bạn đang xem bản lưu ngoại tuyến, lưu lúc \d{2}:\d{2} ngày\s\d{2}\/\d{2}\/\d{4}\./,
    none: "Không có mạng, và máy này chưa lưu trang này",
    tables: "/vi/bang",
    table: "/vi/bang/case-flow",
    never: "/vi/bang/outcomes",
  },
  en: {
    copy: /You are reading an offline copy, saved at \d{2}:\d{2} on \d{2} \w+ \d{4}\./,
    none: "No network, and this device has no saved copy of this page",
    tables: "/en/tables",
    table: "/en/tables/case-flow",
    never: "/en/tables/outcomes",
  },
} as const;

/** Addresses of the pages that the browser keeps. */
function kept(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const addresses: string[] = [];
    for (const name of await caches.keys()) {
      if (!name.startsWith("portal-pages-")) continue;
      for (const request of await (await caches.open(name)).keys()) {
        const url = new URL(request.url);
        addresses.push(url.pathname + url.search);
      }
    }
    return addresses;
  });
}

/** Waits until the page at `address` is kept. */
async function isKept(page: Page, address: string): Promise<void> {
  await expect.poll(() => kept(page), { timeout: 15_000 }).toContain(address);
}

for (const [locale, w] of Object.entries(words)) {
  test(`in ${locale}, a visited page is there offline with its time, another says that it is not`, async ({
    page,
    open,
    context,
    complaints,
  }) => {
    // Without a network the browser notes what it can't reach.
    complaints.allow(/ERR_INTERNET_DISCONNECTED|status 503/);
    complaints.allow(new RegExp(`503.*${w.never}`));
    await open(`/${locale}`);
    await isKept(page, `/${locale}`);
    // Gone to without loading a document, and by loading one.
    await page.locator(`main a[href^="${w.table}"]`).first().click();
    await expect(page).toHaveURL((url) => url.pathname === w.table);
    const query = new URL(page.url()).search;
    await isKept(page, w.table + query);
    await open(w.tables);
    await isKept(page, w.tables);
    const heading = await page.locator("h1").innerText();
    await expect(page.locator(".saved")).toHaveCount(0);

    await context.setOffline(true);
    await page.reload();
    await hydrated(page);
    await expect(page.locator("h1")).toHaveText(heading);
    await expect(page.locator(".saved")).toHaveText(w.copy);
    await expect(page.locator(".saved")).toBeInViewport();
    // Scripts run under the policy of the copy, and what stays on the device works.
    await page.locator(".text-size button").nth(2).click();
    await expect(page.locator("html")).toHaveAttribute("data-text", "115");

    // Links load documents: the page gone to is a copy too, and says so.
    await page.goto(`/${locale}`);
    await expect(page.locator(".saved")).toHaveText(w.copy);
    await hydrated(page);
    await page.locator(`main a[href="${w.table}${query}"]`).first().click();
    await expect(page).toHaveURL((url) => url.pathname === w.table);
    await expect(page.locator(".saved")).toHaveText(w.copy);
    await page.goBack();
    await expect(page.locator("h1")).toBeVisible();
    await expect(page.locator(".saved")).toHaveText(w.copy);

    await page.goto(w.never);
    await expect(page.locator("html")).toHaveAttribute("lang", locale);
    await expect(page.locator("h1")).toHaveText(w.none);
    const copies = page.getByRole("list").getByRole("link");
    await expect(copies).toHaveCount(3);
    await copies.first().click();
    await expect(page.locator(".saved")).toHaveText(w.copy);

    // With a network the page is today's, and says nothing; from a copy, links load documents.
    await context.setOffline(false);
    await page.locator(`nav a[href="${w.tables}"]`).click();
    await expect(page).toHaveURL((url) => url.pathname === w.tables);
    await expect(page.locator("h1")).toHaveText(heading);
    await expect(page.locator(".saved")).toHaveCount(0);
    await expect(page.locator("body")).not.toHaveAttribute("data-saved");
  });
}

test("the words of a copy stand there before the application starts", async ({
  page,
  open,
  context,
  complaints,
}) => {
  complaints.allow(/ERR_INTERNET_DISCONNECTED|CompileError|WebAssembly/);
  await open("/vi");
  await isKept(page, "/vi");
  // The application is gone from the store, as after a browser made room.
  await page.evaluate(async () => {
    for (const name of await caches.keys()) {
      const store = await caches.open(name);
      for (const request of await store.keys()) {
        if (request.url.endsWith(".wasm")) await store.put(request, new Response("", { status: 200 }));
      }
    }
  });
  await context.setOffline(true);
  await page.reload();
  const shown = await page.evaluate(() => getComputedStyle(document.body, "::before").content);
  expect(shown).toMatch(words.vi.copy);
  await expect(page.locator(".keys b").first()).toBeVisible();
});

test("only pages are kept, only so many, and nothing of an earlier build", async ({
  page,
  open,
  request,
}) => {
  test.setTimeout(120_000);
  const script = await request.get("/sw.js");
  expect(script.headers()["cache-control"]).toBe("no-cache");
  expect(script.headers()["service-worker-allowed"]).toBe("/");
  expect(script.headers()["content-security-policy"]).toContain("connect-src 'self'");

  await open("/vi");
  await page.evaluate(() => caches.open("portal-pages-of-an-earlier-build"));
  await page.evaluate(() => caches.open("of-something-else"));
  await isKept(page, "/vi");
  for (const address of ["/healthz", "/readyz", "/api/v1/pages.json", "/vi/khong-co"]) {
    await page.evaluate(async (keep) => {
      (await navigator.serviceWorker.ready).active?.postMessage({ keep });
    }, address);
  }
  const many = Array.from({ length: 62 }, (_, i) => `/vi/tim-kiem?q=${i}`);
  for (const address of many) {
    await page.evaluate(async (keep) => {
      (await navigator.serviceWorker.ready).active?.postMessage({ keep });
    }, address);
  }
  await expect.poll(async () => (await kept(page)).length, { timeout: 60_000 }).toBe(60);
  for (const address of await kept(page)) {
    expect(address === "/vi" || many.includes(address), address).toBe(true);
  }

  // A new build's worker starts as this one does when it is put in anew.
  await page.evaluate(async () => (await navigator.serviceWorker.ready).unregister());
  await page.evaluate(() => caches.open("portal-files-of-an-earlier-build"));
  await open("/vi");
  await expect
    .poll(() => page.evaluate(async () => (await caches.keys()).filter((n) => n.endsWith("build"))))
    .toEqual([]);
  expect(await page.evaluate(() => caches.keys()), "what is not the portal's stays").toContain(
    "of-something-else",
  );
});
