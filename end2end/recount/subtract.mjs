// Tries what any reader can: works withheld figures out by adding and subtracting published ones,
// over all tables and releases, and reports those that turn out to be small counts.
//
//   node recount/subtract.mjs RELEASES
//
// It follows sums with one unknown, again and again, and knows what docs/TABLES.md and
// docs/EXTRACT.md tell everybody, such as that each complaint settled has one of five findings.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { parse } from "csv-parse/sync";

import { period, quartersOf } from "./calendar.mjs";
import { carriedOut } from "./facts.mjs";
import { fields, landFields, referrerGroups, referrers } from "./members.mjs";
import { leastShown } from "./small.mjs";

/** @typedef {Map<string, number | undefined>} Figures by address; withheld ones have no value */

const columns = ["period", "area", "body", "kind", "field", "referrer", "item"];
const totals = ["", "38", "all", "all", "all", "all", ""];
const [PERIOD, AREA, BODY, KIND, FIELD, REFERRER, ITEM] = [0, 1, 2, 3, 4, 5, 6];

/** How items split up; each line's parts add up to its first item. */
const items = `
  entered received late_entry
  workload opening entered
  workload ended closing
  body_workload opening entered transferred_in
  body_workload ended transferred_out closing
  ended settled withdrawn terminated transferred_away
  ended settled_on_time ended_not_on_time
  settled settled_on_time settled_late
  settled_or_overdue settled open_overdue
  settled_or_overdue settled_on_time late_or_overdue
  followed followed_30 followed_60 followed_90 followed_180 followed_otherwise followed_open
  settled days_30 days_60 days_90 days_91
  settled_second upheld overturned
  settled_second dialogue_held dialogue_none
  closing open_within open_overdue
  open_within open_no_due open_with_due
  open_overdue overdue_1_30 overdue_31_90 overdue_91
  implementation_due implementation_done implementation_pending
  petitions_received petitions_pending petitions_processed
  petitions_processed petitions_ineligible petitions_eligible
  petitions_eligible petitions_within petitions_outside
  petitions_outside petitions_guided petitions_transferred petitions_urged
  visits visits_regular visits_periodic visits_ad_hoc
  matters matters_first matters_repeat
  referred acknowledged unacknowledged
  referred referral_accepted referred_not_accepted
  referred referral_settled referred_not_settled
  acknowledged referral_settled acknowledged_not_settled
  referred answer_required answer_not_due
  answer_required answered_in_time answer_not_in_time
  answer_not_in_time answered_late answer_overdue
  referral_accepted referral_settled referral_open
  referral_declined referral_refused referral_passed_on
  referral_settled notified not_notified
  referral_settled petitioned not_petitioned
  petitioned superior_answered superior_unanswered
  superior_answered superior_in_time superior_late`
  .trim()
  .split("\n")
  .map((line) => line.trim().split(" "))
  .concat(carriedOut.map((item) => [item, `${item}_done`, `${item}_left`]));
/** Not published, or not everywhere, but what published figures add up to or leave. */
const unpublished = new RegExp(
  ",(settled_second|ended_not_on_time|late_or_overdue|answer_not_in_time|[a-z]+_not_(accepted|settled)|open_with_due|not_petitioned|superior_late" +
    `|(${carriedOut.join("|")})_left|[a-z_]+ (before|since Q1|since 6M|since 9M))$|,(fronts|others),referral_settled$`,
);
const findings = ["found_right", "found_partly", "found_wrong", "upheld", "overturned"];

/** Items of which a longer period has the first or the last quarter's, or that it counts anew. */
const atStart = new Set(["opening"]);
const atEnd = new Set(
  [
    "closing open_within open_no_due open_with_due open_overdue overdue_1_30 overdue_31_90 overdue_91",
    "open_suspended open_extended prolonged implementation_pending",
  ].flatMap((names) => names.split(" ")),
);
const anew = new Set(
  [
    "workload body_workload settled_or_overdue late_or_overdue implementation_due acknowledged unacknowledged referral_accepted",
    "referral_declined referral_refused referral_passed_on referral_settled referral_open notified not_notified",
    "referred_not_accepted referred_not_settled acknowledged_not_settled",
    "petitioned not_petitioned superior_answered superior_in_time superior_late superior_unanswered",
    "answer_required answered_in_time answer_not_in_time answered_late answer_overdue answer_not_due",
    ...carriedOut.map((item) => `${item}_done ${item}_left`),
  ].flatMap((names) => names.split(" ")),
);
/** Sums of items that go their own ways over time. */
const mixed = ["workload", "body_workload", "settled_or_overdue", "late_or_overdue", "implementation_due"];
/** States that are for good: what is in one is in it a quarter later. */
const staying = new Set(
  [
    "referred acknowledged referral_accepted referral_declined referral_refused referral_passed_on referral_settled notified",
    "petitioned superior_answered superior_in_time superior_late answer_required answered_in_time answer_not_in_time answered_late",
  ].flatMap((names) => names.split(" ")),
);
/** Not protected by their size. */
const exempt = /,(transferred_(in|out)|days_[a-z]+|(money|land)_[a-z_]+)$/;

