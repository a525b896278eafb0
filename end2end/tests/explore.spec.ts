// The page where any table is laid out as the reader likes.

import { expect, test } from "../support/test.ts";

test("rows are ordered by a heading, withheld figures last, the whole on top", async ({ page, open }) => {
  await open("/vi/kham-pha?table=cases-area-field&by=area-district&field=land");
  const heading = page.locator("main table.ledger thead th").nth(1);
  await heading.getByRole("link").click();
  await expect(heading).toHaveAttribute("aria-sort", "descending");
  const column = async () =>
    page.locator("main table.ledger tbody tr:not(.whole) td:nth-of-type(1)").allInnerTexts();
  const numbers = (cells: string[]) =>
    cells.map((c) => c.trim()).filter((c) => /^[\d.]+$/.test(c)).map((c) => Number(c.replaceAll(".", "")));
  const down = await column();
  expect(numbers(down)).toEqual(numbers(down).toSorted((a, b) => b - a));
  const lastNumber = down.findLastIndex((c) => /^[\d.]+$/.test(c.trim()));
  expect(lastNumber, "numbers stand before what is not shown").toBe(numbers(down).length - 1);
  await heading.getByRole("link").click();
  await expect(heading).toHaveAttribute("aria-sort", "ascending");
  const up = await column();
  expect(numbers(up)).toEqual(numbers(up).toSorted((a, b) => a - b));
});

test("members over periods are a table of one measure, with lines for a few", async ({ page, open }) => {
  await open("/vi/kham-pha?table=case-flow&by=period&cols=area-region&item=closing");
  await expect(page.locator("main table.ledger thead th")).toHaveText([
    "Kỳ báo cáo",
    "Toàn tỉnh Thanh Hóa",
    "Miền núi",
    "Đồng bằng, trung du",
    "Ven biển",
  ]);
  await expect(page.locator("main figure svg:visible path[class^='line-']")).toHaveCount(3);
});

test("the permanent address shows the same figures, and says when a newer release is out", async ({
  page,
  open,
}) => {
  await open("/en/explore?table=timeliness&by=area-region&period=2025-Q4&item=on_time_of_settled");
  const cells = async () => {
    const texts = await page.locator("main table.ledger tbody td").allInnerTexts();
    return texts.map((text) => text.replace(/\s+/g, " "));
  };
  const before = await cells();
  const link = page.locator("ul.links a").filter({ hasText: "Permanent" });
  const address = (await link.getAttribute("href")) ?? "";
  expect(address.length, "it is short").toBeLessThan(110);
  await open(address);
  expect(await cells()).toEqual(before);
  const told = page.locator(".asof");
  await expect(told).toContainText("newer release");
  await told.getByRole("link").click();
  await expect(page).toHaveURL((url) => !url.searchParams.has("release"));
  expect(await cells()).toEqual(before);
});

test("a release that there is not leads nowhere", async ({ open, complaints }) => {
  complaints.allow(/status 404|404 \(Not Found\)/);
  const response = await open("/vi/kham-pha?table=timeliness&release=2021-Q1.1");
  expect(response.status()).toBe(404);
});

test("another table starts afresh, without what was chosen for the one before", async ({ page, open }) => {
  await open("/vi/kham-pha?table=case-flow-area&by=area-district&period=2025-Q4");
  await page.locator('select[name="table"]').selectOption("durations");
  await expect(page).toHaveURL((url) => url.searchParams.get("table") === "durations");
  await expect(page.locator("main h2#figures")).toHaveText("Thời gian giải quyết");
  await expect(page.locator("section.unpublished")).toHaveCount(0);
});

test("the file of a comparison holds both sides", async ({ request }) => {
  const answer = await request.get(
    "/api/v1/tables/case-flow-area.csv?by=area-district&period=2025-Q4&item=entered&with=before",
  );
  const periods = new Set((await answer.text()).trim().split("\n").slice(1).map((l) => l.split(",")[0]));
  expect([...periods].toSorted()).toEqual(["2024-Q4", "2025-Q4"]);
});
