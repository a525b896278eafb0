//! Inputs that are wrong in one way each, and what must be said of them.

use crate::files::*;

/// A file that must be refused.
pub struct Broken {
    /// What is wrong with it.
    pub name: &'static str,
    /// Name of the file.
    pub file: &'static str,
    /// What it holds.
    pub bytes: Vec<u8>,
    /// What the report must say, all of it about one problem.
    pub says: &'static [&'static str],
}

fn file(name: &'static str, bytes: impl Into<Vec<u8>>, says: &'static [&'static str]) -> Broken {
    Broken { name, file: "extract.csv", bytes: bytes.into(), says }
}

/// `table` with one value changed in its first data row, row 2 of the spreadsheet.
fn cell(
    name: &'static str,
    table: Table,
    (column, value): (&str, &str),
    says: &'static [&'static str],
) -> Broken {
    cell_in(name, table, 0, (column, value), says)
}

fn cell_in(
    name: &'static str,
    mut table: Table,
    row: usize,
    (column, value): (&str, &str),
    says: &'static [&'static str],
) -> Broken {
    set(&mut table, row, column, value);
    file(name, csv(&table), says)
}

pub fn all() -> Vec<Broken> {
    let mut all = files();
    all.extend(headers());
    all.extend(cells());
    all.extend(rules());
    all
}

/// Cases of which the last was suspended without having been accepted.
fn suspended_only() -> Table {
    let mut table = never_accepted();
    for column in ["ending", "ended_on", "finding"] {
        set(&mut table, 2, column, "");
    }
    set(&mut table, 2, "suspended_on", "2025-06-20");
    table
}

/// Cases of which the last was settled without having been accepted.
fn never_accepted() -> Table {
    let mut table = cases();
    set(&mut table, 2, "accepted_on", "");
    set(&mut table, 2, "due_on", "");
    table
}

fn files() -> Vec<Broken> {
    let good = csv(&cases());
    let text = String::from_utf8(good.clone()).unwrap();
    let utf16: Vec<u8> =
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    // "ố" in Windows-1258 begins with 0xF4.
    let ansi = [text.as_bytes(), b"VV-9,2025-09-20,khi\xf4u n\xe0i\n"].concat();
    let book = xlsx(&cases());
    let truncated = book[..book.len() * 2 / 3].to_vec();
    let mut corrupt = book.clone();
    for byte in &mut corrupt[200..1200] {
        *byte ^= 0x5a;
    }
    let long = [good.as_slice(), &vec![b'x'; 3 << 20], b"\n"].concat();
    let xlsx = |name, bytes, says| Broken { name, file: "extract.xlsx", bytes, says };
    vec![
        file("empty file", "", &["the file is empty", "extract it again"]),
        file("only blank lines", "\n\n  \n", &["the file is empty"]),
        file(
            "header without rows",
            csv(&cases()[..1].to_vec()),
            &["a header but no rows", "leave the file out"],
        ),
        file("UTF-16", utf16, &["UTF-16", "CSV UTF-8"]),
        file(
            "Windows-1258",
            ansi,
            &["row 5", "not in UTF-8: byte 1034 of the file", "CSV UTF-8 (not ANSI, Windows-1258"],
        ),
        file("binary", b"\x7fELF\x02\x01\x01".repeat(20), &["the columns are not those"]),
        file(
            "zero bytes",
            [good.as_slice(), &[0; 64]].concat(),
            &["neither text nor a workbook", "CSV UTF-8 or as XLSX"],
        ),
        file("line of 3 MiB", long, &["row 5", "longer than 1 MiB", "on its own line"]),
        file(
            "tabs",
            text.replace(',', "\t"),
            &["row 1", "separated by tabs", "commas or semicolons"],
        ),
        file(
            "open quotation mark",
            text.replace("VV-2", "\"VV-2"),
            &["row 3", "quotation mark is not closed", "holds no line break"],
        ),
        file(
            "too many values",
            text.replace("VV-2,", "VV-2,x,"),
            &["row 3", "the row has 36 values, the header 35 columns", "one value a column"],
        ),
        file(
            "cut off in the last row",
            good[..good.len() - 60].to_vec(),
            &["row 4", "the row has", "the header 35 columns"],
        ),
        xlsx("truncated XLSX", truncated, &["damaged or incomplete", "save or send it again"]),
        xlsx("corrupt XLSX", corrupt, &["damaged or incomplete", "save or send it again"]),
        xlsx("CSV named XLSX", good, &["named .xlsx but is not a workbook", "or as XLSX"]),
        xlsx(
            "old or locked workbook",
            [&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], [0; 600].as_slice()].concat(),
            &["old Excel workbook (.xls) or has a password", "or as XLSX"],
        ),
        xlsx("XLSX without rows", super::files::xlsx(&cases()[..1].to_vec()), &["but no rows"]),
    ]
}

