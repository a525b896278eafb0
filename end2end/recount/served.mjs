// Walks through everything that the portal serves, page by page and answer by answer, and holds it
// against the releases' files: every figure in it is a published one, and no small count stands
// anywhere outside the tables about officials' conduct.
//
//   node recount/served.mjs ADDRESS RELEASES

import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { parse as parseCsv } from "csv-parse/sync";
import { parse as parseHtml } from "node-html-parser";

import { threshold } from "./small.mjs";

/** Protected by the number of cases behind them, not by their size. */
const amountUnits = new Set(["million_vnd", "square_metre"]);
/** What tells of officials or of public decisions, not of citizens (docs/TABLES.md). */
const exempt = /^(days_(required|due|head|delegate|missed|unreported)|transferred_(in|out))$/;
/** Their tables count cells, releases and tables, or hold examples and what others published. */
const aboutOthers = new RegExp(
  "^/(vi|en)/(ky-cong-bo|releases|lich-cong-bo|release-calendar|phuong-phap|methods|thoi-han|deadlines|bang|tables|thuat-ngu|glossary|tu-dien-du-lieu|data-dictionary|" +
    "so-lieu-tham-khao|reference-figures|he-thong-thiet-ke|design-system)(/\\d{4}-Q\\d\\.\\d+)?$",
);
/** The page of one figure; there is one a figure, so that of every so many is visited. */
const ofFigure = /^\/(vi\/so-lieu|en\/figures)\/([a-z2-7]{16})(@.*)?$/;
const everySoMany = 400;
const atOnce = 4;
const mostReported = 50;

/** @typedef {import("node-html-parser").HTMLElement} HTMLElement */

/** Published values of each item over all releases. */
class Releases {
  /** @type {Map<string, Set<string>>} */
  #values = new Map();
  /** @type {Map<string, string>} */
  #units = new Map();

