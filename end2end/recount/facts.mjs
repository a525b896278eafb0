// What every item counts (docs/TABLES.md, "Items"), as a list of facts for an item and a period.

import {
  daysAfter,
  daysBetween,
  firstDay,
  firstKnowing,
  isWorked,
  lastDay,
  quarterOf,
  quartersOf,
} from "./calendar.mjs";
import { countedFrom, dueOn } from "./due.mjs";
import { answerState, referralState } from "./referrals.mjs";

/** @typedef {import("./calendar.mjs").Period} Period */
/** @typedef {import("./extracts.mjs").History} History */
/** @typedef {import("./extracts.mjs").Version} Version */
/**
 * One record in one item.
 * @typedef {object} Fact
 * @property {number} n what it adds
 * @property {string} who distinct complainant; empty where none is recorded
 * @property {string} body code
 * @property {import("./members.mjs").Place} [place]
 * @property {string} [kind]
 * @property {string} [field]
 * @property {string} [referrer]
 */

const ended = ["settled", "withdrawn", "terminated", "transferred_away"];
const amounts = [
  "money_recovered",
  "land_recovered",
  "money_returned",
  "land_returned",
  "persons_restored",
  "officials_disciplined",
];
/** Those of which is recorded what was carried out, as `money_recovered_done`. */
export const carriedOut = amounts.filter((item) => item !== "persons_restored");
/** @type {Record<string, string>} */
const findings = {
  founded: "found_right",
  partly: "found_partly",
  unfounded: "found_wrong",
  upheld: "upheld",
  overturned: "overturned",
  answered: "answered",
};
/** @type {Record<string, string>} */
const handlings = {
  pending: "petitions_pending",
  ineligible: "petitions_processed petitions_ineligible",
  accepted: "petitions_processed petitions_eligible petitions_within",
  guided: "petitions_processed petitions_eligible petitions_outside petitions_guided",
  transferred: "petitions_processed petitions_eligible petitions_outside petitions_transferred",
  urged: "petitions_processed petitions_eligible petitions_outside petitions_urged",
};
const counted = ["visits", "people", "matters_first", "matters_repeat", "delegations", "delegation_people"];

/** Items that a longer period takes over from its first quarter; those from its last. */
const atStart = new Set(["opening", "implementation_carried"]);
const atEnd = new Set([
  "closing",
  "open_within",
  "open_no_due",
  "open_overdue",
  "overdue_1_30",
  "overdue_31_90",
  "overdue_91",
  "open_suspended",
  "open_extended",
  "prolonged",
  "implementation_pending",
]);
/** Items that are the sum of others. @type {Record<string, string[]>} */
const sums = {
  workload: ["opening", "entered"],
  body_workload: ["opening", "entered", "transferred_in"],
  implementation_due: ["implementation_carried", "implementation_new"],
  settled_or_overdue: ["settled", "open_overdue"],
  settled_second: ["upheld", "overturned"],
  days_required: ["days_due", "days_unreported"],
};

/** Every item that something can count as; anything else in docs/TABLES.md is refused. */
const items = new Set(
  [
    ...atStart,
    ...atEnd,
    ...ended,
    ...amounts,
    ...carriedOut.map((item) => `${item}_done`),
    ...counted,
    ...Object.values(findings),
    ...Object.values(handlings).flatMap((handled) => handled.split(" ")),
    "received late_entry entered ended mass over_level transferred_in transferred_out",
    "settled_on_time settled_late days_30 days_60 days_90 days_91 dialogue_held dialogue_none",
    "implementation_new implementation_done petitions_received",
    "visits_regular visits_periodic visits_ad_hoc matters",
    "followed followed_30 followed_60 followed_90 followed_180 followed_otherwise followed_open",
    "days_due days_head days_delegate days_missed days_unreported",
    "referred acknowledged unacknowledged referral_undecided referral_declined referral_accepted",
    "referral_refused referral_passed_on referral_open referral_settled notified not_notified",
    "petitioned superior_answered superior_in_time superior_unanswered",
    "answer_required answered_in_time answer_not_in_time answered_late answer_overdue answer_not_due",
  ].flatMap((names) => names.split(" ")),
);

