// Members of the dimensions of tables and where a record belongs among them (docs/TABLES.md,
// "Dimensions"), from the reference lists in crates/model/data.

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { parse } from "csv-parse/sync";

import { quarterOf } from "./calendar.mjs";

/** @typedef {{ code: string, since?: number, until?: number }} Member first and last quarter */
/** @typedef {{ district: string, commune: string }} Place finest member, below the district's */
/** @typedef {{ class: string, group: string, unit: string, own?: string }} Committee */
/** @typedef {{ code: string, class: string, from?: string, to?: string }} Body first and last day */

const communesSince = "2025-07-01";
const districtsUntil = "2025-06-30";

export const landFields = ["land_housing", "clearance"];

/** Code lists of registers, English to Vietnamese (docs/EXTRACT.md; fields in docs/TABLES.md). */
export const fields = {
  land_housing: "dat_dai_nha_cua",
  clearance: "boi_thuong_giai_phong_mat_bang",
  policy: "che_do_chinh_sach",
  civil_service: "cong_chuc_cong_vu",
  environment: "moi_truong",
  other_admin: "hanh_chinh_khac",
  judicial: "tu_phap",
  party: "dang_doan_the",
  corruption: "tham_nhung",
  other: "linh_vuc_khac",
};
export const referrers = {
  front: "mat_tran",
  front_member: "thanh_vien_mat_tran",
  assembly: "quoc_hoi",
  council: "hoi_dong_nhan_dan",
  press: "bao_chi",
};
/** @type {Record<string, string[]>} */
export const referrerGroups = {
  fronts: ["front", "front_member"],
  others: ["assembly", "council", "press"],
};

export class Members {
  /** @type {Map<string, string>} region of a district */
  #region = new Map();
  /** @type {Map<string, string>} district of a commune since 1 July 2025 */
  #commune = new Map();
  /** @type {Map<string, string>} district of an old commune */
  #oldCommune = new Map();
  /** @type {Map<string, Committee>} */
  #body = new Map();
  /** @type {Map<string, { from?: string, to?: string }>} first and last day of a body */
  #life = new Map();
  /** @type {Map<string, Map<string, Member>>} by dimension and level, then code */
  #levels = new Map();

