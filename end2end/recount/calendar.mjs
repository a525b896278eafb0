// Report quarters (docs/TABLES.md, "Periods"). A quarter is a number, year x 4 + (0 to 3); a day is
// an ISO date, so that days compare as strings.

import { readFileSync } from "node:fs";

/** @typedef {{ code: string, kind: "quarter" | "cumulative" | "year", first: number, last: number }} Period */

/** Day and month on which quarters I to IV end. */
const lastDays = ["03-14", "06-14", "09-14", "12-14"];
const cutOffs = ["03-29", "06-29", "09-29", "12-29"];

/** @param {number} quarter @param {string[]} days */
function dayOf(quarter, days) {
  return `${Math.floor(quarter / 4)}-${days[quarter % 4]}`;
}

/** The last day of a quarter. @param {number} quarter */
export function lastDay(quarter) {
  return dayOf(quarter, lastDays);
}

/** The quarter in which a day falls. @param {string} day */
export function quarterOf(day) {
  let quarter = Number(day.slice(0, 4)) * 4;
  while (lastDay(quarter) < day) quarter += 1;
  return quarter;
}

/** The first quarter that knows an extract: its cut-off is not before the extract's date. @param {string} extracted */
export function firstKnowing(extracted) {
  let quarter = Number(extracted.slice(0, 4)) * 4;
  while (dayOf(quarter, cutOffs) < extracted) quarter += 1;
  return quarter;
}

/** Days from one day to another. @param {string} from @param {string} to */
export function daysBetween(from, to) {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** The day so many days after another. @param {string} day @param {number} count */
export function daysAfter(day, count) {
  return new Date(Date.parse(day) + count * 86_400_000).toISOString().slice(0, 10);
}

/** Days on which offices do not work though it is no weekend, and the other way round. */
const [off, worked] = (() => {
  const text = readFileSync(new URL("../../crates/law/data/holidays.csv", import.meta.url), "utf8");
  const rows = text.trim().split("\n").slice(1).map((row) => row.split(","));
  const of = (/** @type {boolean} */ work) => rows.filter(([, kind]) => (kind === "moved_work") === work).map(([day = ""]) => day);
  return [new Set(of(false)), new Set(of(true))];
})();

/** The day so many working days after another. @param {string} day @param {number} count */
export function workingDaysAfter(day, count) {
  let at = day;
  for (let counted = 0; counted < count; ) {
    at = daysAfter(at, 1);
    if (isWorked(at)) counted += 1;
  }
  return at;
}

/** True if offices work on a day. @param {string} day */
export function isWorked(day) {
  const weekend = [0, 6].includes(new Date(day).getUTCDay());
  return worked.has(day) || (!weekend && !off.has(day));
}

/** The first day of a quarter. @param {number} quarter */
export function firstDay(quarter) {
  return daysAfter(lastDay(quarter - 1), 1);
}

/** @param {string} code such as 2026-Q3, 2026-6M, 2026-9M, 2026 @returns {Period} */
export function period(code) {
  const match = /^(\d{4})(?:-(Q[1-4]|6M|9M))?$/.exec(code);
  if (!match) throw new Error(`\`${code}\` is not a period`);
  const start = Number(match[1]) * 4;
  const span = match[2];
  if (span?.startsWith("Q")) {
    const quarter = start + Number(span[1]) - 1;
    return { code, kind: "quarter", first: quarter, last: quarter };
  }
  if (span) return { code, kind: "cumulative", first: start, last: start + (span === "6M" ? 1 : 2) };
  return { code, kind: "year", first: start, last: start + 3 };
}

/** The periods that a release on `quarter` brings. @param {number} quarter @returns {Period[]} */
export function periodsOf(quarter) {
  const year = Math.floor(quarter / 4);
  const longer = [[], [`${year}-6M`], [`${year}-9M`], [`${year}`]][quarter % 4] ?? [];
  return [`${year}-Q${(quarter % 4) + 1}`, ...longer].map(period);
}

/** The quarters of a period. @param {Period} p */
export function quartersOf(p) {
  return Array.from({ length: p.last - p.first + 1 }, (_, i) => p.first + i);
}
