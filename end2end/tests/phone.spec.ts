// On the narrowest phone nothing is cut off: no page is wider than its window, and a table that
// is wider scrolls within itself, also with the keyboard.

import type { Locator, Page } from "@playwright/test";

import { phone } from "../support/chromium.mjs";
import { sitePages } from "../support/site.ts";
import { expect, test } from "../support/test.ts";

const addresses = sitePages().map((page) => page.example);

/** Profiles of other kinds than the examples. */
const profiles = [
  "/vi/dia-ban/R-coast",
  "/en/areas/C14758",
  "/vi/dia-ban/U380",
  "/vi/co-quan/B-commune",
  "/en/bodies/B-commune-mountain",
  "/vi/co-quan/UBNDX-384",
  "/vi/co-quan/UBND-384",
  "/en/bodies/KHAC",
];

for (const { path, example } of sitePages()) {
  test(`${path} cuts nothing off on a phone`, async ({ page, open }) => {
    await open(example);
    await expectWithinThePhone(page);
  });
}

test("no profile of an area or a body is cut off on a phone", async ({ page, open }) => {
  test.setTimeout(180_000);
  for (const address of profiles) {
    await open(address);
    await expectWithinThePhone(page);
  }
});

test("no table is cut off on a phone, in either language", async ({ page, open }) => {
  test.setTimeout(300_000);
  let seen = 0;
  for (const list of ["/vi/bang", "/en/tables"]) {
    expect(addresses).toContain(list);
    await open(list);
    const tables = await page
      .locator(`main a[href^="${list}/"]`)
      .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));
    const entries = await page.locator("main ul.index > li").count();
    expect(new Set(tables).size, "every entry leads to its table").toBe(entries);
    for (const table of new Set(tables)) {
      await open(table);
      await expectWithinThePhone(page);
      seen += 1;
    }
  }
  expect(seen).toBeGreaterThan(25);
});

test("on a phone a few figures stand under their columns' headings, below the name of the row", async ({
  page,
  open,
}) => {
  await open("/vi/co-quan");
  const { row, names } = await firstRow(page);
  expect(names.length).toBeGreaterThan(2);
  const headings = page.getByRole("table").first().getByRole("columnheader");
  for (const [index, cell] of (await row.getByRole("cell").all()).entries()) {
    const heading = await headings.nth(index + 1).boundingBox();
    const figure = await cell.boundingBox();
    expect(figure).not.toBeNull();
    expect(Math.round(figure?.x ?? 0)).toBe(Math.round(heading?.x ?? -1));
    expect(figure?.width).toBeGreaterThan(50);
  }
  const head = await row.getByRole("rowheader").boundingBox();
  const first = await row.getByRole("cell").first().boundingBox();
  expect(head?.y ?? 0).toBeLessThan((first?.y ?? 0) - 10);
});

test("on a phone each of many figures in a row is named, and the table is still a table", async ({
  page,
  open,
}) => {
  await open("/vi/co-quan/B-district");
  const { row, names } = await firstRow(page);
  expect(names.length).toBeGreaterThan(5);
  for (const [index, cell] of (await row.getByRole("cell").all()).entries()) {
    const label = await cell.evaluate((element) => getComputedStyle(element, "::before").content);
    expect(label).toContain((names[index + 1] ?? "?").trim());
  }
});

/** The first row of the first table, with a cell for each of the columns' names but the first. */
async function firstRow(page: Page): Promise<{ row: Locator; names: string[] }> {
  const table = page.getByRole("table").first();
  const names = await table.getByRole("columnheader").allTextContents();
  const row = table.getByRole("row").nth(1);
  await expect(row.getByRole("rowheader")).toBeVisible();
  await expect(row.getByRole("cell")).toHaveCount(names.length - 1);
  return { row, names };
}

/** Everything in the page can be read within the window, or in a part that scrolls by itself. */
async function expectWithinThePhone(page: Page): Promise<void> {
  const { inner, content, beyond, unreachable } = await page.evaluate(() => {
    const root = document.documentElement;
    const scrollers = [...document.querySelectorAll("main *")].filter(
      (element) =>
        element.scrollWidth > element.clientWidth + 1 &&
        ["auto", "scroll"].includes(getComputedStyle(element).overflowX),
    );
    const name = (element: Element) =>
      `${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""}`;
    // Headings of columns are only read out where each figure is named in its row.
    const beyond = [...document.querySelectorAll("main td, main tbody th, main p, main li, main h2")]
      .filter((element) => !scrollers.some((scroller) => scroller.contains(element)))
      .filter((element) => element.getBoundingClientRect().right > window.innerWidth + 1)
      .map((element) => `${name(element)}: ${element.textContent?.slice(0, 40) ?? ""}`);
    const unreachable = scrollers.filter(
      (element) =>
        (element as HTMLElement).tabIndex !== 0 ||
        !(element.hasAttribute("aria-label") || element.hasAttribute("aria-labelledby")),
    );
    return {
      inner: window.innerWidth,
      content: root.scrollWidth,
      beyond,
      unreachable: unreachable.map(name),
    };
  });
  const address = page.url();
  // A phone widens its window to what overflows.
  expect(inner, `${address} keeps the width of the phone`).toBe(phone.width);
  expect(content, `${address} is no wider than its window`).toBeLessThanOrEqual(inner);
  expect(beyond, `${address} cuts nothing off`).toEqual([]);
  expect(unreachable, `${address} scrolls with the keyboard, under a name`).toEqual([]);
}
