// A reader checks a figure in the browser: each step is told, what was seen is remembered, and what
// does not hold is refused with what is wrong.

import type { Page, Route } from "@playwright/test";

import { sitePages } from "../support/site.ts";
import { expect, test } from "../support/test.ts";

interface Proof {
  key: string;
  figure: string;
  evidence: {
    line: string;
    leaf: number;
    path: string[];
    manifest: string;
    log_path: string[];
    checkpoint: string;
    handovers: { manifest: string }[];
  };
}

const figure = (locale: string) => {
  const page = sitePages().find(({ path }) => path.startsWith(`/${locale}/`) && /\/(so-lieu|figures)\/:/.test(path));
  if (!page) throw new Error("there is no page of figures");
  return page.example;
};

const press = (page: Page) => page.locator("[data-verify] > button").first().click();
const outcome = (page: Page, name: string) => page.locator(`[data-outcome="${name}"]`);

/** Names the test of an attack as a row of the matrix in docs/VERIFY.md names it. */
const attack = (row: string, detail = "") => `an attack is refused: ${row}${detail && ": "}${detail}`;

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
  // The state after seven releases, as the seventh release's page has it, and the key of that time.
  const key = (await (await request.get("/.well-known/complaints-log-key")).text()).trim();
  const { key: before } = await (await request.get("/api/v1/releases/2024-Q3.1/manifest.json")).json();
  expect(before).not.toBe(key);
  await open("/vi/ky-cong-bo/2024-Q3.1");
  const [, size, root] = (await page.locator("#checkpoint ~ pre").innerText()).split("\n");
  expect(size).toBe("7");
  const seen = { key: before, size: 7, root: Buffer.from(root ?? "", "base64").toString("hex") };
  await open(figure("vi"));
  await page.evaluate((value) => localStorage.setItem("log-of-releases", value), JSON.stringify(seen));
  await press(page);
  await expect(outcome(page, "proved")).toBeVisible();
  await expect(page.locator('[data-fact="continues"]')).toHaveText(/Nhật ký 15 kỳ nối tiếp đúng 7 kỳ/);
  await expect(page.locator('[data-fact="handed_over"]')).toContainText("2025-Q1.1");
  await expect(page.locator('[data-fact="handed_over"]')).toContainText(key);
  const kept = await page.evaluate(() => localStorage.getItem("log-of-releases"));
  expect(JSON.parse(kept ?? "null")).toMatchObject({ key, size: 15 });
});

/** What is done to a proof, and what the page calls it. */
const attacks: [string, string, (proof: Proof) => void][] = [
  [attack("one bit of a file", "the value"), "not_held", ({ evidence }) => (evidence.line = evidence.line.replace(/\d+$/, "999"))],
  ["another place is refused", "not_held", ({ evidence }) => (evidence.leaf += 1)],
  ["another path is refused", "not_held", ({ evidence }) => evidence.path.reverse()],
  ["what is no line is refused", "line", ({ evidence }) => (evidence.line = "999")],
  [
    attack("one bit of the manifest"),
    "not_logged",
    ({ evidence }) => (evidence.manifest = evidence.manifest.replace('"simulated": true', '"simulated": false')),
  ],
  ["what is no hash is refused", "hash", ({ evidence }) => (evidence.log_path = [...evidence.log_path.slice(1), "x"])],
  [
    attack("one bit of the checkpoint"),
    "checkpoint",
    ({ evidence }) => (evidence.checkpoint = evidence.checkpoint.replace("\n15\n", "\n16\n")),
  ],
  ["another name is refused", "other_figure", (proof) => (proof.figure = "a".repeat(16))],
  ["another format is refused", "format", (proof) => Object.assign(proof, { more: 1 })],
  [attack("signed with another key"), "page_key", (proof) => (proof.key = "elsewhere+00000000+AQ==")],
];

for (const [title, refusal, change] of attacks) {
  test(title, async ({ page, open }) => {
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

test(attack("two figures swapped"), async ({ page, open, request }) => {
  // The proof of another figure of the same release, whole and valid, under the name of this one.
  const own = figure("vi").split("/").at(-1) ?? "";
  const proof = (await (await request.get(`/api/v1/figures/${own}.proof.json`)).json()) as Proof;
  await open("/vi/bang/case-flow");
  const links = page.locator("main table.ledger td > a");
  const addresses = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
  const other = addresses.map((address) => address.split("/").at(-1) ?? "").find((id) => id !== own);
  const theirs = (await (await request.get(`/api/v1/figures/${other}.proof.json`)).json()) as Proof;
  expect(theirs.evidence.manifest).toBe(proof.evidence.manifest);
  await tamper(page, (changed) => (changed.evidence = theirs.evidence));
  await open(figure("vi"));
  await press(page);
  await expect(page.locator('[data-refusal="other_figure"]')).toBeVisible();
  await expect(outcome(page, "proved")).toBeHidden();
});

test(attack("an old manifest"), async ({ page, open, request }) => {
  const manifest = await (await request.get("/api/v1/releases/2026-Q2.1/manifest.json")).text();
  expect(manifest).toContain('"release": "2026-Q2.1"');
  await tamper(page, ({ evidence }) => (evidence.manifest = manifest));
  await open(figure("vi"));
  await press(page);
  await expect(page.locator('[data-refusal="not_logged"]')).toBeVisible();
  await expect(outcome(page, "proved")).toBeHidden();
});

test(attack("an old release as the newest"), async ({ page, open, request }) => {
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

for (const [title, refusal, seen] of [
  [attack("the log cut off"), "shorter", { size: 40, root: "0".repeat(64) }],
  [attack("the log forked", "before"), "changed", { size: 7, root: "0".repeat(64) }],
  [attack("the log forked", "at the end"), "changed", { size: 15, root: "0".repeat(64) }],
] as const) {
  test(title, async ({ page, open, request }) => {
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

for (const [title, refusal, change] of [
  [attack("a key that nobody announced"), "key", (proof) => (proof.evidence.handovers = [])],
  [
    "an announcement that is none is refused",
    "handover",
    ({ evidence }) => {
      const [handover] = evidence.handovers;
      if (handover) handover.manifest = evidence.manifest;
    },
  ],
] as [string, string, (proof: Proof) => void][]) {
  test(title, async ({ page, open, request }) => {
    const { key } = await (await request.get("/api/v1/releases/2024-Q3.1/manifest.json")).json();
    const seen = { key, size: 0, root: "0".repeat(64) };
    await page.goto("/vi/ky-cong-bo/2024-Q3.1");
    const [, size, root] = (await page.locator("#checkpoint ~ pre").innerText()).split("\n");
    Object.assign(seen, { size: Number(size), root: Buffer.from(root ?? "", "base64").toString("hex") });
    await tamper(page, change);
    await open(figure("vi"));
    await page.evaluate((value) => localStorage.setItem("log-of-releases", value), JSON.stringify(seen));
    await press(page);
    await expect(page.locator(`[data-refusal="${refusal}"]`)).toBeVisible();
    await expect(outcome(page, "proved")).toBeHidden();
    const kept = await page.evaluate(() => localStorage.getItem("log-of-releases"));
    expect(JSON.parse(kept ?? "null")).toEqual(seen);
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
