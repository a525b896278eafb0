// Reads register extracts (docs/EXTRACT.md): records with all their versions, oldest first.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { parse } from "csv-parse/sync";

import { fields, referrers } from "./members.mjs";

/** @typedef {Record<string, string>} Version English headers and codes, ISO dates, yes/no as 1/0 */
/** @typedef {{ id: string, versions: Version[] }} History */
/** @typedef {Record<"cases" | "petitions" | "receptions" | "dialogues" | "referrals", History[]>} Register */

const decisions = { accepted: "thu_ly", declined: "tu_choi", re_transferred: "chuyen_tiep" };
const handlings = {
  pending: "chua_xu_ly",
  ineligible: "khong_du_dieu_kien",
  accepted: "thuoc_tham_quyen",
  guided: "huong_dan",
  transferred: "chuyen_don",
  urged: "don_doc",
};
const kinds = {
  complaint: "khieu_nai",
  recommendation: "kien_nghi_phan_anh",
  denunciation: "to_cao",
};
const heads = { head: "nguoi_dung_dau", delegate: "uy_quyen" };
const yesNo = { 1: "có yes", 0: "không no" };

/**
 * English header to Vietnamese header and, for codes, English to Vietnamese codes.
 * @typedef {Record<string, [string, Record<string, string>?]>} Columns
 */

/** @type {Columns} */
const common = {
  record_id: ["ma_ho_so"],
  extract_date: ["ngay_trich_xuat"],
  kind: ["loai", kinds],
  area_code: ["ma_xa"],
  body_code: ["ma_co_quan"],
  received_on: ["ngay_tiep_nhan"],
  case_id: ["ma_vu_viec"],
  complainant_key: ["khoa_nguoi_gui"],
};

/** @type {Record<keyof Register, Columns>} */
const columns = {
  cases: {
    ...common,
    field: ["linh_vuc", fields],
    second_instance: ["giai_quyet_lan_hai", yesNo],
    accepted_on: ["ngay_thu_ly"],
    due_on: ["han_giai_quyet"],
    complexity: ["muc_do_phuc_tap"],
    extended: ["gia_han", yesNo],
    suspended_on: ["ngay_tam_dinh_chi"],
    resumed_on: ["ngay_tiep_tuc"],
    ending: [
      "ket_thuc",
      {
        settled: "da_giai_quyet",
        withdrawn: "rut_don",
        terminated: "dinh_chi",
        transferred_away: "chuyen_ngoai_tinh",
      },
    ],
    ended_on: ["ngay_ket_thuc"],
    finding: [
      "ket_luan",
      {
        founded: "dung",
        partly: "dung_mot_phan",
        unfounded: "sai",
        upheld: "cong_nhan",
        overturned: "huy_sua",
        answered: "da_tra_loi",
      },
    ],
    mass: ["dong_nguoi", yesNo],
    over_level: ["vuot_cap", yesNo],
    prolonged: ["keo_dai", yesNo],
    people: ["so_nguoi"],
    money_recovered: ["thu_hoi_tien"],
    land_recovered: ["thu_hoi_dat"],
    money_returned: ["tra_lai_tien"],
    land_returned: ["tra_lai_dat"],
    persons_restored: ["so_nguoi_tra_quyen_loi"],
    officials_disciplined: ["so_nguoi_kien_nghi_xu_ly"],
    money_recovered_done: ["da_thu_hoi_tien"],
    land_recovered_done: ["da_thu_hoi_dat"],
    money_returned_done: ["da_tra_lai_tien"],
    land_returned_done: ["da_tra_lai_dat"],
    officials_disciplined_done: ["so_nguoi_da_xu_ly"],
    implement: ["phai_thi_hanh", yesNo],
    implemented_on: ["ngay_thi_hanh_xong"],
  },
  petitions: { ...common, channel: ["kenh"], handling: ["xu_ly", handlings] },
  receptions: {
    ...common,
    held_on: ["ngay_tiep"],
    type: ["hinh_thuc", { regular: "thuong_xuyen", periodic: "dinh_ky", ad_hoc: "dot_xuat" }],
    held_by: ["nguoi_tiep", { ...heads, officer: "can_bo", missed: "khong_tiep" }],
    due: ["theo_lich", yesNo],
    visits: ["so_luot"],
    people: ["so_nguoi"],
    matters_first: ["vu_viec_lan_dau"],
    matters_repeat: ["vu_viec_nhieu_lan"],
    delegations: ["so_doan"],
    delegation_people: ["so_nguoi_trong_doan"],
  },
  dialogues: {
    ...common,
    held_on: ["ngay_tiep"],
    presided_by: ["nguoi_chu_tri", heads],
    people: ["so_nguoi"],
  },
  referrals: {
    ...common,
    referrer: ["noi_chuyen", referrers],
    referred_on: ["ngay_chuyen"],
    acknowledged_on: ["ngay_phuc_dap"],
    decision: ["xu_ly", decisions],
    decided_on: ["ngay_xu_ly"],
    settled_on: ["ngay_giai_quyet"],
    notified_on: ["ngay_bao_ket_qua"],
    petitioned_on: ["ngay_kien_nghi_cap_tren"],
    superior_decided_on: ["ngay_cap_tren_quyet_dinh"],
    superior_answered_on: ["ngay_cap_tren_tra_loi"],
  },
};

