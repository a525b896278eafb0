// Maps: each place in the class of its value, with its name and value for who points at it, leading
// to its page.

import type { Page } from "@playwright/test";

import { expect, test } from "../support/test.ts";

const districts = "/vi/bang/case-flow-area?by=area-district&period=2026-Q3";

test("a place on the map tells its value and leads to its page, without a reload", async ({
  page,
  open,
}) => {
  await open("/vi/dia-ban");
  const place = page.locator('svg.tilemap a[href="/vi/dia-ban/C14845"]');
  await expect(place.locator("title")).toHaveText(/^Xã Mường Lát: ./);
  await page.evaluate(() => ((window as Window & { sameDocument?: boolean }).sameDocument = true));
  await place.locator("path").click();
  await expect(page).toHaveURL(/\/vi\/dia-ban\/C14845$/);
  await expect(page.locator("h1")).toContainText("Mường Lát");
  const same = await page.evaluate(() => (window as Window & { sameDocument?: boolean }).sameDocument);
  expect(same).toBe(true);
});

test("the tab key passes the shapes by", async ({ page, open }) => {
  await open("/vi/dia-ban");
  expect(await page.locator("svg.tilemap a").count()).toBe(166);
  await page.locator("h1").click();
  for (let i = 0; i < 5; i += 1) {
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.closest("svg") !== null)).toBe(false);
  }
});

test.describe("with boundaries", () => {
  test.skip(!process.env.PORTAL_BOUNDARIES, "the portal under test has none that are known here");

  test("former districts are drawn with theirs, in colour, on screen and on paper", async ({
    page,
    open,
  }) => {
    await open(districts);
    await expect(page.locator("svg.boundaries use")).toHaveCount(26);
    await expect(page.locator("main")).toContainText("Ranh giới: hình vẽ thử nghiệm");
    for (const look of [{}, { colorScheme: "dark" }, { colorScheme: "light", media: "print" }] as const) {
      await page.emulateMedia(look);
      const coloured = await shadesOnTheMap(page);
      expect(coloured, `${JSON.stringify(look)}: shapes are filled by class`).toBeGreaterThan(3);
    }
  });

  test("without JavaScript the shapes are the same, from one file kept for good", async ({
    browser,
    baseURL,
  }) => {
    const context = await browser.newContext({ baseURL: baseURL ?? "", javaScriptEnabled: false });
    const page = await context.newPage();
    const fetched: string[] = [];
    page.on("response", (response) => {
      if (new URL(response.url()).pathname.startsWith("/geo/")) {
        fetched.push(response.headers()["cache-control"] ?? "");
      }
    });
    await page.goto(districts, { waitUntil: "networkidle" });
    expect(fetched).toEqual(["public, max-age=31536000, immutable"]);
    const box = await page.locator("svg.boundaries use").first().boundingBox();
    expect(box?.width).toBeGreaterThan(20);
    expect(await shadesOnTheMap(page)).toBeGreaterThan(3);
    await context.close();
  });
});

/** How many different colours the middles of the shapes have, as painted. */
async function shadesOnTheMap(page: Page): Promise<number> {
  const shades = new Set<string>();
  for (const shape of await page.locator("svg.boundaries use").all()) {
    await shape.scrollIntoViewIfNeeded();
    const box = await shape.boundingBox();
    if (!box) throw new Error("a shape has no box");
    const clip = { x: box.x + box.width / 2, y: box.y + box.height / 2, width: 1, height: 1 };
    // A PNG of one pixel: the same bytes mean the same colour.
    shades.add((await page.screenshot({ clip })).toString("base64"));
  }
  return shades.size;
}
