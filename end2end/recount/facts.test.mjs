// Records made up here, counted by hand.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { period } from "./calendar.mjs";
import { readExtracts } from "./extracts.mjs";
import { Facts } from "./facts.mjs";
import { Members } from "./members.mjs";

/** @typedef {import("./extracts.mjs").Version} Version */
/** @typedef {import("./extracts.mjs").Register} Register */

const members = new Members(fileURLToPath(new URL("../../crates/model/data", import.meta.url)));
const place = { area_code: "14758", body_code: "UBND-14758" };
/** Of 2025-Q3, 2025-Q4 and 2026-Q1. */
const [third, fourth, next] = ["2025-09-20", "2025-12-20", "2026-03-20"];

/** @param {Version[][]} records each with its versions @param {Version} [all] what all have */
function histories(records, all = {}) {
  return records.map((versions, i) => ({ id: versions[0]?.record_id ?? `${i}`, versions: versions.map((version) => ({ ...all, ...version })) }));
}

/**
 * Counts in a period, by item.
 * @param {Partial<Register>} register @param {string} code @param {string[]} items
 */
function counts(register, code, items) {
  const none = { cases: [], petitions: [], receptions: [], dialogues: [], referrals: [] };
  const facts = new Facts({ ...none, ...register }, members, [period(code)]);
  return Object.fromEntries(items.map((item) => [item, facts.of(item, period(code)).reduce((sum, { n }) => sum + n, 0)]));
}

test("open cases are due as the law has it, or not at all", () => {
  const cases = histories(
    [
      [{ kind: "recommendation" }],
      [{ kind: "recommendation", due_on: "2025-12-14" }],
      [{ kind: "recommendation", due_on: "2025-12-13" }],
      // Never accepted, so from 30 September: due on 29 November, 15 days ago.
      [{ kind: "complaint" }],
      // The same, suspended: before July 2026 that changes nothing; due on 19 November.
      [{ kind: "complaint", accepted_on: "2025-09-20", due_on: "2026-02-01", suspended_on: "2025-10-01" }],
      // From 20 September on 90 days, to 19 December.
      [{ kind: "denunciation", accepted_on: "2025-09-20", due_on: "2025-12-30" }],
    ],
    { ...place, extract_date: fourth, received_on: "2025-09-20" },
  );
  const expected = { closing: 6, open_within: 3, open_no_due: 1, open_overdue: 3, overdue_1_30: 3, overdue_31_90: 0, overdue_91: 0 };
  assert.deepEqual(counts({ cases }, "2025-Q4", Object.keys(expected)), expected);
  // On 14 March: by 90, 91, 105, 115 and 85 days; as written the fifth would be by 41.
  const later = { closing: 6, open_within: 1, open_no_due: 1, open_overdue: 5, overdue_1_30: 0, overdue_31_90: 2, overdue_91: 3 };
  assert.deepEqual(counts({ cases }, "2026-Q1", Object.keys(later)), later);
});

test("what was written later than the law allows is settled late", () => {
  const settled = { ending: "settled", accepted_on: "2025-09-20", due_on: "2025-12-10" };
  const cases = histories(
    [
      [{ ...settled, kind: "complaint", finding: "founded", ended_on: "2025-11-19" }],
      [{ ...settled, kind: "complaint", finding: "founded", ended_on: "2025-11-20" }],
      [{ ...settled, kind: "complaint", finding: "upheld", ended_on: "2025-11-29", second_instance: "1" }],
      [{ ...settled, kind: "recommendation", finding: "answered", ended_on: "2025-12-10" }],
      [{ kind: "recommendation", ending: "settled", finding: "answered", ended_on: "2025-12-14" }],
    ],
    { ...place, extract_date: fourth, received_on: "2025-09-18" },
  );
  const expected = { settled: 5, settled_on_time: 4, settled_late: 1, settled_or_overdue: 5 };
  assert.deepEqual(counts({ cases }, "2025-Q4", Object.keys(expected)), expected);
});

