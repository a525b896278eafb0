// Drawings as files, shares with their intervals, and small charts side by side.

import { expect, expectNoSidewaysScroll, test } from "../support/test.ts";

/** The address of the link to a file of `kind` under the section with the heading `id`. */
const file = (id: string, kind: string) => `section[aria-labelledby="${id}"] .downloads a[href*=".${kind}?"]`;

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the drawing of a table is a link away, as SVG and as PNG", async ({ page, open }) => {
    await open("/vi/bang/case-flow?by=period&kind=civil");
    const svg = await page.locator(file("figures", "svg")).getAttribute("href");
    const drawing = await page.request.get(svg ?? "");
    expect(drawing.headers()["content-type"]).toContain("image/svg+xml");
    const text = await drawing.text();
    for (const words of ["Dòng chảy vụ việc", "Nguồn:", "dữ liệu mô phỏng", "<path"]) {
      expect(text).toContain(words);
    }
    const [picture] = await Promise.all([
      page.waitForEvent("download"),
      page.locator(file("figures", "png")).click(),
    ]);
    expect(picture.suggestedFilename()).toBe("case-flow.png");
  });
});

test("a drawing as a file has the colours and the typeface of the page", async ({ page, open }) => {
  await open("/en/tables/timeliness?by=area-region");
  const svg = await page.locator(file("figures", "svg")).getAttribute("href");
  const text = await (await page.request.get(svg ?? "")).text();
  const onPage = await page.evaluate(() =>
    getComputedStyle(document.documentElement).getPropertyValue("--done").trim(),
  );
  expect(text).toContain(`fill: ${onPage}`);
  expect(text).toContain("Be Vietnam Pro");
});

test("shares have intervals, a line for the province, and a table beside them", async ({ page, open }) => {
  await open("/vi/bang/timeliness?by=body-class&item=settled_on_time");
  const section = page.locator('section[aria-labelledby="rate"]');
  await expect(section.locator("h2")).toHaveText("Tỷ lệ đúng hạn trong số đã giải quyết hoặc quá hạn");
  const drawing = section.locator("svg[role=img]:visible");
  await expect(drawing).toHaveCount(1);
  const rows = section.locator("table tbody tr");
  const members = (await rows.count()) - (await section.locator("table tr.whole").count());
  await expect(drawing.locator("circle")).toHaveCount(
    await rows.filter({ hasNot: page.locator(".mark") }).count() - 1,
  );
  expect(members).toBeGreaterThan(1);
  await expect(drawing.locator("line.event")).toHaveCount(1);
  await expect(section.locator("table tr.whole td").last()).toHaveText(/^\d+,\d\u2060?–\u2060?\d+,\d%$/);
});

test("shares are readable on a phone", async ({ page, open }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await open("/vi/bang/reception-schedule?by=body-unit&item=days_head");
  const drawing = page.locator('section[aria-labelledby="rate"] svg[role=img]:visible');
  await expect(drawing).toHaveClass("narrow");
  // The type keeps its size: the drawing is as wide as the window gives it.
  const scale = await drawing.evaluate((svg) => svg.getBoundingClientRect().width / 328);
  expect(scale).toBeGreaterThan(0.95);
  const overlapping = await drawing.evaluate((svg) => {
    const boxes = [...svg.querySelectorAll("text")].map((t) => t.getBoundingClientRect());
    return boxes.filter((a, i) =>
      boxes.some(
        (b, j) => j > i && a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 2 && b.top < a.bottom - 2,
      ),
    ).length;
  });
  expect(overlapping, "labels that overlap").toBe(0);
  await expectNoSidewaysScroll(page);
});

test("each district has a small chart on one scale, which leads to its series", async ({ page, open }) => {
  await open("/vi/bang/case-flow-area?by=area-district");
  const section = page.locator('section[aria-labelledby="series"]');
  await expect(section.locator(".multiples li")).toHaveCount(26);
  await expect(section).toContainText("Mọi hình cùng một trục: từ 0");
  const first = section.locator(".multiples a").first();
  const name = await first.innerText();
  await first.click();
  await expect(page.locator("h2#figures")).toContainText(name);
  await expect(page.locator("figure .trendbox svg:visible")).toHaveCount(1);
});
