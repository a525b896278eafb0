// A reader checks a figure in the browser: each step is told, what was seen is remembered, and what
// does not hold is refused with what is wrong.

import type { Page, Route } from "@playwright/test";

import { sitePages } from "../support/site.ts";
import { expect, test } from "../support/test.ts";

interface Proof {
  key: string;
  figure: string;
  evidence: { line: string; leaf: number; path: string[]; manifest: string; log_path: string[]; checkpoint: string };
}

const figure = (locale: string) => {
  const page = sitePages().find(({ path }) => path.startsWith(`/${locale}/`) && /\/(so-lieu|figures)\/:/.test(path));
  if (!page) throw new Error("there is no page of figures");
  return page.example;
};

const press = (page: Page) => page.locator("[data-verify] > button").first().click();
const outcome = (page: Page, name: string) => page.locator(`[data-outcome="${name}"]`);

/** Changes every proof on its way to the page. */
async function tamper(page: Page, change: (proof: Proof) => void): Promise<void> {
  await page.route("**/*.proof.json", async (route: Route) => {
    const response = await route.fetch();
    const proof = (await response.json()) as Proof;
    change(proof);
    await route.fulfill({ response, json: proof });
  });
}

for (const [locale, words] of [
  ["vi", { proved: "Đã kiểm chứng", size: /Nhật ký gồm 15 kỳ công bố/, again: /nối tiếp đúng 15 kỳ/ }],
  ["en", { proved: "Proved", size: /The log of 15 releases/, again: /continues the 15/ }],
] as const) {
  test(`${locale}: a figure is proved step by step, and the log is remembered`, async ({ page, open }) => {
    await open(figure(locale));
    await press(page);
    await expect(outcome(page, "proved")).toContainText(words.proved);
    const facts = page.locator("[data-fact]:visible");
    await expect(facts).toHaveCount(5);
    await expect(facts.first()).toHaveText(words.size);
    await expect(page.locator("[data-refusal]:visible")).toHaveCount(0);

    // The next figure is checked against what was seen.
    await open(figure(locale));
    await press(page);
    await expect(outcome(page, "proved")).toBeVisible();
    await expect(page.locator('[data-fact="continues"]')).toHaveText(words.again);
    await expect(page.locator('[data-fact="first"]')).toBeHidden();
  });
}

test("a log that has grown continues what was seen", async ({ page, open, request }) => {
  // The state after seven releases, as the seventh release's page has it.
  const key = (await (await request.get("/.well-known/complaints-log-key")).text()).trim();
  await open("/vi/ky-cong-bo/2024-Q3.1");
  const [, size, root] = (await page.locator("#checkpoint ~ pre").innerText()).split("\n");
  expect(size).toBe("7");
  const seen = { key, size: 7, root: Buffer.from(root ?? "", "base64").toString("hex") };
  await open(figure("vi"));
  await page.evaluate((value) => localStorage.setItem("log-of-releases", value), JSON.stringify(seen));
  await press(page);
  await expect(outcome(page, "proved")).toBeVisible();
  await expect(page.locator('[data-fact="continues"]')).toHaveText(/Nhật ký 15 kỳ nối tiếp đúng 7 kỳ/);
  const kept = await page.evaluate(() => localStorage.getItem("log-of-releases"));
  expect(JSON.parse(kept ?? "null")).toMatchObject({ key, size: 15 });
});

/** What is done to a proof, and what the page calls it. */
const attacks: [string, (proof: Proof) => void][] = [
  ["not_held", ({ evidence }) => (evidence.line = evidence.line.replace(/\d+$/, "999"))],
  ["not_held", ({ evidence }) => (evidence.leaf += 1)],
  ["not_held", ({ evidence }) => evidence.path.reverse()],
  ["line", ({ evidence }) => (evidence.line = "999")],
  ["not_logged", ({ evidence }) => (evidence.manifest = evidence.manifest.replace('"simulated": true', '"simulated": false'))],
  ["hash", ({ evidence }) => (evidence.log_path = [...evidence.log_path.slice(1), "x"])],
  ["checkpoint", ({ evidence }) => (evidence.checkpoint = evidence.checkpoint.replace("\n15\n", "\n16\n"))],
  ["other_figure", (proof) => (proof.figure = "a".repeat(16))],
  ["format", (proof) => Object.assign(proof, { more: 1 })],
  ["page_key", (proof) => (proof.key = "elsewhere+00000000+AQ==")],
];