export class Facts {
  /** @type {Map<string, Fact[]>} by item and quarter */
  #byQuarter = new Map();
  /** @type {Map<string, Fact[]>} by item and period, where quarters do not add up */
  #byPeriod = new Map();
  #periods;
  /** Days on record as due, by body. @type {Map<string, { day: string, entered: number }[]>} */
  #due = new Map();
  #last;
  #members;
  #dialogues;

  /**
   * @param {import("./extracts.mjs").Register} register
   * @param {import("./members.mjs").Members} members
   * @param {Period[]} periods that are published
   */
  constructor(register, members, periods) {
    this.#members = members;
    this.#periods = periods;
    this.#dialogues = register.dialogues;
    this.#last = Math.max(...periods.map((p) => p.last));
    for (const record of register.cases) this.#case(record);
    for (const record of register.petitions) this.#petition(record);
    for (const record of register.receptions) this.#reception(record);
    this.#unreported();
    for (const record of register.referrals) this.#referral(record);
  }

  /** What `item` counts in `period`. @param {string} item @param {Period} period @returns {Fact[]} */
  of(item, period) {
    const parts = sums[item];
    if (parts) return parts.flatMap((part) => this.of(part, period));
    if (!items.has(item)) throw new Error(`no record counts as \`${item}\``);
    const whole = this.#byPeriod.get(`${item} ${period.code}`) ?? [];
    let quarters = quartersOf(period);
    if (atStart.has(item)) quarters = [period.first];
    if (atEnd.has(item)) quarters = [period.last];
    return whole.concat(...quarters.map((q) => this.#byQuarter.get(`${item} ${q}`) ?? []));
  }

  /** @param {Map<string, Fact[]>} map @param {string} item @param {string | number} when @param {Fact} fact */
  #put(map, item, when, fact) {
    const facts = map.get(`${item} ${when}`);
    if (facts) facts.push(fact);
    else map.set(`${item} ${when}`, [fact]);
  }

  /** @param {string} item @param {number} quarter @param {Fact} fact */
  #quarter(item, quarter, fact) {
    this.#put(this.#byQuarter, item, quarter, fact);
  }

