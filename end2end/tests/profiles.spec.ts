// What a place or a body may be held against: a year before, its peers, its neighbours, and what was
// there before it.

import { expect, test } from "../support/test.ts";

test("a former district opens with its key figures and stands among those of its region", async ({
  page,
  open,
}) => {
  await open("/vi/dia-ban/D384");
  const keys = page.locator("section.keys li");
  expect(await keys.count()).toBeGreaterThanOrEqual(2);
  await expect(keys.first().locator("b")).toHaveText(/^[\d.]+$/);
  // A key figure leads to the section that it is taken from.
  await keys.first().getByRole("link").click();
  await expect(page.locator("#table-case-flow-area")).toBeInViewport();

  const peers = page.locator("section", { has: page.locator("#peers") });
  await expect(peers.getByRole("heading")).toContainText("Miền núi");
  await expect(peers.locator(".lead")).toContainText(/cao thứ \d+ trong \d+ nơi|không khác biệt rõ với \d+ nơi|không tính được/);
  await peers.locator("summary").click();
  const rows = peers.locator("tbody tr");
  await expect(rows).toHaveCount(11);
  await expect(rows.filter({ hasText: "đang xem" })).toContainText("Mường Lát");
  await rows.getByRole("link", { name: /Quan Hóa/ }).click();
  await expect(page.locator("h1")).toContainText("Quan Hóa");
});

test("a commune shows the series of the district before it, and the communes nearby", async ({
  page,
  open,
}) => {
  await open("/en/areas/C14845");
  const origin = page.locator("section", { has: page.locator("#origin") });
  await expect(origin.getByRole("heading")).toContainText("Mường Lát");
  await expect(origin.locator("svg:visible text.event").first()).toContainText("1\u00a0July\u00a02025");
  await expect(origin.locator(".lead")).toContainText("8 communes");
  const near = page.locator("section", { has: page.locator("#neighbours") }).getByRole("listitem");
  await expect(near).toHaveCount(6);
  await expect(near.filter({ hasText: "Tam Chung" })).toHaveCount(1);
});

test("a place with withheld figures says how many and why", async ({ page, open }) => {
  await open("/vi/dia-ban/D384");
  const withheld = page.locator("section", { has: page.locator("#withheld") });
  const marks = await page.locator("main .mark").filter({ hasText: "x" }).count();
  test.skip(marks === 0, "nothing is withheld here");
  await expect(withheld).toContainText("giữ kín");
  await withheld.getByRole("link").click();
  await expect(page).toHaveURL(/phuong-phap#withheld$/);
});

test("an agency stands among the agencies of its group", async ({ page, open }) => {
  await open("/vi/co-quan/SNNMT");
  const peers = page.locator("section", { has: page.locator("#peers") });
  await peers.locator("summary").click();
  await expect(peers.locator("tbody tr").filter({ hasText: "đang xem" })).toHaveCount(1);
  expect(await peers.locator("tbody tr").count()).toBeGreaterThanOrEqual(3);
});