/** Small counts that follow from published figures. @param {Figures} published @returns {{ address: string, value: number }[]} */
export function smallOnes(published) {
  const figures = new Map([...byLaw(published), ...published]);
  const known = new Map(figures);
  const addresses = new Set(figures.keys());
  /** @type {string[][]} */
  const sums = [];
  // What is published nowhere may be a sum as well; it is added as it is met.
  for (const address of addresses) {
    for (const sum of sumsOf(address, figures)) {
      sums.push(sum);
      for (const part of sum) addresses.add(part);
    }
  }
  /** @type {{ address: string, value: number }[]} */
  const small = [];
  for (let before = -1, found = 0; found > before; ) {
    before = found;
    for (const [whole = "", ...parts] of sums) {
      const open = [whole, ...parts].filter((address) => known.get(address) === undefined);
      const [address] = open;
      if (address === undefined || open.length > 1) continue;
      const shown = parts.reduce((sum, part) => sum + (known.get(part) ?? 0), 0);
      const value = address === whole ? shown : (known.get(whole) ?? 0) - shown;
      known.set(address, value);
      found += 1;
      const least = leastShown(address.split(",")[KIND] ?? "");
      if (value > 0 && value < least && !exempt.test(address)) small.push({ address, value });
    }
  }
  return small;
}

/** What the law says of parts of published figures: complaints always have a due date, and none but the fronts petition. @param {Figures} published */
function byLaw(published) {
  /** @type {Figures} */
  const found = new Map();
  for (const address of published.keys()) {
    const cell = address.split(",");
    if (cell[ITEM] === "open_no_due" && cell[KIND] === "civil") found.set(cell.with(KIND, "complaint").join(","), 0);
    if (cell[ITEM] === "petitioned" && cell[REFERRER] === "all") {
      found.set(cell.with(REFERRER, "others").join(","), 0).set(cell.with(REFERRER, "fronts").join(","), undefined);
    }
  }
  return found;
}

