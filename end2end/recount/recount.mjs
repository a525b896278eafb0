// Recomputes every figure of published releases from the register's extracts and the definitions
// in docs/TABLES.md, and nothing else: neither the portal's table definitions nor its code.
//
//   node recount/recount.mjs EXTRACTS RELEASES            compares; exit code 1 on any difference
//   node recount/recount.mjs --counts EXTRACTS RELEASES   mean counts and withheld shares by crossing
//
//   EXTRACTS   a folder with a folder of extract files for each quarter
//   RELEASES   a folder with a bundle for each release, RELEASES/2026-Q3.1/tables/*.csv

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { parse } from "csv-parse/sync";

import { period, periodsOf } from "./calendar.mjs";
import { readExtracts } from "./extracts.mjs";
import { Facts } from "./facts.mjs";
import { readMatrix } from "./matrix.mjs";
import { Members, isOfKind } from "./members.mjs";
import { denunciationThreshold, leastShown, threshold } from "./small.mjs";

/** @typedef {import("./calendar.mjs").Period} Period */
/** @typedef {import("./matrix.mjs").Crossing} Crossing */
/** @typedef {import("./matrix.mjs").Table} Table */
/** @typedef {{ value: number, who: Set<string>, amounts: number[] }} Sum */
/** @typedef {{ address: string, kind: string, item: string, sum: Sum, crossing: Crossing, period: Period }} Cell */
/** @typedef {{ value: string, status: string, unit: string }} Published */

const root = fileURLToPath(new URL("../../", import.meta.url));
const dimensions = /** @type {const} */ (["area", "body", "kind", "field", "referrer"]);
const whole = { area: "38", body: "all", kind: "all", field: "all", referrer: "all" };
const coarsest = { area: "province", body: "all", field: "all", referrer: "all" };

const amountCases = 3;
const amountPercent = 10;
const amountUnits = ["million_vnd", "square_metre"];
/** More distinct complainants than this need not be told apart. */
const enough = Math.max(threshold, denunciationThreshold, amountCases);
const mostReported = 50;

/** Recomputes and compares. @param {string} extracts @param {string} releases */
export function recount(extracts, releases) {
  const book = new Book(extracts, releases);
  /** @type {string[]} */
  const problems = [];
  let passed = 0;
  /** @param {string} where @param {string[]} wrong */
  const check = (where, wrong) => {
    if (wrong.length === 0) passed += 1;
    else problems.push(`${where}: ${wrong.join("; ")}`);
  };
  for (const release of book.releases) {
    const dir = join(releases, release.name, "tables");
    const files = readdirSync(dir).filter((name) => name.endsWith(".csv"));
    for (const file of files) {
      const expected = book.tables.some((table) => `${table.id}.csv` === file);
      check(`${release.name} ${file}`, expected ? [] : ["is not in docs/TABLES.md"]);
    }
    for (const table of book.tables) {
      const where = `${release.name} ${table.id}`;
      const path = join(dir, `${table.id}.csv`);
      if (!existsSync(path)) {
        check(where, ["is missing"]);
        continue;
      }
      const { published, wrong } = readTable(path, table);
      check(`${where} columns`, wrong);
      let nonzero = 0;
      let withheld = 0;
      for (const cell of book.cells(table, release.quarter)) {
        const found = published.get(cell.address);
        published.delete(cell.address);
        check(`${where} ${cell.address}`, compare(cell, found, book.units.get(cell.item) ?? ""));
        if (cell.sum.value === 0) continue;
        nonzero += 1;
        if (found?.status === "x") withheld += 1;
      }
      for (const address of published.keys()) check(`${where} ${address}`, ["is not to be published"]);
      const tooMuch = withheld * 3 > nonzero;
      check(where, tooMuch ? [`withholds ${withheld} of ${nonzero} figures that are not zero`] : []);
    }
  }
  return { passed, problems };
}

/** What releases should hold. */
class Book {
  /** @param {string} extracts @param {string} releases */
  constructor(extracts, releases) {
    const matrix = readMatrix(join(root, "docs/TABLES.md"));
    this.tables = matrix.tables;
    this.units = matrix.units;
    this.releases = readdirSync(releases)
      .filter((name) => /^\d{4}-Q[1-4]\.\d+$/.test(name))
      .map((name) => ({ name, quarter: period(name.replace(/\.\d+$/, "")).last }))
      .sort((a, b) => a.quarter - b.quarter);
    if (this.releases.length === 0) throw new Error(`${releases} holds no bundle`);
    this.first = Math.min(...this.releases.map((release) => release.quarter));
    this.members = new Members(join(root, "crates/model/data"));
    const periods = this.releases.flatMap(({ quarter }) => this.periods(quarter));
    this.facts = new Facts(readExtracts(extracts), this.members, periods);
  }

