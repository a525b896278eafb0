// Whoever looks for a place finds it by whatever name they know.

import { expect, test } from "../support/test.ts";

for (const { start, box, button, question, name, address } of [
  {
    start: "/vi",
    box: "Tìm địa bàn, cơ quan, lĩnh vực, bảng",
    button: "Tìm",
    question: "muong lat",
    name: "Xã Mường Lát",
    address: "/vi/dia-ban/C14845",
  },
  {
    start: "/en",
    box: "Search areas, bodies, fields, tables",
    button: "Search",
    question: "quan hoa former district",
    name: "Quan Hóa (former district)",
    address: "/en/areas/D385",
  },
  {
    start: "/vi/bang",
    box: "Tìm địa bàn, cơ quan, lĩnh vực, bảng",
    button: "Tìm",
    // An old commune, under the name that it no longer has.
    question: "xa ha vinh",
    name: "Phường Bỉm Sơn",
    address: "/vi/dia-ban/C14812",
  },
]) {
  test(`from ${start}, “${question}” leads to ${name}`, async ({ page, open }) => {
    await open(start);
    const form = page.getByRole("banner").locator("form");
    await form.getByLabel(box).fill(question);
    await form.getByRole("button", { name: button }).click();
    await expect(page).toHaveURL((url) => url.searchParams.get("q") === question);
    await expect(page.getByRole("status").filter({ hasText: question })).toBeVisible();
    const here = page.locator("main").getByLabel(box);
    await expect(here, "what was asked can be asked otherwise").toHaveValue(question);
    await page.locator("main").getByRole("link", { name, exact: true }).click();
    await expect(page).toHaveURL((url) => url.pathname === address);
    await expect(page.locator("h1")).toHaveText(name);
    await page.goBack();
    await expect(page.locator("main").getByLabel(box)).toHaveValue(question);
  });
}

test("a search can be made with the keyboard alone", async ({
  page,
  open,
  javaScriptEnabled,
}) => {
  await open("/vi");
  const box = page.getByRole("banner").getByRole("searchbox");
  if (javaScriptEnabled) await page.keyboard.press("/");
  else await box.focus();
  await expect(box).toBeFocused();
  await page.keyboard.type("đất đai");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Lĩnh vực" })).toBeVisible();
});

test("where nothing is found, the page says so and leads on", async ({ page, open }) => {
  await open("/vi/tim-kiem?q=khong+co+gi+nhu+the");
  await expect(page.getByRole("status").filter({ hasText: "Không tìm thấy gì" })).toBeVisible();
  await expect(page.locator("main ul.ways a")).not.toHaveCount(0);
});

test("what is asked stays what it is, whatever it contains", async ({ page, open }) => {
  const question = `<b>"x" & 'y'</b>`;
  await open(`/en/search?q=${encodeURIComponent(question)}`);
  await expect(page.getByRole("status").filter({ hasText: question })).toBeVisible();
  await expect(page.locator("main b")).toHaveCount(0);
});

test("on the page of what was found there is one box, and the key leads to it", async ({
  page,
  open,
  javaScriptEnabled,
}) => {
  await open("/vi/tim-kiem?q=muong+lat");
  await expect(page.getByRole("searchbox")).toHaveCount(1);
  const box = page.locator("main").getByRole("searchbox");
  await expect(box).toHaveValue("muong lat");
  if (javaScriptEnabled) {
    await page.keyboard.press("/");
    await expect(box).toBeFocused();
  }
});
