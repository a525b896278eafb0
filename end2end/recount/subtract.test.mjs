import assert from "node:assert/strict";
import { test } from "node:test";

import { smallOnes } from "./subtract.mjs";

/** @param {string} of @param {Record<string, number | undefined>} figures by item, of complaints */
function complaints(of, figures) {
  return Object.entries(figures).map(
    ([item, value]) => /** @type {[string, number | undefined]} */ ([`${of},38,all,complaint,all,all,${item}`, value]),
  );
}

const findings = { settled: 40, found_right: 10, found_partly: 5, found_wrong: 20, upheld: 2, overturned: 3 };

test("what is left of a sum is worked out, if it is small", () => {
  const figures = new Map(complaints("2025", { ...findings, overturned: undefined }));
  assert.deepEqual(smallOnes(figures), [{ address: "2025,38,all,complaint,all,all,overturned", value: 3 }]);
  assert.deepEqual(smallOnes(new Map(complaints("2026", { ...findings, settled: 41, found_wrong: undefined }))), []);
});

test("what is left for a figure that is published nowhere is worked out too", () => {
  const figures = new Map(complaints("2025-Q1", { settled: 39, found_right: 10, found_partly: 5, found_wrong: 20 }));
  assert.deepEqual(smallOnes(figures), [{ address: "2025-Q1,38,all,complaint,all,all,settled_second", value: 4 }]);
});

test("two figures withheld in one sum protect each other", () => {
  const figures = new Map(complaints("2025", { ...findings, overturned: undefined, found_right: undefined }));
  assert.deepEqual(smallOnes(figures), []);
});

test("what one release withholds is worked out with another", () => {
  const figures = new Map([
    ...complaints("2025-Q1", { ended: undefined }),
    ...complaints("2025-Q2", { ended: 30 }),
    ...complaints("2025-6M", { ended: 34 }),
  ]);
  assert.deepEqual(smallOnes(figures), [{ address: "2025-Q1,38,all,complaint,all,all,ended", value: 4 }]);
});

test("what a longer period adds to the shorter one is its last quarter, though no quarter is published", () => {
  const figures = new Map([...complaints("2025-6M", { days_91: 15 }), ...complaints("2025-9M", { days_91: 19 })]);
  assert.deepEqual(smallOnes(figures), [{ address: "2025-Q3,38,all,complaint,all,all,days_91", value: 4 }]);
  const more = new Map([...complaints("2025-9M", { days_91: 19 }), ...complaints("2025", { days_91: 24 })]);
  assert.deepEqual(smallOnes(more), []);
});

/** @param {string} item @param {Record<string, number | undefined>} byPeriod @returns {Map<string, number | undefined>} */
function overTime(item, byPeriod) {
  return new Map(Object.entries(byPeriod).map(([code, value]) => [`${code},38,all,all,all,front,${item}`, value]));
}

test("what a longer period has beside its last quarter, and what joined a state since the shorter one, is worked out", () => {
  const at = (/** @type {string} */ period, /** @type {string} */ item) => `${period},38,all,all,all,front,${item}`;
  const months = overTime("unacknowledged", { "2025-Q3": 5, "2025-9M": 6 });
  assert.deepEqual(smallOnes(months), [{ address: at("2025-9M", "unacknowledged before"), value: 1 }]);
  for (const [before, after, value] of /** @type {const} */ ([["2025-Q1", "2025-6M", 2], ["2025-6M", "2025-9M", 3], ["2025-9M", "2025", 4]])) {
    const figures = overTime("referral_settled", { [before]: 30, [after]: 30 + value });
    assert.deepEqual(smallOnes(figures), [{ address: at(after, `referral_settled since ${before.slice(5)}`), value }]);
    assert.deepEqual(smallOnes(overTime("referral_settled", { [before]: 30, [after]: undefined })), []);
    assert.deepEqual(smallOnes(overTime("referral_settled", { [before]: 30, [after]: 35 })), []);
    // What does not stay may come and go.
    assert.deepEqual(smallOnes(overTime("referral_open", { [before]: 30, [after]: 30 + value })), []);
  }
  const two = overTime("referred", { "2025-6M": 6, "2025-9M": undefined, 2025: 10 });
  assert.deepEqual(smallOnes(two), [{ address: at("2025", "referred since 6M"), value: 4 }]);
});