/** The sums of which a figure is the whole, as far as their parts are published or follow from what is. @param {string} address @param {Figures} figures */
function sumsOf(address, figures) {
  const cell = address.split(",");
  /** @param {number} column @param {string} member @param {string[]} [of] */
  const at = (column, member, of = cell) => of.with(column, member).join(",");
  /** @param {number} column @param {string[]} members */
  const over = (column, members) => members.map((member) => at(column, member));
  const [code = "", area = "", , kind, field, referrer = "", item = ""] = cell;
  const ways = items.filter(([whole]) => whole === item).map(([, ...parts]) => over(ITEM, parts));
  if (item === "settled" && kind === "complaint") {
    ways.push(over(ITEM, findings), over(ITEM, [...findings.slice(0, 3), "settled_second"]));
  }
  if (kind === "all") ways.push(over(KIND, ["civil", "denunciation"]));
  if (kind === "civil") ways.push(over(KIND, ["complaint", "recommendation"]));
  if (area === "38") ways.push(over(AREA, ["R-mountain", "R-plain", "R-coast"]));
  if (referrer === "all") ways.push(over(REFERRER, Object.keys(referrers)), over(REFERRER, Object.keys(referrerGroups)));
  const group = referrerGroups[referrer];
  if (group) ways.push(over(REFERRER, group));
  const others = Object.keys(fields).filter((f) => !landFields.includes(f));
  const possible = others.filter((f) => f !== "corruption" || kind === "denunciation" || kind === "all");
  if (field === "all") ways.push(over(FIELD, ["land", "nonland"]), over(FIELD, [...landFields, ...possible]));
  if (field === "land") ways.push(over(FIELD, landFields));
  if (field === "nonland") ways.push(over(FIELD, possible));
  const time = period(code);
  const quarters = quartersOf(time).map((q) => `${Math.floor(q / 4)}-Q${(q % 4) + 1}`);
  /** @type {string[][]} */
  const overTime = [];
  // What a longer period has beside a published one that it contains, itself published or not.
  /** @type {string[][]} */
  const besides = [];
  if (time.kind !== "quarter" && !anew.has(item)) {
    const [first = "", last = ""] = [quarters[0], quarters.at(-1)];
    if (atStart.has(item)) overTime.push([at(PERIOD, first)]);
    else if (atEnd.has(item)) overTime.push([at(PERIOD, last)]);
    else {
      overTime.push(over(PERIOD, quarters));
      // What it adds to the shorter one is its last quarter.
      const shorter = { 3: "6M", 4: "9M" }[quarters.length];
      if (shorter) besides.push(over(PERIOD, [`${code.slice(0, 4)}-${shorter}`, last]));
    }
  }
  if (time.kind !== "quarter" && anew.has(item) && !mixed.includes(item)) {
    // On its last day a longer period has the last quarter's own, and what came in before that.
    besides.push([at(PERIOD, quarters.at(-1) ?? ""), at(ITEM, `${item} before`)]);
  }
  if (time.kind !== "quarter" && staying.has(item)) {
    for (const shorter of ["Q1", "6M", "9M"].slice(0, quarters.length - 1)) {
      besides.push([at(PERIOD, `${code.slice(0, 4)}-${shorter}`), at(ITEM, `${item} since ${shorter}`)]);
    }
  }
  if (item === "opening" && time.kind === "quarter") {
    const before = time.first - 1;
    ways.push([at(PERIOD, `${Math.floor(before / 4)}-Q${(before % 4) + 1}`, cell.with(ITEM, "closing"))]);
  }
  if (item === "followed") {
    const before = quartersOf(time).map((q) => `${Math.floor((q - 2) / 4)}-Q${((q - 2) % 4) + 1}`);
    ways.push(before.map((quarter) => at(PERIOD, quarter, cell.with(ITEM, "entered"))));
  }
  if (item === "workload" && time.kind !== "quarter") {
    // What was there at the year's start was there at the end of the year before, though no opening is published.
    ways.push([at(PERIOD, `${Number(code.slice(0, 4)) - 1}`, cell.with(ITEM, "closing")), at(ITEM, "entered")]);
  }
  // Cases pass from body to body: there the workload balances with transfers only.
  const ofBody = cell[BODY] !== "all";
  // Where nothing is published, only what adds up over time leads anywhere.
  const telling = ways.filter((parts) => [address, ...parts].some((part) => figures.has(part))).concat(overTime);
  // A transfer that can't be is not listed: there is none.
  const possibleOnes = telling.map((parts) => parts.filter((part) => figures.has(part) || !/,transferred_(in|out)$/.test(part)));
  return possibleOnes
    .filter((parts) => parts.every((part) => figures.has(part) || unpublished.test(part)))
    .concat(besides.filter(([published = ""]) => figures.has(address) && figures.has(published)))
    .filter(() => !(ofBody && item === "workload"))
    .map((parts) => [address, ...parts]);
}

/** Every figure of every release. @param {string} releases @returns {Figures} */
function read(releases) {
  /** @type {Figures} */
  const figures = new Map();
  for (const release of readdirSync(releases).filter((name) => /^\d{4}-Q[1-4]\.\d+$/.test(name)).sort()) {
    const dir = join(releases, release, "tables");
    for (const file of readdirSync(dir).filter((name) => name.endsWith(".csv"))) {
      /** @type {Record<string, string>[]} */
      const lines = parse(readFileSync(join(dir, file)), { columns: true });
      for (const line of lines) {
        const address = columns.map((name, i) => line[name] ?? totals[i]).join(",");
        figures.set(address, line.status === "x" ? undefined : Number(line.value));
      }
    }
  }
  return figures;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [releases, more] = process.argv.slice(2);
  if (!releases || more) {
    console.error("usage: node recount/subtract.mjs RELEASES");
    process.exit(2);
  }
  const figures = read(releases);
  const withheld = [...figures.values()].filter((value) => value === undefined).length;
  const small = smallOnes(figures);
  for (const { address, value } of small) console.log(`${address} is withheld, and is ${value} by subtraction`);
  console.log(`${withheld} withheld, ${small.length} small counts worked out`);
  process.exitCode = small.length === 0 && withheld > 0 ? 0 : 1;
}
