// What stands in a table, and what stands where there is no figure.

import { expect, test } from "../support/test.ts";

test("the case flow shows how many complaints and recommendations were settled", async ({
  page,
  open,
}) => {
  const settled = async (address: string, row: RegExp) => {
    await open(address);
    const heads = await page.locator("main figure table.ledger thead th").allTextContents();
    const column = heads.findIndex((head) => /^\s*Đã giải quyết(?! hoặc)/.test(head));
    expect(column, `${address} has a column for what was settled`).toBeGreaterThan(0);
    const cells = page.locator("main figure table.ledger tbody tr").filter({ hasText: row }).first();
    return (await cells.locator("td").nth(column - 1).innerText()).trim();
  };
  for (const row of [/^\s*Khiếu nại(?! và)/, /^\s*Kiến nghị/]) {
    const query = "by=kind-kind&period=2026-Q3";
    const flow = await settled(`/vi/bang/case-flow?${query}`, row);
    expect(flow).toMatch(/^[\d.]+$/);
    expect(await settled(`/vi/bang/timeliness?${query}`, row)).toBe(flow);
  }
});

test("a dash in the case flow says why nothing is published for a kind", async ({ page, open }) => {
  for (const [address, reason, why] of [
    ["/vi/bang/case-flow?by=kind-kind", "không công bố cho loại này", "số ít tố cáo rút đơn"],
    ["/en/tables/case-flow?by=kind-kind", "not published for this kind", "the few denunciations"],
  ] as const) {
    await open(address);
    await expect(page.locator("p.small").filter({ hasText: reason })).toBeVisible();
    await expect(page.locator("ul.notes li").filter({ hasText: why })).toBeVisible();
  }
});

test("the overview says what its key figures hold", async ({ page, open }) => {
  await open("/vi");
  const key = (name: string) => page.locator(".keys li").filter({ hasText: name });
  await expect(key("Đơn tiếp nhận")).toContainText("gồm cả đơn tố cáo");
  await expect(key("Giải quyết đúng hạn")).toContainText("theo hạn ghi trong sổ");
  await expect(key("Giải quyết đúng hạn")).toContainText(/riêng khiếu nại: \d+ trên \d+ \(\d+,\d%\)/);
  await expect(page.locator("h1")).toContainText("cuối quý còn");

  await open("/vi?period=2025-Q2");
  await expect(page.locator("h1")).toContainText(/^Quý.II\/2025:.*cuối quý còn/);
});

test("what is left over comes last, however much it counts", async ({ page, open }) => {
  await open("/vi");
  const names = await page.locator("section:has(#fields) table.bars tbody th").allTextContents();
  expect(names.slice(-2)).toEqual(["Hành chính khác", "Lĩnh vực khác"]);
});

test("a profile asks only what its figures answer", async ({ page, open }) => {
  await open("/vi/co-quan/SXD");
  const section = page.locator("section:has(#table-timeliness)");
  await expect(section.locator(".lead")).toContainText("bao nhiêu vụ đã giải quyết đúng hạn?");
  await expect(section.locator(".lead")).not.toContainText("quá hạn");
});