fn headers() -> Vec<Broken> {
    let personal = |name, header| {
        let table = with(cases(), header, "Nguyễn Văn A");
        file(
            name,
            csv(&table),
            &[
                "row 1, column AJ",
                "looks like personal data",
                "remove this column before the extract leaves the register",
            ],
        )
    };
    let rename = |from: &str, to: &str| {
        let mut table = cases();
        let i = table[0].iter().position(|c| c == from).unwrap();
        table[0][i] = to.to_owned();
        csv(&table)
    };
    vec![
        personal("name column", "Họ và tên"),
        personal("sender column", "nguoi_gui"),
        personal("phone column", "SĐT"),
        personal("identity number column", "Số CCCD"),
        personal("address column", "address"),
        personal("free text column", "noi_dung_don"),
        personal("notes column", "Ghi chú"),
        personal("birthday column", "ngaySinh"),
        file(
            "unknown column",
            csv(&with(cases(), "colour", "red")),
            &["row 1, column AJ (colour)", "no such column in cases", "headers of the template"],
        ),
        file(
            "column without header",
            csv(&{
                let mut table = with(cases(), "", "red");
                table[0].push("mass".into());
                table[0].remove(17);
                for row in &mut table[1..] {
                    row.push("0".into());
                    row.remove(17);
                }
                table
            }),
            &["row 1, column AI:", "has no header", "or remove it"],
        ),
        file(
            "missing column",
            csv(&without(cases(), "received_on")),
            &[
                "row 1, column received_on (ngay_tiep_nhan)",
                "missing",
                "add a column received_on or ngay_tiep_nhan",
            ],
        ),
        file(
            "duplicate header",
            csv(&with(cases(), "kind", "complaint")),
            &["row 1, column AJ (kind)", "twice, also as C (kind)", "keep one of the two"],
        ),
        file(
            "both names of a column",
            csv(&with(cases(), "loai", "khieu_nai")),
            &["row 1, column AJ (loai)", "twice, also as C (kind)", "keep one of the two"],
        ),
        file(
            "no header line",
            csv(&cases()[1..].to_vec()),
            &["row 1", "not those of one kind of extract", "--kind"],
        ),
        file(
            "misspelt header",
            rename("received_on", "recieved_on"),
            &["row 1, column G (recieved_on)", "no such column in cases"],
        ),
    ]
}

