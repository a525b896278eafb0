// The pages that explain the figures, with and without JavaScript.

import { expect, test } from "../support/test.ts";

for (const { start, letter, letters, term, heading } of [
  { start: "/vi/thuat-ngu", letter: "Đ", letters: "letter-dd", term: "đơn", heading: "Đơn" },
  {
    start: "/en/glossary",
    letter: "D",
    letters: "letter-d",
    term: "denunciation",
    heading: "Denunciation",
  },
]) {
  test(`${start}: a letter leads to its terms and a term to what it means`, async ({
    page,
    open,
  }) => {
    await open(start);
    await expect(page.locator(".entries > div")).toHaveCount(98);
    await page.locator(".letters").getByRole("link", { name: letter, exact: true }).click();
    await expect(page).toHaveURL((url) => url.hash === `#${letters}`);
    const list = page.locator(`#${letters}`);
    await expect(list).toBeInViewport();
    const link = list.getByRole("link", { name: term, exact: true });
    const anchor = (await link.getAttribute("href")) ?? "";
    await link.click();
    await expect(page).toHaveURL((url) => url.hash === anchor);
    const entry = page.locator(`.entries > div${anchor}`);
    await expect(entry).toBeInViewport();
    await expect(entry.locator("dt")).toContainText(heading);
    await expect(entry.locator("dd p").first()).not.toBeEmpty();
  });
}

for (const { start, summary, dictionary } of [
  { start: "/vi/bang/timeliness", summary: "Các cột đếm gì?", dictionary: "/vi/tu-dien-du-lieu" },
  {
    start: "/en/tables/timeliness",
    summary: "What the columns count",
    dictionary: "/en/data-dictionary",
  },
]) {
  test(`${start}: the columns shown are defined under the figures`, async ({ page, open }) => {
    await open(start);
    const details = page.locator("details.meanings");
    const columns = await page.locator(".ledger").first().locator("thead th").count();
    await expect(details.locator("dl > div")).toHaveCount(columns - 1);
    await expect(details.locator("dd").first()).toBeHidden();
    await details.getByText(summary, { exact: true }).click();
    await expect(details.locator("dd").first()).toBeVisible();
    await details.locator(`dt a[href="${dictionary}#settled"]`).click();
    await expect(page).toHaveURL((url) => url.pathname === dictionary && url.hash === "#settled");
    await expect(page.locator("#settled")).toBeInViewport();
  });
}

test("a term in a table's question tells what it means to pointer and keyboard", async ({
  page,
  open,
  javaScriptEnabled,
}) => {
  await open("/vi/bang/case-flow");
  const term = page.locator("p.lead a.term").first();
  const hint = page.locator(`[id="${await term.getAttribute("aria-describedby")}"]`);
  await expect(hint).toBeHidden();
  await term.focus();
  await expect(hint).toBeVisible();
  await expect(hint).toContainText("Một việc phải giải quyết");
  const box = await hint.boundingBox();
  const width = page.viewportSize()?.width ?? 0;
  expect(box && box.x >= 0 && box.x + box.width <= width).toBe(true);
  if (javaScriptEnabled) {
    await page.keyboard.press("Escape");
    await expect(hint).toBeHidden();
    await term.blur();
    await term.focus();
    await expect(hint, "the next one shows again").toBeVisible();
  }
  await term.click();
  await expect(page).toHaveURL(/\/vi\/thuat-ngu#vu-viec$/);
  await expect(page.locator("#vu-viec")).toBeInViewport();
});

for (const { question, name, address } of [
  { question: "thu ly", name: "Thụ lý", address: "/vi/thuat-ngu#thu-ly" },
  { question: "don vuot cap", name: "Vượt cấp", address: "/vi/thuat-ngu#vuot-cap" },
  {
    question: "dang giai quyet qua han",
    name: "Đang giải quyết, quá hạn (vụ việc)",
    address: "/vi/tu-dien-du-lieu#open_overdue",
  },
  { question: "tu dien du lieu", name: "Từ điển dữ liệu", address: "/vi/tu-dien-du-lieu" },
]) {
  test(`“${question}” leads to ${address}`, async ({ page, open }) => {
    await open(`/vi/tim-kiem?q=${encodeURIComponent(question)}`);
    await page.locator(`main .hits a[href="${address}"]`).filter({ hasText: name }).click();
    const target = new URL(address, page.url());
    await expect(page).toHaveURL((url) => url.href === target.href);
    if (target.hash) await expect(page.locator(target.hash)).toBeInViewport();
  });
}

for (const { start, dictionary, glossary, references } of [
  {
    start: "/vi/phuong-phap",
    dictionary: "/vi/tu-dien-du-lieu",
    glossary: "/vi/thuat-ngu",
    references: "/vi/so-lieu-tham-khao",
  },
  {
    start: "/en/methods",
    dictionary: "/en/data-dictionary",
    glossary: "/en/glossary",
    references: "/en/reference-figures",
  },
]) {
  test(`${start} leads to the pages that explain, and so does the foot of every page`, async ({
    page,
    open,
  }) => {
    await open(start);
    for (const address of [glossary, dictionary, references]) {
      await expect(page.locator(`main a[href="${address}"]`).first()).toBeVisible();
      await expect(page.locator(`footer a[href="${address}"]`)).toBeVisible();
    }
    // The examples are drawn, and said in words.
    await expect(page.locator("figure.example")).toHaveCount(3);
    await expect(page.locator("[aria-labelledby=units] .counted li")).toHaveCount(4);
    // The law's time limits say since when.
    const limits = page.locator("[aria-labelledby=deadlines] tbody tr").first();
    await expect(limits).toContainText("2012");
    await page.locator(`footer a[href="${references}"]`).click();
    await expect(page).toHaveURL((url) => url.pathname === references);
    // Under “Methods” in the navigation, but another page.
    await expect(page.locator("nav a[aria-current]")).toHaveAttribute("aria-current", "true");
  });
}

test("figures of others stand with their source, apart from drawings", async ({ page, open }) => {
  await open("/vi/so-lieu-tham-khao");
  const main = page.locator("main");
  await expect(main).toContainText("261.566");
  await expect(main).toContainText(/hơn\s6\.000/);
  await expect(main).toContainText("82,1%");
  await expect(main.locator('a[href^="https://"]')).toHaveCount(6);
  await expect(main.locator("svg")).toHaveCount(0);
  // The demonstration's figures are simulated: none of them stands beside a real one.
  await expect(main.locator(".callout")).toContainText("không đặt cạnh số thật");
  await expect(main.getByRole("columnheader", { name: "Theo nguồn" })).toHaveCount(6);
  await expect(main.getByRole("columnheader", { name: /Cổng này/ })).toHaveCount(0);
});