test("days to settle count from acceptance, no later than the law wants it, and of recommendations from reception", () => {
  // To be accepted by 28 September, denunciations by 2 October.
  /** @type {[string, string, string][]} */
  const settled = [
    ["complaint", "2025-09-20", "2025-10-20"], // 30
    ["complaint", "2025-09-20", "2025-10-21"], // 31
    ["complaint", "2025-10-10", "2025-10-28"], // 30
    ["complaint", "2025-10-10", "2025-10-29"], // 31
    ["denunciation", "2025-11-01", "2025-12-01"], // 60
    ["denunciation", "2025-11-01", "2025-12-02"], // 61
    ["recommendation", "2025-09-30", "2025-10-18"], // 30
    ["recommendation", "2025-09-30", "2025-10-19"], // 31
  ];
  const of = { ...place, extract_date: fourth, received_on: "2025-09-18", ending: "settled" };
  const early = { ...of, kind: "recommendation", accepted_on: "2025-09-20", finding: "answered", received_on: "2025-07-02" };
  const first = { ...place, kind: "recommendation", extract_date: third, received_on: "2025-07-02" };
  const cases = histories([
    ...settled.map(([kind, accepted_on, ended_on]) => [{ ...of, kind, accepted_on, ended_on, finding: kind === "recommendation" ? "answered" : "founded" }]),
    [{ ...early, ended_on: "2025-09-30" }], // 90
    [{ ...early, ended_on: "2025-10-01" }], // 91
    // As first reported.
    [first, { ...early, ended_on: "2025-10-01", received_on: "2025-09-10" }],
  ]);
  const expected = { settled: 11, days_30: 3, days_60: 4, days_90: 2, days_91: 2 };
  assert.deepEqual(counts({ cases }, "2025-Q4", Object.keys(expected)), expected);
});

test("a dialogue counts that was held from reception to ending and is known to its quarter", () => {
  const ended = { kind: "complaint", second_instance: "1", ending: "settled", ended_on: "2025-11-01", accepted_on: "2025-09-20" };
  const of = { ...place, extract_date: fourth, received_on: "2025-09-18" };
  const findings = ["upheld", "overturned", "overturned", "overturned", "overturned", "upheld", "overturned", "upheld"];
  const cases = histories([
    ...findings.map((finding, i) => [{ ...of, ...ended, record_id: `C${i + 1}`, finding }]),
    [{ ...of, ...ended, record_id: "C9", finding: "founded", second_instance: "" }],
    [{ ...of, record_id: "C10", kind: "complaint", extract_date: third }, { ...of, ...ended, record_id: "C10", finding: "upheld", received_on: "2025-09-20" }],
  ]);
  const dialogues = histories([
    // Held on the very day.
    [{ case_id: "C1", held_on: "2025-11-01", extract_date: fourth }],
    // After it.
    [{ case_id: "C2", held_on: "2025-11-02", extract_date: fourth }],
    // Reported too late.
    [{ case_id: "C3", held_on: "2025-10-20", extract_date: next }],
    // Of the newest version known, the case and the day count, not of a later one.
    [
      { case_id: "C4", held_on: "2025-09-19", extract_date: third },
      { case_id: "C5", held_on: "2025-09-19", extract_date: fourth },
      { case_id: "C6", held_on: "2025-09-19", extract_date: next },
    ],
    // The day before reception, and that very day.
    [{ case_id: "C7", held_on: "2025-09-17", extract_date: fourth }],
    [{ case_id: "C8", held_on: "2025-09-18", extract_date: fourth }],
    [{ case_id: "C9", held_on: "2025-10-20", extract_date: fourth }],
    // Received as first reported.
    [{ case_id: "C10", held_on: "2025-09-19", extract_date: fourth }],
  ]);
  const expected = { settled: 10, found_right: 1, settled_second: 9, upheld: 4, overturned: 5, dialogue_held: 4, dialogue_none: 5 };
  assert.deepEqual(counts({ cases, dialogues }, "2025-Q4", Object.keys(expected)), expected);
});

test("of remedies counts what is done by the period's last quarter, and no more than all", () => {
  const of = { ...place, kind: "recommendation", received_on: "2025-07-02", accepted_on: "2025-07-02", ending: "settled", finding: "answered" };
  const ended = { ...of, ended_on: "2025-09-01" };
  const remedies = { money_recovered: "100", land_returned: "500", officials_disciplined: "3" };
  const cases = histories([
    [
      { ...ended, ...remedies, extract_date: third, money_recovered_done: "40" },
      { ...ended, ...remedies, extract_date: fourth, money_recovered_done: "70", officials_disciplined_done: "2" },
      { ...ended, ...remedies, extract_date: next, money_recovered_done: "100", officials_disciplined_done: "3" },
    ],
    // The ending's version has the remedy: a later one does not add to it.
    [
      { ...ended, extract_date: third, money_recovered: "10" },
      { ...ended, extract_date: fourth, money_recovered: "30", money_recovered_done: "20" },
    ],
    [{ ...of, extract_date: fourth, ended_on: "2025-11-01", money_recovered: "7", money_recovered_done: "7", land_returned: "80" }],
  ]);
  const inThird = { money_recovered: 110, money_recovered_done: 40, land_returned: 500, land_returned_done: 0, officials_disciplined: 3, officials_disciplined_done: 0 };
  assert.deepEqual(counts({ cases }, "2025-Q3", Object.keys(inThird)), inThird);
  const inYear = { money_recovered: 117, money_recovered_done: 87, land_returned: 580, land_returned_done: 0, officials_disciplined: 3, officials_disciplined_done: 2 };
  assert.deepEqual(counts({ cases }, "2025", Object.keys(inYear)), inYear);
});