  /** The periods that a release brings; a longer one only if the series holds all its quarters. @param {number} quarter */
  periods(quarter) {
    return periodsOf(quarter).filter((p) => p.first >= this.first);
  }

  /** Every cell of a table in the release on a quarter, recomputed. @param {Table} table @param {number} quarter @returns {Iterable<Cell>} */
  *cells(table, quarter) {
    /** @type {Set<string>} */
    const seen = new Set();
    for (const p of this.periods(quarter)) {
      for (const crossing of table.crossings) {
        if (!crossing.periods.some((kind) => isOf(p, kind)) || (crossing.since && p.last < crossing.since.last)) continue;
        const places = this.#places(crossing, p);
        for (const item of crossing.items) {
          const sums = this.#sums(crossing, item, p);
          for (const place of places) {
            const address = [p.code, ...place, item].join(",");
            if (seen.has(address)) continue;
            seen.add(address);
            const sum = sums.get(place.join(",")) ?? { value: 0, who: new Set(), amounts: [] };
            yield { address, kind: place[2] ?? "", item, sum, crossing, period: p };
          }
        }
      }
    }
  }

  /** The combinations of members of a crossing that can hold anything in a period. @param {Crossing} crossing @param {Period} p */
  #places(crossing, p) {
    /** @type {string[][]} */
    let places = [[]];
    for (const dimension of dimensions) {
      const members =
        dimension === "kind"
          ? crossing.kinds
          : this.members
              .at(dimension, crossing[dimension])
              .filter((m) => (m.since ?? 0) <= p.last && (m.until ?? Infinity) >= p.first)
              .map((m) => m.code);
      places = places.flatMap((place) => members.map((member) => [...place, member]));
    }
    return places.filter(
      ([, , kind = "", field]) => field !== "corruption" || kind === "all" || kind === "denunciation",
    );
  }

  /** @param {Crossing} crossing @param {string} item @param {Period} p */
  #sums(crossing, item, p) {
    /** @type {Map<string, Sum>} */
    const sums = new Map();
    for (const fact of this.facts.of(item, p)) {
      if (fact.n === 0) continue;
      const area = this.members.of(fact, "area", crossing.area);
      const body = this.members.of(fact, "body", crossing.body);
      const field = this.members.of(fact, "field", crossing.field);
      const referrer = this.members.of(fact, "referrer", crossing.referrer);
      if (!area || !body || !field || !referrer) continue;
      for (const kind of crossing.kinds) {
        if (!isOfKind(fact.kind, kind)) continue;
        const key = `${area},${body},${kind},${field},${referrer}`;
        let sum = sums.get(key);
        if (!sum) sums.set(key, (sum = { value: 0, who: new Set(), amounts: [] }));
        sum.value += fact.n;
        sum.amounts.push(fact.n);
        if (fact.who && sum.who.size < enough) sum.who.add(fact.who);
      }
    }
    return sums;
  }
}

/** @param {Period} p @param {string} kind of period, as docs/TABLES.md names it */
function isOf(p, kind) {
  return p.kind === kind || (kind === "first quarter" && p.kind === "quarter" && p.first % 4 === 0);
}

/**
 * The figures in a table's file, by address.
 * @param {string} path @param {Table} table
 */
function readTable(path, table) {
  /** @type {Map<string, Published>} */
  const published = new Map();
  const wrong = [];
  const varying = dimensions.filter((dimension) =>
    table.crossings.some((crossing) =>
      dimension === "kind"
        ? crossing.kinds.join() !== whole.kind
        : crossing[dimension] !== coarsest[dimension],
    ),
  );
  /** @type {string[][]} */
  const [header = [], ...rows] = parse(readFileSync(path), { bom: true });
  const expected = ["period", ...varying, "item", "unit", "value", "status"];
  if (header.join() !== expected.join()) wrong.push(`has columns ${header}, not ${expected}`);
  for (const row of rows) {
    /** @type {Record<string, string>} */
    const line = Object.fromEntries(header.map((name, i) => [name, row[i] ?? ""]));
    const { period: p = "", item = "", unit = "", value = "", status = "" } = line;
    const address = [p, ...dimensions.map((d) => line[d] ?? whole[d]), item].join(",");
    if (published.has(address)) wrong.push(`has ${address} twice`);
    published.set(address, { unit, value, status });
  }
  return { published, wrong };
}

