// When a case is due (docs/TABLES.md, "When a case is due"). Days are ISO dates, empty if there is none.

import { daysAfter, daysBetween, workingDaysAfter } from "./calendar.mjs";

/** @typedef {import("./extracts.mjs").Version} Version */

/** From this day on, other days to accept a complaint, and its suspension stops the days to settle it. */
const changed = "2026-07-01";

/**
 * The day on which a case is due.
 * @param {Version} first of the case
 * @param {Version} version that is asked
 * @param {string} day asked: that of the ending, or the last of the quarter
 */
export function dueOn(first, version, day) {
  const [earlier = ""] = [version.due_on ?? "", lastLawful(first, version, day)].filter(Boolean).sort();
  return earlier;
}

/**
 * The day from which the days to settle a case count: of its acceptance, or of its reception where the law
 * sets no day to accept it.
 * @param {Version} first @param {Version} version
 */
export function countedFrom({ kind = "", received_on = "" }, { accepted_on }) {
  if (!hasLimits(kind)) return received_on;
  const latest = lastToAccept(kind, received_on);
  return accepted_on && accepted_on < latest ? accepted_on : latest;
}

/** True if the law sets days to accept and to settle. @param {string} kind */
function hasLimits(kind) {
  return kind === "complaint" || kind === "denunciation";
}

/** The last day that the law allows. @param {Version} first @param {Version} version @param {string} day */
function lastLawful(first, version, day) {
  const { kind = "" } = first;
  const { second_instance, suspended_on, resumed_on } = version;
  if (!hasLimits(kind)) return "";
  const days = kind === "denunciation" ? 90 : second_instance === "1" ? 70 : 60;
  const accepted = countedFrom(first, version);
  const last = daysAfter(accepted, days);
  if (!suspended_on || suspended_on > day) return last;
  const stopped = kind === "complaint" && suspended_on < changed ? changed : suspended_on;
  if (stopped > last) return last;
  if (!resumed_on) return "";
  // The day of acceptance is not counted in any case.
  const from = stopped > accepted ? stopped : daysAfter(accepted, 1);
  return daysAfter(last, Math.max(0, daysBetween(from, resumed_on)));
}

/** @param {string} kind @param {string} received */
function lastToAccept(kind, received) {
  if (kind === "denunciation") return workingDaysAfter(received, 10);
  return received < changed ? daysAfter(received, 10) : workingDaysAfter(received, 7);
}
