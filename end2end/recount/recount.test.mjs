// The recount reports what is wrong: each test damages a copy of published releases.
//
//   RECOUNT_EXTRACTS=DIR RECOUNT_RELEASES=DIR node --test recount/

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, beforeEach, test } from "node:test";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("recount.mjs", import.meta.url));
const extracts = given("RECOUNT_EXTRACTS");
const releases = given("RECOUNT_RELEASES");

// The releases up to the first whole year are enough, and quick to go through.
const names = readdirSync(releases).filter((name) => /^\d{4}-Q[1-4]\.\d+$/.test(name)).sort();
const upTo = names.findIndex((name) => name.includes("-Q4"));
const bundle = names[upTo] ?? "";
assert.ok(bundle, `${releases} holds no release of a fourth quarter`);

const copy = mkdtempSync(join(tmpdir(), "recount-"));
beforeEach(() => {
  for (const name of names.slice(0, upTo + 1)) cpSync(join(releases, name), join(copy, name), { recursive: true });
});
afterEach(() => {
  for (const name of readdirSync(copy)) rmSync(join(copy, name), { recursive: true });
});
after(() => rmSync(copy, { recursive: true }));

test("intact releases pass", () => {
  const { code, lines } = run(copy);
  assert.match(lines.at(-1) ?? "", /^[1-9]\d* passed, 0 failed$/);
  assert.equal(code, 0);
});

/** Not the value of any cell. */
const guess = 1_000_000;

// One run for all, as each reads the whole register; every change is to a table of its own.
test("every kind of damage is reported, and nothing else", () => {
  const expected = [
    change("case-flow", ({ value }) => Number(value) > 100, (line) => {
      line.value = String(Number(line.value) + 1);
    }, /should be \d+/),
    change("cases-by-field", ({ status }) => status === "x", reveal(3), /and shown: less than/),
    change("case-flow-area", ({ value }) => Number(value) > 0, reveal(4), /and shown: less than 5/),
    change("remedies", ({ item }) => item === "money_returned", (line) => {
      line.value = "";
    }, /is empty, should be \d+/),
    change("durations", ({ item }) => item === "days_30", (line) => {
      line.unit = "petition";
    }, /counts in petition, not case/),
    change("timeliness", ({ value }) => Number(value) > 100, (line) => {
      line.item = "withdrawn";
    }, /is missing|is not to be published/, 2),
    change("outcomes", () => true, (line) => {
      line.status = "x";
      line.value = "";
    }, /withholds \d+ of \d+/, 1, true),
  ];
  const { lines, code } = run(copy);
  assert.equal(code, 1);
  let failures = 0;
  for (const { where, message, times } of expected) {
    const about = lines.filter((line) => line.startsWith(`${bundle} ${where} `) || line.startsWith(`${bundle} ${where}:`));
    assert.equal(about.length, times, `${where}: ${about.join("\n")}`);
    for (const line of about) assert.match(line, message);
    failures += times;
  }
  assert.match(lines.at(-1) ?? "", new RegExp(`^\\d+ passed, ${failures} failed$`));
});

test("a withheld small count that is shown as it is is reported", () => {
  // What stands behind withheld figures, the recount itself says.
  const hidden = (/** @type {Record<string, string>} */ { status, kind }) => status === "x" && kind === "complaint";
  change("cases-by-field", hidden, reveal(guess), /./, 1, true);
  const truths = run(copy).lines.map((line) => /,([a-z_]+),all,entered: is \d+, should be ([1-4])\b(?!\d)/.exec(line));
  const [, field, truth] = truths.find(Boolean) ?? [];
  assert.ok(field && truth, "no withheld figure below 5");
  cpSync(join(releases, bundle), join(copy, bundle), { recursive: true });
  change("cases-by-field", (line) => hidden(line) && line.field === field, reveal(Number(truth)), /./, 1, true);
  const { code, lines } = run(copy);
  assert.equal(code, 1);
  assert.ok(lines.some((line) => line.endsWith(`: is ${truth} and shown: less than 5`)), lines.join("\n"));
});

test("a missing and an unknown table are reported", () => {
  const tables = join(copy, bundle, "tables");
  cpSync(join(tables, "remedies.csv"), join(tables, "extra.csv"));
  rmSync(join(tables, "remedies.csv"));
  const { code, lines } = run(copy);
  assert.equal(code, 1);
  assert.deepEqual(lines.slice(0, -1), [
    `${bundle} extra.csv: is not in docs/TABLES.md`,
    `${bundle} remedies: is missing`,
  ]);
});

/** @param {number} value @returns {(line: Record<string, string>) => void} */
function reveal(value) {
  return (line) => {
    line.value = String(value);
    line.status = "";
  };
}

/**
 * Changes the first matching line of a table, or all of them.
 * @param {string} table
 * @param {(line: Record<string, string>) => boolean} matches
 * @param {(line: Record<string, string>) => void} edit
 * @param {RegExp} message that each failure shows
 */
function change(table, matches, edit, message, times = 1, all = false) {
  const path = join(copy, bundle, "tables", `${table}.csv`);
  const [header = "", ...rows] = readFileSync(path, "utf8").trimEnd().split("\n");
  const names = header.split(",");
  let changed = 0;
  const edited = rows.map((row) => {
    const line = Object.fromEntries(row.split(",").map((cell, i) => [names[i] ?? "", cell]));
    if ((changed > 0 && !all) || !matches(line)) return row;
    changed += 1;
    edit(line);
    return names.map((name) => line[name]).join(",");
  });
  assert.ok(changed > 0, `${bundle} ${table} has no such line`);
  writeFileSync(path, [header, ...edited, ""].join("\n"));
  return { where: table, message, times };
}

/** @param {string} dir @returns {{ code: number, lines: string[] }} */
function run(dir) {
  /** @param {string} text */
  const split = (text) => text.trimEnd().split("\n");
  try {
    return { code: 0, lines: split(execFileSync(process.execPath, [script, extracts, dir], { encoding: "utf8" })) };
  } catch (error) {
    const { status, stdout } = /** @type {{ status: number, stdout: string }} */ (error);
    return { code: status, lines: split(stdout) };
  }
}

/** @param {string} name */
function given(name) {
  const value = process.env[name];
  if (!value) throw new Error(`set ${name} to a folder of the demonstration`);
  return value;
}