for (const [index, [refusal, change]] of attacks.entries()) {
  test(`a proof that was changed is refused: ${refusal} ${index}`, async ({ page, open }) => {
    await tamper(page, change);
    await open(figure("vi"));
    await press(page);
    await expect(outcome(page, "refused")).toBeVisible();
    await expect(page.locator("[data-refusal]:visible")).toHaveCount(1);
    await expect(page.locator(`[data-refusal="${refusal}"]`)).toBeVisible();
    await expect(outcome(page, "proved")).toBeHidden();
    const remembered = await page.evaluate(() => localStorage.getItem("log-of-releases"));
    expect(remembered, "nothing is learnt from what was refused").toBeNull();
  });
}

test("a page that shows another figure than was signed is refused", async ({ page, open }) => {
  await open(figure("vi"));
  await page.locator(".value b").evaluate((value) => (value.textContent = "1.009"));
  await press(page);
  await expect(page.locator('[data-refusal="page"]')).toBeVisible();
  await expect(outcome(page, "refused")).toBeVisible();
});

test("the figure of another release under this page is refused", async ({ page, open, request }) => {
  // The proof of another figure, whole and valid, in the place of this one.
  await open("/vi/bang/case-flow?period=2026-Q2");
  const address = await page.locator("main table.ledger td > a").first().getAttribute("href");
  const other = `/api/v1/figures/${(address ?? "").split("/").at(-1)}.proof.json`;
  const body = await (await request.get(other)).text();
  await page.route("**/*.proof.json", (route) => route.fulfill({ body, contentType: "application/json" }));
  await open(figure("vi"));
  await press(page);
  await expect(page.locator('[data-refusal="page"]')).toBeVisible();
});

for (const [refusal, seen] of [
  ["shorter", { size: 40, root: "0".repeat(64) }],
  ["changed", { size: 7, root: "0".repeat(64) }],
  ["changed", { size: 15, root: "0".repeat(64) }],
] as const) {
  test(`a log that is not the one seen before is refused: ${refusal} ${seen.size}`, async ({ page, open, request }) => {
    const key = (await (await request.get("/.well-known/complaints-log-key")).text()).trim();
    await open(figure("vi"));
    await page.evaluate((value) => localStorage.setItem("log-of-releases", value), JSON.stringify({ key, ...seen }));
    await press(page);
    await expect(page.locator(`[data-refusal="${refusal}"]`)).toBeVisible();
    await expect(outcome(page, "proved")).toBeHidden();
    const kept = await page.evaluate(() => localStorage.getItem("log-of-releases"));
    expect(JSON.parse(kept ?? "null")).toEqual({ key, ...seen });
  });
}

test("another key than the one seen before is refused", async ({ page, open }) => {
  await open(figure("vi"));
  const seen = { key: "elsewhere+00000000+AQ==", size: 1, root: "0".repeat(64) };
  await page.evaluate((value) => localStorage.setItem("log-of-releases", value), JSON.stringify(seen));
  await press(page);
  await expect(page.locator('[data-refusal="key"]')).toContainText("elsewhere+00000000+AQ==");
  // Whoever knows why may begin anew.
  await page.locator("[data-forget]").click();
  await expect(outcome(page, "proved")).toBeVisible();
  await expect(page.locator("[data-forget]")).toBeHidden();
});

for (const damaged of ["junk", "{}", '{"key":"a","size":-1,"root":"x"}']) {
  test(`what was remembered and is damaged counts as nothing: ${damaged}`, async ({ page, open }) => {
    await open(figure("vi"));
    await page.evaluate((value) => localStorage.setItem("log-of-releases", value), damaged);
    await press(page);
    await expect(outcome(page, "proved")).toBeVisible();
  });
}

for (const [name, status] of [["failed", 0], ["unavailable", 503]] as const) {
  test(`a check that could not be made says why, and can be tried again: ${name}`, async ({ page, open, complaints }) => {
    complaints.allow(/proof\.json|Failed to load resource|TypeError|Unavailable: 503/);
    let broken = true;
    await page.route("**/*.proof.json", async (route) => {
      if (!broken) await route.continue();
      else if (status === 0) await route.abort("internetdisconnected");
      else await route.fulfill({ status, body: "" });
    });
    await open(figure("vi"));
    await press(page);
    await expect(outcome(page, name)).toBeVisible();
    broken = false;
    await press(page);
    await expect(outcome(page, "proved")).toBeVisible();
    await expect(outcome(page, name)).toBeHidden();
  });
}