  /** @param {History} record */
  #case({ id, versions }) {
    const first = at(versions, 0);
    const entered = known(first.received_on, first);
    if (entered > this.#last) return;
    const end = versions.find((version) => version.ended_on);
    const endQuarter = end ? Math.max(entered, known(end.ended_on, end)) : Infinity;
    const fact = {
      n: 1,
      who: first.complainant_key ?? "",
      place: this.#members.place(first.area_code ?? "", first.received_on ?? ""),
      kind: first.kind,
      field: first.field,
    };
    /** @param {number} quarter */
    const bodyAt = (quarter) => newest(versions, quarter).body_code ?? "";

    const entering = { ...fact, body: bodyAt(entered) };
    this.#quarter("entered", entered, entering);
    this.#quarter(quarterOf(first.received_on ?? "") < entered ? "late_entry" : "received", entered, entering);
    if (first.mass === "1") this.#quarter("mass", entered, entering);
    if (first.over_level === "1") this.#quarter("over_level", entered, entering);

    const followedBy = entered + 2;
    if (followedBy <= this.#last) {
      const became = end && endQuarter <= followedBy ? within180(end, daysBetween(first.received_on ?? "", end.ended_on ?? "")) : "followed_open";
      for (const item of ["followed", became]) this.#quarter(item, followedBy, entering);
    }

    for (let quarter = entered; quarter < Math.min(endQuarter, this.#last + 1); quarter++) {
      const version = newest(versions, quarter);
      const open = { ...fact, body: version.body_code ?? "" };
      this.#quarter("closing", quarter, open);
      this.#quarter("opening", quarter + 1, open);
      for (const item of whileOpen(first, version, quarter)) this.#quarter(item, quarter, open);
      const next = bodyAt(quarter + 1);
      if (next !== open.body) {
        this.#quarter("transferred_out", quarter + 1, open);
        this.#quarter("transferred_in", quarter + 1, { ...fact, body: next });
      }
    }
    if (!end) return;

    const closed = { ...fact, body: bodyAt(endQuarter) };
    this.#quarter("ended", endQuarter, closed);
    if (!ended.includes(end.ending ?? "")) throw new Error(`unknown ending \`${end.ending}\``);
    this.#quarter(end.ending ?? "", endQuarter, closed);
    if (end.ending !== "settled") return;
    for (const item of settledAs(first, end)) this.#quarter(item, endQuarter, closed);
    if (sums.settled_second?.includes(end.finding ?? "")) {
      const held = this.#hadDialogue(id, first.received_on ?? "", end.ended_on ?? "", endQuarter);
      this.#quarter(held ? "dialogue_held" : "dialogue_none", endQuarter, closed);
    }
    for (const item of amounts) {
      const n = Number(end[item] || 0);
      this.#quarter(item, endQuarter, { ...closed, n });
    }
    for (const period of this.#periods) {
      if (endQuarter < period.first || endQuarter > period.last) continue;
      const version = newest(versions, period.last);
      for (const item of carriedOut) {
        const n = Math.min(Number(end[item] || 0), Number(version[`${item}_done`] || 0));
        this.#put(this.#byPeriod, `${item}_done`, period.code, { ...closed, n });
      }
    }
    if (end.implement === "1") this.#implementation(versions, endQuarter, closed);
  }

  /**
   * True if `quarter` knows a dialogue of a case held on a day from `from` to `to`.
   * @param {string} id @param {string} from @param {string} to @param {number} quarter
   */
  #hadDialogue(id, from, to, quarter) {
    return this.#dialogues.some(({ versions }) => {
      const dialogue = newestKnown(versions, quarter);
      const { case_id, held_on = "" } = dialogue ?? {};
      return case_id === id && from <= held_on && held_on <= to;
    });
  }

  /** @param {Version[]} versions @param {number} start @param {Fact} fact */
  #implementation(versions, start, fact) {
    const done = versions.find((version) => version.implemented_on);
    const doneQuarter = done ? Math.max(start, known(done.implemented_on, done)) : Infinity;
    this.#quarter("implementation_new", start, fact);
    for (let quarter = start; quarter < Math.min(doneQuarter, this.#last + 1); quarter++) {
      this.#quarter("implementation_pending", quarter, fact);
      this.#quarter("implementation_carried", quarter + 1, fact);
    }
    if (done) this.#quarter("implementation_done", doneQuarter, fact);
  }

  /** @param {History} record */
  #petition({ versions }) {
    const first = at(versions, 0);
    const entered = known(first.received_on, first);
    const fact = {
      n: 1,
      who: first.complainant_key ?? "",
      place: this.#members.place(first.area_code ?? "", first.received_on ?? ""),
      kind: first.kind,
      body: first.body_code ?? "",
    };
    const handled = handlings[newest(versions, entered).handling ?? ""];
    if (!handled) throw new Error("a petition without handling");
    for (const item of ["petitions_received", ...handled.split(" ")]) this.#quarter(item, entered, fact);
  }

  /** @param {History} record */
  #reception({ versions }) {
    const first = at(versions, 0);
    const entered = known(first.held_on, first);
    const day = newest(versions, entered);
    /** @param {string} item @param {number} n */
    const put = (item, n) => this.#quarter(item, entered, { n, who: "", body: day.body_code ?? "" });
    for (const item of counted) put(item, Number(day[item]));
    put("matters", Number(day.matters_first) + Number(day.matters_repeat));
    put(`visits_${day.type}`, Number(day.visits));
    if (day.due !== "1") return;
    put("days_due", 1);
    const due = { day: day.held_on ?? "", entered };
    this.#due.set(day.body_code ?? "", [...(this.#due.get(day.body_code ?? "") ?? []), due]);
    put(`days_${day.held_by}`, 1);
  }

  /** Of each body and quarter, the days that the law wants less those on record (docs/TABLES.md). */
  #unreported() {
    for (const body of this.#members.bodies()) {
      const due = this.#due.get(body.code) ?? [];
      for (let quarter = Math.min(...this.#periods.map((p) => p.first)); quarter <= this.#last; quarter++) {
        for (let last = firstDay(quarter); last <= lastDay(quarter); last = daysAfter(last, 1)) {
          const wanted = wantedUpTo(last, body);
          if (!wanted) continue;
          const found = due.filter(({ day, entered }) => entered <= quarter && day >= wanted.first && day <= last);
          const n = Math.max(0, wanted.days - new Set(found.map(({ day }) => day)).size);
          this.#quarter("days_unreported", quarter, { n, who: "", body: body.code });
        }
      }
    }
  }

  /** @param {History} record */
  #referral({ versions }) {
    const first = at(versions, 0);
    const entered = known(first.referred_on, first);
    const fact = {
      n: 1,
      who: first.complainant_key ?? "",
      kind: first.kind,
      referrer: first.referrer,
      body: first.body_code ?? "",
    };
    for (const period of this.#periods) {
      if (entered < period.first || entered > period.last) continue;
      const version = newest(versions, period.last);
      const day = lastDay(period.last);
      const state = [...referralState(version, day), ...answerState(first, version, day)];
      for (const item of ["referred", ...state]) this.#put(this.#byPeriod, item, period.code, fact);
    }
  }
}