/**
 * Works out what follows from figures of 2025: one small count, or none.
 * @param {Record<string, number | undefined>} figures by referrer and item
 * @param {string} [address] @param {number} [value]
 */
function expectOfReferrals(figures, address, value) {
  const all = Object.entries(figures).map(([name, n]) => /** @type {[string, number | undefined]} */ ([`2025,38,all,all,all,${name}`, n]));
  assert.deepEqual(smallOnes(new Map(all)), address ? [{ address: `2025,38,all,all,all,${address}`, value }] : []);
}

test("what is left beside second settlements is worked out, also over the quarters of a year", () => {
  const dialogues = { settled_second: 9, upheld: undefined, overturned: 5, dialogue_held: 9, dialogue_none: 0 };
  assert.deepEqual(smallOnes(new Map(complaints("2025", dialogues))), [{ address: "2025,38,all,complaint,all,all,upheld", value: 4 }]);
  const whole = { settled: 40, found_right: 10, found_partly: 10, found_wrong: 10 };
  const quarters = [1, 2, 3].flatMap((quarter) => complaints(`2025-Q${quarter}`, whole));
  const figures = new Map([
    ...quarters,
    ...complaints("2025-Q4", { ...whole, found_partly: undefined }),
    ...complaints("2025", { settled_second: 46 }),
  ]);
  // 30 of the first three quarters, so that 16 are of the fourth.
  assert.deepEqual(smallOnes(figures), [{ address: "2025-Q4,38,all,complaint,all,all,found_partly", value: 4 }]);
  assert.deepEqual(smallOnes(figures.set("2025,38,all,complaint,all,all,settled_second", 44)), []);
});

/** @param {Record<string, number | undefined>} figures of 2025-Q1, by kind and item @returns {Map<string, number | undefined>} */
function ofKinds(figures) {
  return new Map(Object.entries(figures).map(([name, n]) => [`2025-Q1,38,all,${name.replace(",", ",all,all,")}`, n]));
}

test("few open cases that have a due date are worked out", () => {
  const open = { "civil,open_within": 60, "complaint,open_within": 20, "recommendation,open_within": 40 };
  const withDue = (/** @type {string} */ kind, /** @type {number} */ value) => ({ address: `2025-Q1,38,all,${kind},all,all,open_with_due`, value });
  assert.deepEqual(smallOnes(ofKinds({ ...open, "recommendation,open_no_due": 37 })), [withDue("recommendation", 3)]);
  assert.deepEqual(smallOnes(ofKinds({ ...open, "recommendation,open_no_due": 35 })), []);
  // Complaints always have one, so that all without are recommendations.
  const civil = { "civil,open_no_due": 37, "recommendation,open_no_due": undefined };
  assert.deepEqual(smallOnes(ofKinds({ ...open, ...civil })), [withDue("recommendation", 3)]);
  const hidden = { ...civil, "complaint,open_within": undefined, "recommendation,open_within": undefined };
  assert.deepEqual(smallOnes(ofKinds({ ...open, ...hidden })), []);
  // 20 complaints and 4 recommendations.
  const few = { "civil,open_no_due": undefined, "recommendation,open_no_due": 36 };
  assert.deepEqual(smallOnes(ofKinds({ ...open, ...few })), [withDue("recommendation", 4)]);
  // Of complaints alone nobody publishes how many have none.
  assert.deepEqual(smallOnes(ofKinds({ ...open, "complaint,open_within": undefined, "civil,open_no_due": 30 })), []);
});

