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
  assert.deepEqual(smallOnes(figures), [{ address: "2025-Q1,38,all,complaint,all,all,second_settlements", value: 4 }]);
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
