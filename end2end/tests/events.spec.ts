// Changes of law and of bodies are marked in the charts that run across them, with labels that
// stand where nothing is drawn.

import type { Page } from "@playwright/test";

import { expect, test } from "../support/test.ts";

const charts = [
  { address: "/vi", events: [/01\/07\/2025: bỏ cấp huyện/] },
  { address: "/en", events: [/1.July.2025: districts end/] },
  {
    address: "/vi/bang/reception-schedule?by=period&body=B-commune",
    events: [/01\/07\/2026: Luật số 136\/2025\/QH15/],
  },
  {
    address: "/en/tables/reception-schedule?by=period",
    events: [/1.July.2025: districts end/, /1.July.2026: Law 136\/2025\/QH15/],
  },
  {
    address: "/vi/co-quan/SNNMT",
    events: [/01\/03\/2025: thành lập/, /01\/07\/2025: bỏ cấp huyện/],
  },
  { address: "/vi/co-quan/STNMT", events: [/01\/03\/2025: kết thúc hoạt động/] },
  { address: "/en/bodies/SNV", events: [/1.March.2025: merger/] },
];

for (const { address, events } of charts) {
  test(`${address} marks its events, and no label lies over a line`, async ({ page, open }) => {
    await open(address);
    const labels = page.locator("svg:visible text.event");
    for (const event of events) await expect(labels.filter({ hasText: event }).first()).toBeVisible();
    expect(await covered(page), "labels over something that is drawn").toEqual([]);
  });
}

test("a change of law is told in the table's notes and under its chart", async ({ page, open }) => {
  await open("/vi/bang/reception-schedule?by=period&body=B-commune");
  await expect(page.locator("figure .small").filter({ hasText: "2 ngày mỗi tháng" })).toBeVisible();
  const notes = page.locator("ul.notes li");
  await expect(notes.filter({ hasText: "không quy định ủy quyền cho cấp phó" })).toHaveCount(1);
  await expect(notes.filter({ hasText: "136/2025/QH15" })).toHaveCount(1);
});

/** Labels of events that touch a line, another text or the edge of their drawing. */
function covered(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    for (const svg of document.querySelectorAll("svg:has(text.event)")) {
      const frame = svg.getBoundingClientRect();
      if (frame.width === 0) continue;
      const paths = [...svg.querySelectorAll("path[class^='line-']")].map((p) => p.getBoundingClientRect());
      const texts = [...svg.querySelectorAll("text")];
      for (const label of svg.querySelectorAll("text.event")) {
        const box = label.getBoundingClientRect();
        const words = label.textContent ?? "";
        if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1) {
          found.push(`${words}: beyond the drawing`);
        }
        if (paths.some((path) => path.top < box.bottom)) found.push(`${words}: over a line`);
        for (const text of texts.filter((other) => other !== label)) {
          const other = text.getBoundingClientRect();
          const apart =
            other.right <= box.left + 1 ||
            other.left >= box.right - 1 ||
            other.bottom <= box.top + 3 ||
            other.top >= box.bottom - 3;
          if (!apart) found.push(`${words}: over ${text.textContent}`);
        }
      }
    }
    return found;
  });
}
