// Reads which figures are published from docs/TABLES.md: the tables under "Tables" and "Items".

import { readFileSync } from "node:fs";

import { period } from "./calendar.mjs";

/**
 * @typedef {object} Crossing
 * @property {string} area level
 * @property {string} body level
 * @property {string[]} kinds members
 * @property {string} field level
 * @property {string} referrer level
 * @property {string[]} periods
 * @property {import("./calendar.mjs").Period} [since]
 * @property {string[]} items
 */
/** @typedef {{ id: string, crossings: Crossing[] }} Table */
/** @typedef {{ tables: Table[], units: Map<string, string> }} Matrix */

/** @param {string} path of TABLES.md @returns {Matrix} */
export function readMatrix(path) {
  /** @type {Table[]} */
  const tables = [];
  /** @type {Map<string, string>} */
  const units = new Map();
  /** @type {string[]} */
  let header = [];
  for (const line of readFileSync(path, "utf8").split("\n")) {
    const id = /^### `([a-z-]+)`/.exec(line)?.[1];
    if (id) tables.push({ id, crossings: [] });
    if (!line.startsWith("|")) header = [];
    else if (header.length === 0) header = cells(line);
    else if (!/^\|[-:| ]+\|$/.test(line)) {
      const row = Object.fromEntries(cells(line).map((cell, i) => [header[i] ?? "", cell]));
      if (header[0] === "area") tables.at(-1)?.crossings.push(crossing(row));
      if (header[0] === "item") units.set(row.item ?? "", row.unit ?? "");
    }
  }
  if (tables.length === 0 || units.size === 0) throw new Error(`${path} holds no tables`);
  for (const item of tables.flatMap((table) => table.crossings.flatMap((c) => c.items))) {
    if (!units.has(item)) throw new Error(`${path} does not define \`${item}\``);
  }
  return { tables, units };
}

/** @param {string} line */
function cells(line) {
  return line.split("|").slice(1, -1).map((cell) => cell.trim().replaceAll("`", ""));
}

/** @param {Record<string, string>} row @returns {Crossing} */
function crossing(row) {
  const { area = "", body = "", kinds = "", field = "", referrer = "", periods = "", since, items = "" } = row;
  const list = (/** @type {string} */ text) => text.split(",").map((word) => word.trim());
  return {
    area,
    body,
    field,
    referrer,
    kinds: list(kinds),
    periods: list(periods),
    since: since ? period(since) : undefined,
    items: list(items),
  };
}