test("referrals are refused, passed on, and taken to the superior", () => {
  const settled = { decision: "accepted", decided_on: "2025-07-05", settled_on: "2025-08-01" };
  const answered = { ...settled, petitioned_on: "2025-08-10", superior_decided_on: "2025-09-01" };
  const referrals = histories(
    [
      [{ decision: "declined", decided_on: "2025-07-05" }],
      [{ decision: "declined", decided_on: "2025-12-14" }],
      [{ decision: "re_transferred", decided_on: "2025-07-05" }],
      [{ decision: "re_transferred", decided_on: "2025-12-15" }],
      [settled],
      [{ ...answered, superior_answered_on: "2025-09-08" }],
      [{ ...answered, superior_answered_on: "2025-09-09" }],
      // Not yet.
      [{ ...answered, superior_decided_on: "2025-12-10", superior_answered_on: "2025-12-15" }],
      [{ ...settled, petitioned_on: "2025-12-15" }],
    ],
    { ...place, extract_date: fourth, kind: "complaint", referrer: "front", referred_on: "2025-07-01", acknowledged_on: "2025-07-03" },
  );
  const expected = {
    referred: 9,
    referral_declined: 3,
    referral_refused: 2,
    referral_passed_on: 1,
    referral_settled: 5,
    petitioned: 3,
    superior_answered: 2,
    superior_in_time: 1,
    superior_unanswered: 1,
  };
  assert.deepEqual(counts({ referrals }, "2025", Object.keys(expected)), expected);
});

test("referrers have a group", () => {
  const groups = ["front", "front_member", "assembly", "council", "press"].map((referrer) =>
    members.of({ n: 1, who: "", body: "UBND-14758", referrer }, "referrer", "group"),
  );
  assert.deepEqual(groups, ["fronts", "fronts", "others", "others", "others"]);
  assert.deepEqual(members.at("referrer", "group").map(({ code }) => code), ["fronts", "others"]);
});

test("extracts are read with dialogues, with and without the newer columns", () => {
  const dir = mkdtempSync(join(tmpdir(), "extracts-"));
  /** @param {string} quarter @param {Record<string, string>} files */
  const write = (quarter, files) => {
    mkdirSync(join(dir, quarter));
    const empty = { cases: "record_id", petitions: "record_id", receptions: "record_id", dialogues: "record_id", referrals: "record_id" };
    for (const [name, text] of Object.entries({ ...empty, ...files })) writeFileSync(join(dir, quarter, `${name}.csv`), `${text}\n`);
  };
  write("2025-Q3", { cases: "record_id,extract_date\nV1,2025-09-20" });
  write("2025-Q4", {
    cases: "ma_ho_so;ngay_trich_xuat;da_thu_hoi_tien;so_nguoi_da_xu_ly\nV1;20/12/2025;5;1",
    dialogues: "ma_ho_so;ngay_trich_xuat;ma_vu_viec;ma_co_quan;ngay_tiep;nguoi_chu_tri;so_nguoi\nD1;20/12/2025;V1;TTT;01/11/2025;uy_quyen;7",
    referrals: "ma_ho_so;ngay_kien_nghi_cap_tren;ngay_cap_tren_quyet_dinh;ngay_cap_tren_tra_loi\nR1;01/11/2025;02/11/2025;03/11/2025",
  });
  const { cases, dialogues, referrals } = readExtracts(dir);
  rmSync(dir, { recursive: true });
  assert.deepEqual(cases[0]?.versions.map((version) => version.money_recovered_done), [undefined, "5"]);
  assert.equal(cases[0]?.versions[1]?.officials_disciplined_done, "1");
  const dialogue = { record_id: "D1", extract_date: "2025-12-20", case_id: "V1", body_code: "TTT", held_on: "2025-11-01", presided_by: "delegate", people: "7" };
  assert.deepEqual(dialogues, [{ id: "D1", versions: [dialogue] }]);
  const { petitioned_on, superior_decided_on, superior_answered_on } = referrals[0]?.versions[0] ?? {};
  assert.deepEqual([petitioned_on, superior_decided_on, superior_answered_on], ["2025-11-01", "2025-11-02", "2025-11-03"]);
});