/** @param {string} dir a folder of folders of extract files @returns {Register} */
export function readExtracts(dir) {
  const folders = readdirSync(dir, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  if (folders.length === 0) throw new Error(`${dir} holds no folder of extracts`);
  const paths = folders.map((folder) => join(dir, folder.name)).sort();
  /** @param {keyof Register} kind */
  const histories = (kind) => {
    /** @type {Map<string, Version[]>} */
    const records = new Map();
    for (const path of paths) {
      for (const version of readFile(join(path, `${kind}.csv`), columns[kind])) {
        const id = version.record_id ?? "";
        const versions = records.get(id);
        if (versions) versions.push(version);
        else records.set(id, [version]);
      }
    }
    return [...records].map(([id, versions]) => ({ id, versions: inOrder(versions) }));
  };
  return {
    cases: histories("cases"),
    petitions: histories("petitions"),
    receptions: histories("receptions"),
    dialogues: histories("dialogues"),
    referrals: histories("referrals"),
  };
}

/** By extract date; of two with the same date the one read last stands. @param {Version[]} versions */
function inOrder(versions) {
  const byDate = new Map(versions.map((version) => [version.extract_date ?? "", version]));
  return [...byDate].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, version]) => version);
}

/** @param {string} path @param {Columns} known @returns {Version[]} */
function readFile(path, known) {
  const text = readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  const delimiter = text.slice(0, text.indexOf("\n")).includes(";") ? ";" : ",";
  /** @type {string[][]} */
  const [header = [], ...rows] = parse(text, { delimiter });
  const readers = header.map((name) => reader(name, known, path));
  return rows.map((row) =>
    Object.fromEntries(readers.map(({ column, read }, i) => [column, read(row[i] ?? "")])),
  );
}

/** @param {string} name @param {Columns} known @param {string} path */
function reader(name, known, path) {
  const entry = Object.entries(known).find(([english, [vietnamese]]) => name === english || name === vietnamese);
  if (!entry) throw new Error(`${path}: unknown column \`${name}\``);
  const [column, [, codes]] = entry;
  /** @type {Map<string, string>} */
  const synonyms = new Map();
  for (const [code, others] of Object.entries(codes ?? {})) {
    for (const other of [code, ...others.split(" ")]) synonyms.set(other, code);
  }
  /** @param {string} cell */
  const read = (cell) => {
    const value = cell.trim();
    if (value === "") return "";
    if (codes) {
      const code = synonyms.get(value);
      if (code === undefined) throw new Error(`${path}: unknown code in column \`${name}\``);
      return code;
    }
    const day = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(value);
    return day ? `${day[3]}-${day[2]}-${day[1]}` : value;
  };
  return { column, read };
}
