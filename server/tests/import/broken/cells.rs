//! Values that are none of their column.

use super::{Broken, cell, cell_in};
use crate::files::*;

pub fn cells() -> Vec<Broken> {
    vec![
        cell(
            "unknown code",
            cases(),
            ("kind", "appeal"),
            &["row 2, column kind (loai), value `appeal`", "not one of the codes", "to_cao"],
        ),
        cell(
            "free text for a code",
            cases(),
            ("field", "Đất của ông Nguyễn Văn A"),
            &["row 2, column field (linh_vuc), value `aaa aaa aaa aaaaaa a…`", "write one of"],
        ),
        cell(
            "empty required cell",
            cases(),
            ("people", ""),
            &["row 2, column people (so_nguoi)", "is empty", "fill it in"],
        ),
        cell(
            "month before day",
            cases(),
            ("received_on", "07/25/2025"),
            &["row 2, column received_on", "`99/99/9999`", "is not a date", "dd/MM/yyyy"],
        ),
        cell(
            "day that does not exist",
            cases(),
            ("received_on", "2025-02-30"),
            &["row 2, column received_on", "`2025-02-30`", "is not a date"],
        ),
        cell(
            "year with a typing error",
            cases(),
            ("received_on", "10/07/0225"),
            &["row 2, column received_on", "not a plausible date", "check the year"],
        ),
        cell(
            "thousands separator",
            cases(),
            ("money_returned", "1.200"),
            &["row 2, column money_returned", "`9.999`", "whole number", "thousands separators"],
        ),
        cell(
            "decimals",
            receptions(),
            ("visits", "1.5"),
            &["row 2, column visits (so_luot)", "is not a whole number"],
        ),
        cell(
            "negative count",
            receptions(),
            ("visits", "-3"),
            &["row 2, column visits (so_luot), value `-3`", "is negative", "start at 0"],
        ),
        cell(
            "nobody brought it",
            cases(),
            ("people", "0"),
            &["row 2, column people (so_nguoi), value `0`", "less than 1"],
        ),
        cell(
            "absurd amount",
            cases(),
            ("land_recovered", "99999999999999999999999"),
            &["row 2, column land_recovered", "too large", "check the number and its unit"],
        ),
        cell(
            "neither yes nor no",
            cases(),
            ("mass", "x"),
            &["row 2, column mass (dong_nguoi), value `x`", "not yes or no", "có or không"],
        ),
        cell(
            "key that is not hexadecimal",
            cases(),
            ("complainant_key", "nguyen-van-a-1970"),
            &["row 2, column complainant_key", "`aaaaaa-aaa-a-9999`", "not a keyed hash"],
        ),
        cell(
            "key too short",
            cases(),
            ("complainant_key", "abc123"),
            &["row 2, column complainant_key", "`aaa999`", "16 to 64 hexadecimal"],
        ),
        cell(
            "record id with blanks",
            cases(),
            ("record_id", "VV 1 của ông A"),
            &["row 2, column record_id (ma_ho_so)", "`aa 9 aaa aaa a`", "not the name of a record"],
        ),
        cell(
            "identity number as record id",
            cases(),
            ("record_id", "038012345678"),
            &["row 2, column record_id", "`999999999999`", "identity number", "nothing about a"],
        ),
        cell(
            "phone number as case id",
            petitions(),
            ("case_id", "0912.345.678"),
            &["row 2, column case_id (ma_vu_viec)", "`9999.999.999`", "phone number"],
        ),
        cell(
            "e-mail address as record id",
            petitions(),
            ("record_id", "an@example.vn"),
            &["row 2, column record_id", "`aa@aaaaaaa.aa`", "an e-mail address"],
        ),
        cell(
            "area code that never was",
            cases(),
            ("area_code", "99999"),
            &["row 2, column area_code (ma_xa), value `99999`", "in force on 2025-07-10"],
        ),
        cell(
            "area by name",
            cases(),
            ("area_code", "Hạc Thành"),
            &["row 2, column area_code", "`aaa aaaaa`", "not the code of a commune", "five digits"],
        ),
        cell(
            "old commune's code after the change",
            petitions(),
            ("area_code", OLD_ONLY),
            &["row 2, column area_code", "in force on 2025-07-10", "until 30 June 2025"],
        ),
        cell(
            "unknown body",
            cases(),
            ("body_code", "UBND-99999"),
            &["row 2, column body_code (ma_co_quan), value `UBND-99999`", "not the code of a body"],
        ),
        cell(
            "abolished body",
            cases(),
            ("body_code", "STNMT"),
            &["row 2, column body_code", "`STNMT`", "no longer existed in 2025-Q3", "SNNMT"],
        ),
        cell_in(
            "open case at an abolished body",
            cases(),
            1,
            ("body_code", "UBND-384"),
            &[
                "row 3, column body_code",
                "`UBND-384`",
                "until 2025-06-30 only, but the case is still open",
                "or fill in the ending",
            ],
        ),
        cell(
            "period that is no quarter",
            control_totals(),
            ("period", "2025-9M"),
            &["row 2, column period (ky), value `2025-9M`", "is not a report quarter", "2026-Q3"],
        ),
        Broken {
            name: "number where a date belongs, in XLSX",
            file: "extract.xlsx",
            bytes: {
                let mut table = cases();
                set(&mut table, 1, "received_on", "45853");
                // As a number without a date format.
                xlsx_raw(&table)
            },
            says: &["row 3, column received_on (ngay_tiep_nhan), value `45853`", "is not a date"],
        },
    ]
}

/// A commune until 30 June 2025 whose code no commune has since.
const OLD_ONLY: &str = "14755";

fn xlsx_raw(table: &Table) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (r, row) in (0..).zip(table) {
        for (c, cell) in (0..).zip(row) {
            match cell.parse::<f64>() {
                Ok(number) if cell == "45853" => sheet.write_number(r, c, number).unwrap(),
                _ => sheet.write_string(r, c, cell).unwrap(),
            };
        }
    }
    book.save_to_buffer().unwrap()
}