/** @template T @param {T[]} list @param {number} i */
function at(list, i) {
  const value = list[i];
  if (value === undefined) throw new Error("a record without a version");
  return value;
}

/** The quarter of an event that `version` is the first to report. @param {string | undefined} day @param {Version} version */
function known(day, version) {
  return Math.max(quarterOf(day ?? ""), firstKnowing(version.extract_date ?? ""));
}

/** The newest version that a quarter knows. @param {Version[]} versions @param {number} quarter */
function newest(versions, quarter) {
  const version = newestKnown(versions, quarter);
  if (!version) throw new Error("a record that is not known yet");
  return version;
}

/** The same, if it knows one. @param {Version[]} versions @param {number} quarter */
function newestKnown(versions, quarter) {
  return versions.findLast((version) => firstKnowing(version.extract_date ?? "") <= quarter);
}

/**
 * The week or month that ends on a day and in which the law wants reception days of the head of a body.
 * @param {string} last @param {import("./members.mjs").Body} body
 */
function wantedUpTo(last, body) {
  const monthly = body.class !== "B-commune" || last >= "2026-07-01";
  const sunday = new Date(last).getUTCDay() === 0;
  const endOfMonth = daysAfter(last, 1).endsWith("-01");
  if (monthly ? !endOfMonth : !sunday) return undefined;
  const first = monthly ? `${last.slice(0, 8)}01` : daysAfter(last, -6);
  // A week that begins under the one rule and ends under the other is under neither, as is a month.
  if (body.class === "B-commune" && monthly && first < "2026-07-01") return undefined;
  if ((body.from && first < body.from) || (body.to && last > body.to)) return undefined;
  const days = Array.from({ length: daysBetween(first, last) + 1 }, (_, i) => daysAfter(first, i));
  if (!days.some(isWorked)) return undefined;
  return { first, days: monthly && body.class !== "B-province" ? 2 : 1 };
}

/** What became within 180 days of a case that has ended. @param {Version} end @param {number} days */
function within180(end, days) {
  if (days > 180) return "followed_open";
  if (end.ending !== "settled") return "followed_otherwise";
  return days <= 30 ? "followed_30" : days <= 60 ? "followed_60" : days <= 90 ? "followed_90" : "followed_180";
}

/** What a case that is open at a quarter's end counts as then. @param {Version} first @param {Version} version @param {number} quarter */
function whileOpen(first, version, quarter) {
  const items = version.prolonged === "1" ? ["prolonged"] : [];
  const day = lastDay(quarter);
  const { suspended_on: suspended, resumed_on: resumed } = version;
  if (suspended && suspended <= day && !(resumed && resumed <= day)) items.push("open_suspended");
  if (version.extended === "1") items.push("open_extended");
  const due = dueOn(first, version, day);
  if (!due) return [...items, "open_within", "open_no_due"];
  const overdue = daysBetween(due, day);
  if (overdue < 1) return [...items, "open_within"];
  const band = overdue <= 30 ? "overdue_1_30" : overdue <= 90 ? "overdue_31_90" : "overdue_91";
  return [...items, "open_overdue", band];
}

/** @param {Version} first @param {Version} end the first version with an ending */
function settledAs(first, end) {
  const { ended_on = "" } = end;
  const due = dueOn(first, end, ended_on);
  const days = daysBetween(countedFrom(first, end), ended_on);
  const finding = findings[end.finding ?? ""];
  if (!finding) throw new Error("a settled case without finding");
  return [
    due && ended_on > due ? "settled_late" : "settled_on_time",
    days <= 30 ? "days_30" : days <= 60 ? "days_60" : days <= 90 ? "days_90" : "days_91",
    finding,
  ];
}