test("the parts of referrals are worked out", () => {
  expectOfReferrals({ "all,referral_declined": 30, "all,referral_refused": 27, "all,referral_passed_on": undefined }, "all,referral_passed_on", 3);
  expectOfReferrals({ "all,referral_settled": 30, "all,petitioned": 26 }, "all,not_petitioned", 4);
  // Steps between two that are shown may be withheld.
  expectOfReferrals({ "press,referred": 26, "press,acknowledged": undefined, "press,referral_accepted": 22 }, "press,referred_not_accepted", 4);
  expectOfReferrals({ "press,acknowledged": 26, "press,referral_accepted": undefined, "press,referral_settled": 23 }, "press,acknowledged_not_settled", 3);
  expectOfReferrals({ "press,referred": 26, "press,acknowledged": undefined, "press,referral_settled": 24 }, "press,referred_not_settled", 2);
  expectOfReferrals({ "all,petitioned": 30, "all,superior_answered": undefined, "all,superior_unanswered": 29 }, "all,superior_answered", 1);
  expectOfReferrals({ "all,superior_answered": 30, "all,superior_in_time": 28 }, "all,superior_late", 2);
});

test("what the fronts settled and did not petition is worked out, as none but they petition", () => {
  const settled = { "all,referral_settled": undefined, "front,referral_settled": 20, "front_member,referral_settled": 13 };
  expectOfReferrals({ ...settled, "all,petitioned": 30 }, "fronts,not_petitioned", 3);
  expectOfReferrals({ ...settled, "all,petitioned": 28 });
  expectOfReferrals({ ...settled, "all,petitioned": undefined });
  expectOfReferrals({ ...settled, "front_member,referral_settled": undefined, "all,petitioned": 30 });
  // Neither front nor front_member need be shown: 100 less 67 are theirs.
  const others = { "all,referral_settled": 100, "assembly,referral_settled": 30, "council,referral_settled": 27, "press,referral_settled": 10 };
  const hidden = { "front,referral_settled": undefined, "front_member,referral_settled": undefined };
  expectOfReferrals({ ...others, ...hidden, "all,petitioned": 31 }, "fronts,not_petitioned", 2);
  // Nor how many petitioned: 29 were answered, or not.
  expectOfReferrals({ ...settled, "all,petitioned": undefined, "all,superior_answered": 20, "all,superior_unanswered": 9 }, "fronts,not_petitioned", 4);
});

test("deputies' answers are told nowhere, so what is settled says nothing of them", () => {
  expectOfReferrals({ "assembly,referral_settled": 60, "council,referral_settled": 56, "others,answer_required": 112 });
});

test("groups of referrers are their sums", () => {
  expectOfReferrals({ "fronts,referred": 40, "front,referred": 36, "front_member,referred": undefined }, "front_member,referred", 4);
  const others = { "others,referred": 63, "assembly,referred": 30, "council,referred": 30 };
  expectOfReferrals({ ...others, "press,referred": undefined }, "press,referred", 3);
  // There is no other threshold for the press.
  expectOfReferrals({ ...others, "others,referred": 67, "press,referred": undefined });
  const late = { "all,answered_late": 34, "fronts,answered_late": 30 };
  expectOfReferrals({ ...late, "others,answered_late": undefined }, "others,answered_late", 4);
  expectOfReferrals({ ...late, "all,answered_late": 37, "others,answered_late": undefined });
});

test("officials not handled yet are people; amounts left are not", () => {
  expectOfReferrals({ "all,officials_disciplined": 20, "all,officials_disciplined_done": 18 }, "all,officials_disciplined_left", 2);
  expectOfReferrals({ "all,money_recovered": 20, "all,money_recovered_done": 18 });
});

test("cases transferred away are counts like others, those passed between bodies are not", () => {
  const figures = new Map(complaints("2025", { ended: 40, settled: 30, withdrawn: 5, terminated: 3, transferred_away: undefined }));
  assert.deepEqual(smallOnes(figures), [{ address: "2025,38,all,complaint,all,all,transferred_away", value: 2 }]);
});