  /** @param {string} folder */
  constructor(folder) {
    for (const release of readdirSync(folder).filter((name) => /^\d{4}-Q[1-4]\.\d+$/.test(name))) {
      const tables = join(folder, release, "tables");
      for (const file of readdirSync(tables).filter((name) => name.endsWith(".csv"))) {
        /** @type {Record<"item" | "unit" | "value", string>[]} */
        const rows = parseCsv(readFileSync(join(tables, file)), { columns: true, bom: true });
        for (const row of rows) {
          this.#units.set(row.item, row.unit);
          if (row.value === "") continue;
          const values = this.#values.get(row.item) ?? new Set();
          this.#values.set(row.item, values.add(row.value));
        }
      }
    }
    if (this.#values.size === 0) throw new Error(`${folder} holds no figure`);
  }

  /** What is wrong with serving `value` for `item`. @param {string} item @param {string} value */
  wrong(item, value) {
    if (!this.#values.get(item)?.has(value)) return [`${item} ${value} is in no release`];
    return this.mayBeSmall(item) || !isSmall(Number(value)) ? [] : [`${item} ${value} is a small count`];
  }

  /** @param {string} item */
  mayBeSmall(item) {
    return exempt.test(item) || amountUnits.has(this.#units.get(item) ?? "");
  }
}

/** @param {number} n */
function isSmall(n) {
  return n > 0 && n < threshold;
}

/** The figures in an answer, `["settled",{"value":{"shown":12},"id":…}]`. @param {string} text */
function* figuresIn(text) {
  for (const found of text.matchAll(/\[\\?"([a-z0-9_]+)\\?",\{\\?"value\\?":\{\\?"shown\\?":(-?\d+)\}/g)) {
    yield { item: found[1] ?? "", value: found[2] ?? "" };
  }
}

/** The figures in a downloaded file. @param {string} text */
function* figuresOf(text) {
  /** @type {Record<"item" | "value", string>[]} */
  const rows = parseCsv(text, { columns: true, bom: true });
  for (const { item, value } of rows) {
    if (value !== "") yield { item, value };
  }
}

/** The figures in a downloaded drawing, whose address names what it counts. @param {string} text @param {URL} url */
function* figuresDrawn(text, url) {
  const item = url.searchParams.get("item") ?? "";
  // Shares are no figures of an item, and say so with a sign.
  for (const element of parseHtml(text).querySelectorAll(".n")) {
    const number = element.text.trim();
    if (/^\d{1,3}([.,]\d{3})*$/.test(number)) yield { item, value: number.replace(/\D/g, "") };
  }
}

/** The figures in an answer of `type`. @param {string} type @param {string} text @param {URL} url */
function figuresServed(type, text, url) {
  if (type.startsWith("text/csv")) return figuresOf(text);
  if (type.startsWith("image/svg+xml")) return figuresDrawn(text, url);
  return figuresIn(text);
}

/**
 * The numbers that a page shows in its tables and drawings, with where, and what they count where the
 * page says so.
 * @param {HTMLElement} page
 */
function* numbersOn(page) {
  for (const element of page.querySelectorAll("main td, main .keys b, main .value b, main h1 em, main svg text:not(.axis):not(.event), main figure li b")) {
    const text = element.text.trim();
    if (/^\d{1,3}([.,\u00a0]\d{3})*$/.test(text)) {
      const items = (element.closest("[data-item]")?.getAttribute("data-item") ?? "").split(" ").filter(Boolean);
      yield { n: Number(text.replace(/\D/g, "")), items, where: `${element.tagName.toLowerCase()} ${text}` };
    }
  }
}

/** True for one figure of so many, the same ones in each run. @param {string} figure */
function chosen(figure) {
  return createHash("sha256").update(figure).digest().readUInt32BE() % everySoMany === 0;
}

/**
 * The pages that a page leads to: its links, and each choice of its filters. Links that only show
 * the same figures in another way are not for machines to follow.
 * @param {HTMLElement} page @param {URL} from
 */
function* leadsTo(page, from) {
  for (const link of page.querySelectorAll("a[href]")) {
    const target = new URL(link.getAttribute("href") ?? "", from);
    const figure = ofFigure.exec(target.pathname)?.[2];
    const followed = figure ? chosen(figure) : link.getAttribute("rel") !== "nofollow";
    if (followed) yield target;
  }
  // One filter at a time, from the page as it stands without a choice: all of them together would
  // be millions of addresses. Where one explores: each table, and its rows by its columns.
  const asked = [...from.searchParams.keys()].join();
  const open = { "": /./, table: /^(?!table)/, "table,by": /^cols$/ }[asked];
  if (open === undefined) return;
  for (const form of page.querySelectorAll("form")) {
    for (const select of form.querySelectorAll("select[name]")) {
      const name = select.getAttribute("name") ?? "";
      if (!open.test(name)) continue;
      for (const option of select.querySelectorAll("option")) {
        const target = new URL(form.getAttribute("action") ?? "", from);
        for (const [kept, value] of from.searchParams) target.searchParams.set(kept, value);
        target.searchParams.set(name, option.getAttribute("value") ?? "");
        yield target;
      }
    }
  }
}

/** @param {string} address @param {string} folder */
export async function walk(address, folder) {
  const releases = new Releases(folder);
  const home = new URL(address);
  /** @type {Set<string>} */
  const known = new Set();
  /** @type {URL[]} */
  const waiting = [];
  /** @type {string[]} */
  const problems = [];
  const seen = { pages: 0, answers: 0, figures: 0, numbers: 0 };

  /** @param {URL} url */
  const add = (url) => {
    const next = new URL(url.pathname + url.search, home);
    // A picture in pixels is the drawing in the SVG beside it.
    if (url.origin !== home.origin || known.has(next.href) || next.pathname.endsWith(".png")) return;
    known.add(next.href);
    waiting.push(next);
  };
  /** @param {URL} url @param {Iterable<{ item: string, value: string }>} figures */
  const checkFigures = (url, figures) => {
    for (const { item, value } of figures) {
      seen.figures += 1;
      problems.push(...releases.wrong(item, value).map((what) => `${url.pathname}${url.search}: ${what}`));
    }
  };
  /** @param {URL} url @param {HTMLElement} page */
  const checkNumbers = (url, page) => {
    for (const { n, items, where } of numbersOn(page)) {
      seen.numbers += 1;
      if (items.length === 0) {
        if (isSmall(n)) problems.push(`${url.pathname}${url.search}: shows a small count, ${where}`);
        continue;
      }
      // Of several lines in one drawing, a number belongs to one.
      seen.figures += 1;
      const wrong = items.map((item) => releases.wrong(item, String(n)));
      if (wrong.every((what) => what.length > 0)) {
        problems.push(`${url.pathname}${url.search}: ${wrong.flat().join(", ")}`);
      }
    }
  };
  /** @param {URL} url */
  const visit = async (url) => {
    const response = await fetch(url);
    const text = await response.text();
    const type = response.headers.get("content-type") ?? "";
    if (!type.startsWith("text/html")) checkFigures(url, figuresServed(type, text, url));
    if (!response.ok) problems.push(`${url.pathname}${url.search}: status ${response.status}`);
    if (!type.startsWith("text/html")) {
      seen.answers += 1;
      return;
    }
    seen.pages += 1;
    const page = parseHtml(text);
    for (const target of leadsTo(page, url)) add(target);
    if (aboutOthers.test(url.pathname)) return;
    checkNumbers(url, page);
  };

  const pages = await (await fetch(new URL("/api/v1/pages.json", home))).json();
  for (const { example } of pages.pages) add(new URL(example, home));
  for (const name of ["overview", "areas", "bodies", "methods", "releases"]) add(new URL(`/fn/${name}`, home));
  while (waiting.length > 0) {
    const batch = waiting.splice(0, atOnce);
    await Promise.all(batch.map(visit));
    for (const url of batch) {
      const [, locale, section, subject] = url.pathname.split("/");
      if (locale !== "en" || !subject) continue;
      const answer = { tables: `table?id=${subject}`, areas: `area?code=${subject}`, bodies: `body?code=${subject}` }[section ?? ""];
      if (answer) add(new URL(`/fn/${answer}`, home));
    }
  }
  if (seen.pages < 200 || seen.answers < 100 || seen.numbers < 10_000) {
    problems.push(`hardly anything was found: ${JSON.stringify(seen)}`);
  }
  return { seen, problems };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [address, folder] = process.argv.slice(2);
  if (!address || !folder) {
    console.error("usage: node recount/served.mjs ADDRESS RELEASES");
    process.exit(2);
  }
  const { seen, problems } = await walk(address, folder);
  for (const problem of problems.slice(0, mostReported)) console.error(problem);
  if (problems.length > mostReported) console.error(`and ${problems.length - mostReported} more`);
  console.log(
    `served: ${seen.pages} pages and ${seen.answers} answers with ${seen.figures} figures, ` +
      `${seen.numbers} numbers read off the pages: ${problems.length} problems`,
  );
  process.exitCode = problems.length > 0 ? 1 : 0;
}