/** What is wrong with a published figure. @param {Cell} cell @param {Published | undefined} found @param {string} unit */
function compare(cell, found, unit) {
  if (!found) return ["is missing"];
  const wrong = [];
  if (found.unit !== unit) wrong.push(`counts in ${found.unit}, not ${unit}`);
  if (found.status === "x") {
    if (found.value !== "") wrong.push("is withheld and has a value");
    return wrong;
  }
  if (found.status !== "") wrong.push(`has status \`${found.status}\``);
  if (found.value !== String(cell.sum.value)) wrong.push(`is ${found.value || "empty"}, should be ${cell.sum.value}`);
  const small = sensitive(cell, Number(found.value), unit);
  if (small) wrong.push(`is ${found.value} and shown: ${small}`);
  return wrong;
}

/** Why a value must not be shown, if so. @param {Cell} cell @param {number} value @param {string} unit */
function sensitive({ item, kind, sum }, value, unit) {
  const exact = unit === "day" || item === "transferred_in" || item === "transferred_out";
  if (exact || value === 0) return undefined;
  if (amountUnits.includes(unit)) {
    const [first = 0, second = 0, ...rest] = sum.amounts.toSorted((a, b) => b - a);
    const others = rest.reduce((a, b) => a + b, 0);
    if (sum.amounts.length < amountCases) return `${sum.amounts.length} cases`;
    if (sum.who.size < amountCases) return `${sum.who.size} complainants`;
    if (others * 100 < first * amountPercent) return `${first} of ${second + first + others} by one case`;
    return undefined;
  }
  const least = leastShown(kind);
  if (value < least) return `less than ${least}`;
  if (sum.who.size > 0 && sum.who.size < least) return `${sum.who.size} complainants`;
  return undefined;
}

/** Mean count of a cell that is not zero and share withheld, by crossing. @param {string} extracts @param {string} releases */
function counts(extracts, releases) {
  const book = new Book(extracts, releases);
  for (const table of book.tables) {
    /** @type {Map<Crossing, { nonzero: number, withheld: number, sums: Map<string, [number, number]> }>} */
    const tallies = new Map();
    for (const release of book.releases) {
      const path = join(releases, release.name, "tables", `${table.id}.csv`);
      const { published } = readTable(path, table);
      for (const { address, sum, crossing, period: p } of book.cells(table, release.quarter)) {
        let tally = tallies.get(crossing);
        if (!tally) tallies.set(crossing, (tally = { nonzero: 0, withheld: 0, sums: new Map() }));
        if (sum.value === 0) continue;
        const [n, total] = tally.sums.get(p.kind) ?? [0, 0];
        tally.sums.set(p.kind, [n + 1, total + sum.value]);
        tally.nonzero += 1;
        if (published.get(address)?.status === "x") tally.withheld += 1;
      }
    }
    console.log(table.id);
    for (const crossing of table.crossings) {
      const { nonzero, withheld, sums } = tallies.get(crossing) ?? { nonzero: 0, withheld: 0, sums: new Map() };
      const means = crossing.periods.map((kind) => {
        const [n, total] = sums.get(kind.replace("first ", "")) ?? [0, 0];
        return n === 0 ? "-" : Math.round(total / n).toLocaleString("en");
      });
      const share = nonzero === 0 ? "-" : `${((100 * withheld) / nonzero).toFixed(1)} %`;
      console.log(`| ${means.join(" / ")} | ${share} |`);
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const counting = process.argv[2] === "--counts";
  const [extracts, releases, more] = process.argv.slice(counting ? 3 : 2);
  if (!extracts || !releases || more) {
    console.error("usage: node recount/recount.mjs [--counts] EXTRACTS RELEASES");
    process.exit(2);
  }
  if (counting) {
    counts(extracts, releases);
  } else {
    const { passed, problems } = recount(extracts, releases);
    for (const problem of problems.slice(0, mostReported)) console.log(problem);
    if (problems.length > mostReported) console.log(`and ${problems.length - mostReported} more`);
    console.log(`${passed} passed, ${problems.length} failed`);
    process.exitCode = problems.length === 0 ? 0 : 1;
  }
}