fn cells() -> Vec<Broken> {
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

fn rules() -> Vec<Broken> {
    let mut duplicate = cases();
    set(&mut duplicate, 2, "record_id", "VV-1");
    vec![
        file(
            "the same record twice",
            csv(&duplicate),
            &["row 4, column record_id", "`VV-1`", "stand in row 2 already", "remove the other"],
        ),
        cell(
            "received after the extract",
            petitions(),
            ("received_on", "2025-09-25"),
            &["row 2, column received_on", "after the extract date 2025-09-20"],
        ),
        cell(
            "extract in the middle of a quarter",
            petitions(),
            ("extract_date", "2025-08-20"),
            &["row 2, column extract_date", "not in the 15 days", "2025-06-15 to 2025-06-29"],
        ),
        cell(
            "extract from the future",
            petitions(),
            ("extract_date", "2095-09-20"),
            &["row 2, column extract_date", "lies in the future", "check the year"],
        ),
        cell(
            "accepted before received",
            cases(),
            ("accepted_on", "2025-07-09"),
            &["row 2, column accepted_on", "is before received_on, 2025-07-10", "check the order"],
        ),
        cell(
            "due before accepted",
            cases(),
            ("due_on", "2025-07-01"),
            &["row 2, column due_on (han_giai_quyet)", "is before accepted_on, 2025-07-15"],
        ),
        cell(
            "accepted without a time limit",
            cases(),
            ("due_on", ""),
            &["row 2, column accepted_on", "due_on is empty", "fill in due_on too"],
        ),
        file(
            "suspended but never accepted",
            csv(&suspended_only()),
            &["row 4, column suspended_on", "accepted_on is empty"],
        ),
        cell(
            "resumed before suspended",
            cases(),
            ("resumed_on", "2025-07-19"),
            &["row 2, column resumed_on", "is before suspended_on, 2025-07-20"],
        ),
        cell(
            "ended before received",
            cases(),
            ("ended_on", "2025-07-01"),
            &["row 2, column ended_on", "is before received_on, 2025-07-10"],
        ),
        cell(
            "ending without a day",
            cases_with("ended_on", ""),
            ("implemented_on", ""),
            &["row 2, column ending (ket_thuc)", "ended_on is empty"],
        ),
        cell(
            "carried out before decided",
            cases(),
            ("implemented_on", "2025-08-01"),
            &["row 2, column implemented_on", "is before ended_on, 2025-08-19"],
        ),
        cell(
            "carried out, though nothing was to be",
            cases(),
            ("implement", "0"),
            &["row 2, column implemented_on", "but implement is no"],
        ),
        cell_in(
            "something to carry out in an open case",
            cases(),
            1,
            ("implement", "1"),
            &["row 3, column implement (phai_thi_hanh)", "the case is not settled"],
        ),
        cell_in(
            "remedy in an open case",
            cases(),
            1,
            ("money_recovered", "5"),
            &["row 3, column money_recovered", "ending is empty"],
        ),
        cell(
            "more returned than was to be",
            cases(),
            ("money_returned_done", "31"),
            &[
                "row 2, column money_returned_done (da_tra_lai_tien), value `31`",
                "is more than money_returned, 30",
            ],
        ),
        cell(
            "settled while it was suspended",
            cases(),
            ("resumed_on", ""),
            &["row 2, column resumed_on (ngay_tiep_tuc)", "was suspended and is settled"],
        ),
        file(
            "settled without acceptance",
            csv(&never_accepted()),
            &["row 4, column accepted_on (ngay_thu_ly)", "is empty, but the case is settled"],
        ),
        cell(
            "settled without a finding",
            cases(),
            ("finding", ""),
            &["row 2, column finding (ket_luan)", "is empty, but the case is settled"],
        ),
        cell(
            "finding of a withdrawn case",
            cases_with("implement", "0"),
            ("ending", "withdrawn"),
            &["row 2, column finding (ket_luan), value `founded`", "is not settled"],
        ),
        cell(
            "finding of the wrong instance",
            cases(),
            ("finding", "upheld"),
            &["row 2, column finding", "the first settlement of a complaint", "partly"],
        ),
        cell_in(
            "finding of the wrong kind",
            cases(),
            2,
            ("finding", "founded"),
            &["row 4, column finding", "is not a finding of a recommendation", "answered"],
        ),
        cell(
            "field of another kind",
            cases(),
            ("field", "corruption"),
            &["row 2, column field (linh_vuc)", "does not apply to a complaint", "denunciations"],
        ),
        cell_in(
            "second settlement of a recommendation",
            cases(),
            2,
            ("second_instance", "1"),
            &["row 4, column second_instance", "has no second settlement"],
        ),
        cell(
            "more visits than people",
            receptions(),
            ("visits", "26"),
            &["row 2, column visits (so_luot), value `26`", "more visits than people, 25"],
        ),
        cell(
            "delegation of four",
            receptions(),
            ("delegation_people", "9"),
            &["row 2, column delegation_people", "less than 5 for each of 2 delegations"],
        ),
        cell(
            "more people in delegations than in all",
            receptions(),
            ("delegation_people", "30"),
            &["row 2, column delegation_people", "more than all people, 25"],
        ),
        cell_in(
            "visits on a missed day",
            receptions(),
            1,
            ("matters_first", "1"),
            &["row 3, column matters_first", "not 0, but the day was missed"],
        ),
        cell_in(
            "standing reception held by the head",
            receptions(),
            2,
            ("held_by", "head"),
            &["row 4, column held_by (nguoi_tiep), value `head`", "does not hold a regular day"],
        ),
        cell_in(
            "standing reception on the schedule",
            receptions(),
            2,
            ("due", "1"),
            &["row 4, column due (theo_lich), value `1`", "not on the schedule of the head"],
        ),
        cell(
            "day of the head held by an officer",
            receptions(),
            ("held_by", "officer"),
            &["row 2, column held_by", "does not hold a day of the head"],
        ),
        cell(
            "dialogue after the extract",
            dialogues(),
            ("held_on", "2025-10-01"),
            &["row 2, column held_on (ngay_tiep)", "after the extract date"],
        ),
        cell(
            "settled without having been decided",
            referrals_with("decision", ""),
            ("decided_on", ""),
            &["row 2, column settled_on (ngay_giai_quyet)", "decided_on is empty"],
        ),
        cell(
            "settled though declined",
            referrals(),
            ("decision", "declined"),
            &["row 2, column settled_on", "the matter was not accepted"],
        ),
        cell(
            "petition before the result",
            referrals(),
            ("petitioned_on", "2025-08-18"),
            &["row 2, column petitioned_on", "is before settled_on, 2025-08-19"],
        ),
        cell(
            "petition of the press",
            referrals(),
            ("referrer", "press"),
            &[
                "row 2, column petitioned_on (ngay_kien_nghi_cap_tren)",
                "no complaint that the Front",
            ],
        ),
        cell(
            "the superior answers before it decides",
            referrals(),
            ("superior_answered_on", "2025-09-09"),
            &["row 2, column superior_answered_on", "is before superior_decided_on, 2025-09-10"],
        ),
        cell(
            "the superior answers without a decision",
            referrals(),
            ("superior_decided_on", ""),
            &["row 2, column superior_answered_on", "superior_decided_on is empty"],
        ),
        cell(
            "notified before settled",
            referrals(),
            ("notified_on", "2025-08-01"),
            &["row 2, column notified_on", "is before settled_on, 2025-08-19"],
        ),
        cell(
            "totals that do not balance",
            control_totals(),
            ("entered", "6"),
            &[
                "row 2, column closing (cuoi_ky), value `0`",
                "opening + entered + transferred_in = 17",
                "ended + transferred_out + closing = 16",
            ],
        ),
        cell(
            "totals of a quarter that is not over",
            control_totals(),
            ("period", "2025-Q4"),
            &["row 2, column period (ky)", "after the extract date 2025-09-20"],
        ),
    ]
}

fn cases_with(column: &str, value: &str) -> Table {
    let mut table = cases();
    set(&mut table, 0, column, value);
    table
}

fn referrals_with(column: &str, value: &str) -> Table {
    let mut table = referrals();
    set(&mut table, 0, column, value);
    table
}