  /** @param {string} dir of the reference lists */
  constructor(dir) {
    /** @param {string} name @returns {Record<string, string>[]} */
    const read = (name) => parse(readFileSync(join(dir, name)), { columns: true, bom: true });
    const since = quarterOf(communesSince);
    const until = quarterOf(districtsUntil);

    this.#add("area province", "38");
    for (const total of ["body all", "field all", "referrer all"]) this.#add(total, "all");
    for (const field of Object.keys(fields)) this.#add("field field", field);
    for (const half of ["land", "nonland"]) this.#add("field land", half);
    for (const referrer of Object.keys(referrers)) this.#add("referrer referrer", referrer);
    for (const group of Object.keys(referrerGroups)) this.#add("referrer group", group);
    this.#add("body class", "B-province");
    this.#add("body class", "B-district", { until });
    this.#add("body class", "B-commune", { since });

    for (const agency of read("bodies.csv")) {
      const { code = "", unit = "", valid_from, valid_to } = agency;
      this.#body.set(code, { class: "B-province", group: unit, unit });
      this.#life.set(code, { from: valid_from, to: valid_to });
      const life = {
        since: valid_from ? quarterOf(valid_from) : undefined,
        until: valid_to ? quarterOf(valid_to) : undefined,
      };
      for (const level of ["body group", "body unit"]) {
        this.#add(level, unit, code === unit ? life : {});
      }
    }
    for (const row of read("districts.csv")) {
      const { code = "", region = "", merged_into, valid_to } = row;
      this.#life.set(`UBND-${code}`, { to: valid_to });
      const district = merged_into || code;
      this.#region.set(code, region);
      this.#body.set(`UBND-${code}`, {
        class: "B-district",
        group: `B-district-${region}`,
        unit: `UBND-${district}`,
      });
      this.#add("body group", `B-district-${region}`, { until });
      this.#add("body group", `B-commune-${region}`, { since });
      this.#add("body unit", `UBND-${district}`, { until });
      this.#add("body unit", `UBNDX-${district}`, { since });
      this.#add("area region", `R-${region}`);
      this.#add("area district", `D${district}`);
      this.#add("area commune", `U${district}`, { since });
    }
    for (const row of read("communes.csv")) {
      const { code = "", district = "" } = row;
      const own = `UBND-${code}`;
      this.#commune.set(code, district);
      this.#life.set(own, { from: communesSince });
      this.#body.set(own, {
        class: "B-commune",
        group: `B-commune-${this.#region.get(district)}`,
        unit: `UBNDX-${district}`,
        own,
      });
      this.#add("area commune", `C${code}`, { since });
      this.#add("body commune_body", own, { since });
    }
    for (const row of read("crosswalk.csv")) {
      this.#oldCommune.set(row.old_code ?? "", row.district26 ?? "");
    }
  }

  /** Every body. @returns {Body[]} */
  bodies() {
    return [...this.#body].map(([code, { class: ofClass }]) => ({ code, class: ofClass, ...this.#life.get(code) }));
  }

  /** @param {string} level @param {string} code @param {{since?: number, until?: number}} [life] */
  #add(level, code, life = {}) {
    let members = this.#levels.get(level);
    if (!members) this.#levels.set(level, (members = new Map()));
    members.set(code, { code, ...life });
  }

  /** The members of a level. @param {string} dimension @param {string} level @returns {Member[]} */
  at(dimension, level) {
    const members = this.#levels.get(`${dimension} ${level}`);
    if (!members) throw new Error(`no level \`${level}\` of ${dimension}`);
    return [...members.values()];
  }

  /** Where a matter that came in on `day` arose. @param {string} code @param {string} day @returns {Place} */
  place(code, day) {
    const now = day >= communesSince;
    const district = (now ? this.#commune : this.#oldCommune).get(code);
    if (!district) throw new Error(`no commune \`${code}\` on ${day}`);
    return { district, commune: now ? `C${code}` : `U${district}` };
  }

  /** @param {string} code of a body @returns {Committee} */
  body(code) {
    const body = this.#body.get(code);
    if (!body) throw new Error(`no body \`${code}\``);
    return body;
  }

  /**
   * The member of a level to which a fact belongs, if any.
   * @param {import("./facts.mjs").Fact} fact @param {string} dimension @param {string} level
   * @returns {string | undefined}
   */
  of(fact, dimension, level) {
    if (level === "province") return "38";
    if (level === "all") return "all";
    switch (`${dimension} ${level}`) {
      case "area region":
        return fact.place && `R-${this.#region.get(fact.place.district)}`;
      case "area district":
        return fact.place && `D${fact.place.district}`;
      case "area commune":
        return fact.place?.commune;
      case "body class":
        return this.body(fact.body).class;
      case "body group":
        return this.body(fact.body).group;
      case "body unit":
        return this.body(fact.body).unit;
      case "body commune_body":
        return this.body(fact.body).own;
      case "field land":
        return landFields.includes(fact.field ?? "") ? "land" : "nonland";
      case "field field":
        return fact.field;
      case "referrer referrer":
        return fact.referrer;
      case "referrer group":
        return Object.keys(referrerGroups).find((group) => referrerGroups[group]?.includes(fact.referrer ?? ""));
      default:
        throw new Error(`no level \`${level}\` of ${dimension}`);
    }
  }
}

/** True if a fact is of a kind; complaints and recommendations together are civil. @param {string | undefined} own @param {string} kind */
export function isOfKind(own, kind) {
  return kind === "all" || own === kind || (kind === "civil" && own !== "denunciation");
}
