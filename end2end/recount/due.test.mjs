import assert from "node:assert/strict";
import { test } from "node:test";

import { countedFrom, dueOn } from "./due.mjs";

/** @typedef {import("./extracts.mjs").Version} Version */

const endOfQuarter = "2026-12-14";

/** @param {Version} first @param {Version} [version] @param {string} [day] */
const due = (first, version = {}, day = endOfQuarter) => dueOn(first, { ...first, ...version }, day);

const complaint = { kind: "complaint", received_on: "2025-01-06" };
const denunciation = { kind: "denunciation", received_on: "2025-01-06" };

test("the earlier of what is written and what the law allows counts", () => {
  const accepted = { accepted_on: "2025-01-10" };
  assert.equal(due(complaint, { ...accepted, due_on: "2025-03-20" }), "2025-03-11");
  assert.equal(due(complaint, { ...accepted, due_on: "2025-02-09" }), "2025-02-09");
  assert.equal(due(complaint, { ...accepted, second_instance: "1" }), "2025-03-21");
  assert.equal(due(denunciation, accepted), "2025-04-10");
  assert.equal(due(denunciation, { ...accepted, second_instance: "1" }), "2025-04-10");
});

test("the law sets none for recommendations", () => {
  const recommendation = { kind: "recommendation", received_on: "2025-01-06" };
  assert.equal(due(recommendation), "");
  assert.equal(due(recommendation, { accepted_on: "2025-01-10", due_on: "2026-01-10" }), "2026-01-10");
});

test("who accepts late or never is not given more time", () => {
  assert.equal(due(complaint), "2025-03-17");
  assert.equal(due(complaint, { accepted_on: "2025-02-01", due_on: "2025-04-02" }), "2025-03-17");
  // The tenth working day is 20 January.
  assert.equal(due(denunciation), "2025-04-20");
});

test("days to settle count from acceptance, of recommendations from reception", () => {
  assert.equal(countedFrom(complaint, { accepted_on: "2025-01-10" }), "2025-01-10");
  assert.equal(countedFrom(complaint, { accepted_on: "2025-01-17" }), "2025-01-16");
  assert.equal(countedFrom(complaint, {}), "2025-01-16");
  assert.equal(countedFrom(denunciation, { accepted_on: "2025-01-20" }), "2025-01-20");
  assert.equal(countedFrom(denunciation, { accepted_on: "2025-01-21" }), "2025-01-20");
  const recommendation = { kind: "recommendation", received_on: "2025-01-06" };
  assert.equal(countedFrom(recommendation, { accepted_on: "2025-01-10", received_on: "2025-01-08" }), "2025-01-06");
});

test("before the first year of holidays.csv only weekends are no working days", () => {
  // Lunar New Year was 10 to 16 February; the tenth day that is no weekend is the 22nd.
  assert.equal(countedFrom({ kind: "denunciation", received_on: "2021-02-08" }, {}), "2021-02-22");
  assert.equal(due({ kind: "denunciation", received_on: "2021-02-08" }), "2021-05-23");
  // 3 January 2022 is in the file, 31 December 2021 is a Friday: the tenth is 7 January.
  assert.equal(countedFrom({ kind: "denunciation", received_on: "2021-12-23" }, {}), "2022-01-07");
});

test("from July 2026 on working days count to accept a complaint", () => {
  assert.equal(due({ kind: "complaint", received_on: "2026-06-29" }), "2026-09-07");
  // Worked on 22 August, not from 29 August to 2 September: the seventh is 3 September.
  assert.equal(due({ kind: "complaint", received_on: "2026-08-21" }), "2026-11-02");
  // What was received counts, not what a later version has.
  assert.equal(due({ kind: "complaint", received_on: "2026-06-29" }, { received_on: "2026-08-21" }), "2026-09-07");
});

test("a suspension stops the days to settle a denunciation", () => {
  const accepted = { accepted_on: "2025-01-10" };
  const suspended = { ...accepted, suspended_on: "2025-02-01", resumed_on: "2025-02-11" };
  assert.equal(due(denunciation, suspended), "2025-04-20");
  assert.equal(due(denunciation, suspended, "2025-02-01"), "2025-04-20");
  assert.equal(due(denunciation, suspended, "2025-01-31"), "2025-04-10");
  assert.equal(due(denunciation, { ...suspended, resumed_on: "" }), "");
  assert.equal(due(denunciation, { ...suspended, resumed_on: "", due_on: "2025-05-01" }), "2025-05-01");
  assert.equal(due(denunciation, { ...accepted, suspended_on: "2025-04-10", resumed_on: "2025-04-12" }), "2025-04-12");
  assert.equal(due(denunciation, { ...accepted, suspended_on: "2025-04-11" }), "2025-04-10");
  assert.equal(due(denunciation, { ...accepted, suspended_on: "2025-02-01", resumed_on: "2025-02-01" }), "2025-04-10");
  // From the day of acceptance, which is not counted anyway, to 12 January: two days.
  assert.equal(due(denunciation, { ...accepted, suspended_on: "2025-01-10", resumed_on: "2025-01-13" }), "2025-04-12");
});

test("a suspension stops the days to settle a complaint from July 2026 on", () => {
  assert.equal(due(complaint, { accepted_on: "2025-01-10", suspended_on: "2025-02-01" }), "2025-03-11");
  const later = { kind: "complaint", received_on: "2026-05-29", accepted_on: "2026-06-01", suspended_on: "2026-06-20" };
  assert.equal(due({ ...later, resumed_on: "2026-07-11" }), "2026-08-10");
  assert.equal(due({ ...later, resumed_on: "2026-06-30" }), "2026-07-31");
  assert.equal(due(later), "");
  const before = { kind: "complaint", received_on: "2026-04-08", accepted_on: "2026-04-10", suspended_on: "2026-05-20" };
  assert.equal(due(before), "2026-06-09");
});
