// What a referral counts as on a day (docs/TABLES.md, "Referrals").

import { daysAfter, workingDaysAfter } from "./calendar.mjs";

/** @typedef {import("./extracts.mjs").Version} Version */

/** @param {Version} version @param {string} day */
export function referralState(version, day) {
  /** @param {string} column */
  const by = (column) => Boolean(version[column]) && (version[column] ?? "") <= day;
  if (!by("acknowledged_on")) return ["unacknowledged"];
  if (!version.decision || !by("decided_on")) return ["acknowledged", "referral_undecided"];
  if (version.decision !== "accepted") {
    return ["acknowledged", "referral_declined", version.decision === "declined" ? "referral_refused" : "referral_passed_on"];
  }
  if (!by("settled_on")) return ["acknowledged", "referral_accepted", "referral_open"];
  const settled = ["acknowledged", "referral_accepted", "referral_settled", by("notified_on") ? "notified" : "not_notified"];
  if (!by("petitioned_on")) return settled;
  if (!by("superior_answered_on")) return [...settled, "petitioned", "superior_unanswered"];
  const { superior_decided_on = "", superior_answered_on = "" } = version;
  const inTime = superior_answered_on <= daysAfter(superior_decided_on, 7);
  return [...settled, "petitioned", "superior_answered", ...(inTime ? ["superior_in_time"] : [])];
}

/**
 * How a referral stands to the day by which the law wants its referrer answered (docs/TABLES.md).
 * @param {Version} first @param {Version} version @param {string} day
 */
export function answerState(first, version, day) {
  /** @param {string | undefined} date */
  const by = (date) => (date && date <= day ? date : "");
  const { kind = "", referrer = "", referred_on = "" } = first;
  const settled = version.decision === "accepted" ? by(version.settled_on) : "";
  let due = "";
  let answered = by(version.notified_on);
  if (["assembly", "council"].includes(referrer)) {
    due = settled && workingDaysAfter(settled, 7);
  } else if (kind === "complaint" && referrer !== "press") {
    due = settled && daysAfter(settled, 7);
  } else if (kind === "denunciation") {
    due = daysAfter(referred_on, 20);
    answered = by(version.acknowledged_on);
  }
  if (!due || (!answered && day <= due)) return ["answer_not_due"];
  if (answered && answered <= due) return ["answer_required", "answered_in_time"];
  return ["answer_required", "answer_not_in_time", answered ? "answered_late" : "answer_overdue"];
}
