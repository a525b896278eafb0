// Lighthouse over the portal's pages, as on a phone with a slow network: prints for each page the
// median of each category, and what each audit that costs points says. Exits non-zero when a page
// has less than it must.
//
//   node audit.mjs [--runs 5] [--only /vi] [--reports FOLDER]
//
//   PORTAL_BIN, PORTAL_SITE   as in ../run.mjs
//   PORTAL_BASE_URL           audits a portal that is already running instead

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

import { chromium, whole } from "../support/chromium.mjs";
import { lastWords, startPortal, stopPortal, sweep, wasStarted } from "../support/portal.mjs";

/** The pages, by their patterns in `/api/v1/pages.json`, which has an example of each. */
const AUDITED = [
  "/vi",
  "/vi/bang/:code",
  "/vi/kham-pha",
  "/vi/dia-ban/:code",
  "/vi/so-lieu/:code",
  "/en",
  "/en/tables/:code",
  "/en/explore",
  "/en/areas/:code",
  "/en/figures/:code",
];

/** The points that each page must have. */
const NEEDED = { performance: 95, accessibility: 100, "best-practices": 100, seo: 100 };

/** So often a visit is tried of which the browser's trace came to nothing. */
const TRIES = 3;

const { values: options } = parseArgs({
  options: {
    runs: { type: "string", default: "5" },
    only: { type: "string" },
    reports: { type: "string" },
  },
});

// Ctrl-C reaches the portal too; here it only ends the visits, so that what was started is stopped.
let interrupted = false;
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
  process.on(signal, () => (interrupted = true));
}

process.exitCode = 1;
try {
  const address = process.env.PORTAL_BASE_URL ?? (await startPortal());
  process.exitCode = (await audit(address)) ? 0 : 1;
} catch (error) {
  console.error(`audit: ${error instanceof Error ? error.stack : error}`);
}
for (const problem of await stopPortal()) {
  console.error(`audit: ${problem}`);
  process.exitCode = 1;
}
if (process.exitCode !== 0 && wasStarted()) console.error(`audit: the portal's last lines:\n${lastWords()}`);
sweep();

/**
 * @param {string} address
 * @returns {Promise<boolean>} whether every page has what it must
 */
async function audit(address) {
  const pages = await examples(address);
  const runs = Number(options.runs);
  if (!Number.isInteger(runs) || runs < 1) throw new Error(`--runs ${options.runs}`);
  const complaints = [];
  const rows = [];
  for (const page of pages) {
    const results = [];
    for (let run = 0; run < runs; run += 1) results.push(await visit(new URL(page, address).href));
    /** @type {Record<string, string | number>} */
    const row = { page };
    for (const [category, needed] of Object.entries(NEEDED)) {
      const points = middle(results.map((result) => score(result, category)));
      row[category] = points;
      if (points >= needed) continue;
      complaints.push(`${page}: ${category} ${points}, must be ${needed}`);
      complaints.push(...lost(results, category));
    }
    for (const [name, id] of [["LCP s", "largest-contentful-paint"], ["TBT ms", "total-blocking-time"], ["CLS", "cumulative-layout-shift"], ["KB", "total-byte-weight"]]) {
      const value = middle(results.map((result) => result.audits[id]?.numericValue ?? NaN));
      const unit = { "LCP s": 1000, KB: 1024 }[name] ?? 1;
      row[name] = Number((value / unit).toFixed(name === "CLS" ? 3 : 1));
    }
    rows.push(row);
    if (options.reports) {
      mkdirSync(options.reports, { recursive: true });
      const file = `${page.replaceAll(/[^\w-]+/g, "_")}.json`;
      writeFileSync(join(options.reports, file), JSON.stringify(results.at(-1)));
    }
  }
  console.log(`\nMedian of ${runs}:`);
  console.table(Object.fromEntries(rows.map(({ page, ...row }) => [page, row])));
  for (const complaint of complaints) console.error(complaint);
  console.log(complaints.length === 0 ? "audit: every page has what it must" : "audit: failed");
  return complaints.length === 0;
}

/**
 * An address for each audited page.
 *
 * @param {string} address
 * @returns {Promise<string[]>}
 */
async function examples(address) {
  const answer = await fetch(new URL("/api/v1/pages.json", address));
  if (!answer.ok) throw new Error(`/api/v1/pages.json answers ${answer.status}`);
  const { pages } = await answer.json();
  const wanted = options.only ? [options.only] : AUDITED;
  return wanted.map((path) => {
    const page = pages.find((/** @type {{ path: string }} */ page) => page.path === path);
    if (!page) throw new Error(`the portal has no page ${path}`);
    return page.example;
  });
}

/**
 * One visit with an empty cache.
 *
 * @param {string} url
 */
async function visit(url) {
  for (let left = TRIES - 1; ; left -= 1) {
    try {
      return await look(url);
    } catch (error) {
      // Lighthouse then says "Please run Lighthouse again"; what it says of the page stands.
      if (interrupted || left === 0 || !String(error).includes("run Lighthouse again")) throw error;
      console.error(`audit: once more: ${error instanceof Error ? error.message : error}`);
    }
  }
}

/** @param {string} url */
async function look(url) {
  if (interrupted) throw new Error("interrupted");
  const chrome = await launch({
    chromePath: whole,
    chromeFlags: ["--headless=new", ...chromium.args],
  });
  try {
    const result = await lighthouse(url, {
      port: chrome.port,
      output: "json",
      logLevel: "error",
      onlyCategories: Object.keys(NEEDED),
    });
    if (!result) throw new Error(`${url}: no result`);
    const { runtimeError } = result.lhr;
    if (runtimeError) throw new Error(`${url}: ${runtimeError.message}`);
    return result.lhr;
  } finally {
    chrome.kill();
  }
}

/**
 * @param {import("lighthouse").Result} result
 * @param {string} category
 */
function score(result, category) {
  const points = result.categories[category]?.score;
  if (typeof points !== "number") throw new Error(`${result.finalDisplayedUrl}: no score for ${category}`);
  return Math.round(points * 100);
}

/**
 * What the audits say that cost points of `category`, each once.
 *
 * @param {import("lighthouse").Result[]} results
 * @param {string} category
 */
function lost(results, category) {
  const said = new Set();
  for (const result of results) {
    for (const { id, weight } of result.categories[category]?.auditRefs ?? []) {
      const audit = result.audits[id];
      if (!audit || weight === 0 || audit.score === null || audit.score >= 0.9) continue;
      const details = /** @type {{ items?: object[] } | undefined} */ (audit.details);
      const items = (details?.items ?? []).slice(0, 3).map((item) => `\n      ${JSON.stringify(item).slice(0, 300)}`);
      said.add(`  ${id}: ${audit.title}${audit.displayValue ? ` (${audit.displayValue})` : ""}${items.join("")}`);
    }
  }
  return said;
}

/** @param {number[]} numbers */
function middle(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
