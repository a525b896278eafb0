//! Builds extract files for tests: rows that are right, to be changed in one place.

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

/// Headers and values of rows that are right, all columns filled where a row can have them.
pub type Table = Vec<Vec<String>>;

fn table(header: &str, rows: &[&str]) -> Table {
    let cells = |line: &str| line.split(',').map(str::to_owned).collect();
    std::iter::once(header).chain(rows.iter().copied()).map(cells).collect()
}

/// A settled complaint, an open denunciation, an answered recommendation.
pub fn cases() -> Table {
    table(
        "record_id,extract_date,kind,field,area_code,body_code,received_on,second_instance,\
         accepted_on,due_on,complexity,extended,suspended_on,resumed_on,ending,ended_on,finding,\
         mass,over_level,prolonged,people,complainant_key,money_recovered,land_recovered,\
         money_returned,land_returned,persons_restored,officials_disciplined,\
         money_recovered_done,land_recovered_done,money_returned_done,land_returned_done,\
         officials_disciplined_done,implement,implemented_on",
        &[
            "VV-1,2025-09-20,complaint,land_housing,14758,UBND-14758,2025-07-10,0,2025-07-15,\
             2025-08-20,complicated,1,2025-07-20,2025-07-25,settled,2025-08-19,founded,0,0,1,3,\
             00112233445566778899aabbccddeeff,12,0,30,450,2,1,12,,20,450,1,1,2025-09-10",
            "VV-2,2025-09-20,denunciation,corruption,14758,TTT,2025-06-20,1,2025-07-01,2025-07-31,\
             ordinary,0,,,,,,1,1,0,7,ffeeddccbbaa99887766554433221100,,,,,,,,,,,,0,",
            "VV-3,2025-09-20,recommendation,environment,14758,UBND-384,2025-06-16,0,2025-06-16,2025-07-16,\
             ordinary,0,,,settled,2025-06-25,answered,0,0,0,1,0123456789abcdef,,,,,,,,,,,,0,",
        ],
    )
}

pub fn petitions() -> Table {
    table(
        "record_id,extract_date,kind,area_code,body_code,received_on,channel,handling,case_id,\
         complainant_key",
        &[
            "D-1,2025-09-20,complaint,14758,TTT,2025-07-10,post,accepted,VV-1,0011223344556677",
            "D-2,2025-09-20,denunciation,14758,TTT,2025-07-10,online,guided,,0011223344556677",
        ],
    )
}

pub fn receptions() -> Table {
    table(
        "record_id,extract_date,body_code,held_on,type,held_by,due,visits,people,matters_first,\
         matters_repeat,delegations,delegation_people",
        &[
            "T-1,2025-09-20,UBNDT,2025-07-15,periodic,head,1,12,25,8,4,2,11",
            "T-2,2025-09-20,UBNDT,2025-08-15,periodic,missed,1,0,0,0,0,0,0",
            "T-3,2025-09-20,UBNDT,2025-08-16,regular,officer,0,3,3,3,0,0,0",
        ],
    )
}

pub fn dialogues() -> Table {
    table(
        "record_id,extract_date,case_id,body_code,held_on,presided_by,people",
        &["DT-1,2025-09-20,VV-1,UBND-14758,2025-08-01,head,5"],
    )
}

pub fn referrals() -> Table {
    table(
        "record_id,extract_date,referrer,kind,area_code,body_code,referred_on,acknowledged_on,\
         decision,decided_on,settled_on,notified_on,petitioned_on,superior_decided_on,\
         superior_answered_on,case_id,complainant_key",
        &[
            "C-1,2025-09-20,front,complaint,14758,UBND-14758,2025-07-02,2025-07-05,accepted,\
             2025-07-10,2025-08-19,2025-08-22,2025-08-29,2025-09-10,2025-09-15,VV-1,0011223344556677",
            "C-2,2025-09-20,press,recommendation,14758,UBND-14758,2025-07-02,,,,,,,,,,0011223344556677",
        ],
    )
}

pub fn control_totals() -> Table {
    table(
        "record_id,extract_date,body_code,period,opening,entered,transferred_in,ended,\
         transferred_out,closing",
        &["UBND-384/2025-Q3,2025-09-20,UBND-384,2025-Q3,10,5,1,6,10,0"],
    )
}

/// Sets the value of `column` in data row `row`, counted from 0.
pub fn set(table: &mut Table, row: usize, column: &str, value: &str) {
    let i = table[0].iter().position(|c| c == column).expect("a column of the table");
    table[row + 1][i] = value.to_owned();
}

/// The table without `column`.
pub fn without(mut table: Table, column: &str) -> Table {
    let i = table[0].iter().position(|c| c == column).expect("a column of the table");
    for row in &mut table {
        row.remove(i);
    }
    table
}

/// The table with one more column.
pub fn with(mut table: Table, column: &str, value: &str) -> Table {
    for (i, row) in table.iter_mut().enumerate() {
        row.push(if i == 0 { column } else { value }.to_owned());
    }
    table
}

pub fn csv(table: &Table) -> Vec<u8> {
    let lines: Vec<_> = table.iter().map(|row| row.join(",")).collect();
    (lines.join("\n") + "\n").into_bytes()
}

/// The same as a Vietnamese Excel saves it: mark, `;`, Vietnamese headers and codes, dd/MM/yyyy,
/// có/không, Windows line ends.
pub fn vietnamese_csv(table: &Table) -> Vec<u8> {
    let mut out = String::from("\u{feff}");
    for row in vietnamese(table) {
        out += &(row.join(";") + "\r\n");
    }
    out.into_bytes()
}

fn vietnamese(table: &Table) -> Table {
    use server::import::column::Type;
    let extract = server::import::extract::EXTRACTS
        .iter()
        .find(|e| table[0].iter().all(|h| e.position(h).is_some()))
        .expect("a known table");
    let columns: Vec<_> =
        table[0].iter().map(|h| &extract.columns[extract.position(h).unwrap()]).collect();
    let header = columns.iter().map(|c| c.vi.to_owned()).collect();
    let rows = table[1..].iter().map(|row| {
        let cells = row.iter().zip(&columns).map(|(cell, column)| match column.holds {
            Type::Code(codes) => {
                codes.iter().find(|c| c.en == cell).map_or("", |c| c.vi).to_owned()
            }
            Type::Date | Type::TimeLimit if !cell.is_empty() => {
                format!("{}/{}/{}", &cell[8..], &cell[5..7], &cell[..4])
            }
            Type::YesNo => match cell.as_str() {
                "1" => "có".to_owned(),
                "0" => "không".to_owned(),
                other => other.to_owned(),
            },
            _ => cell.clone(),
        });
        cells.collect()
    });
    std::iter::once(header).chain(rows).collect()
}

/// A workbook with Vietnamese headers: numbers as numbers, every second date as a real date and
/// the others as texts.
pub fn xlsx(table: &Table) -> Vec<u8> {
    let dates = Format::new().set_num_format("dd/mm/yyyy");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for ((r, row), english) in (0..).zip(vietnamese(table)).zip(table) {
        for ((c, cell), iso) in (0..).zip(row).zip(english) {
            let real =
                ExcelDateTime::parse_from_str(iso).ok().filter(|_| (r + u32::from(c)) % 2 == 0);
            if let Some(day) = real.filter(|_| iso.len() == 10 && iso.as_bytes()[4] == b'-') {
                sheet.write_datetime_with_format(r, c, &day, &dates).unwrap();
            } else if let Ok(number) = cell.parse::<f64>()
                && cell.len() < 15
                && cell.bytes().all(|b| b.is_ascii_digit())
            {
                sheet.write_number(r, c, number).unwrap();
            } else if !cell.is_empty() {
                sheet.write_string(r, c, cell).unwrap();
            }
        }
    }
    // Only the first sheet counts.
    book.add_worksheet().write_string(0, 0, "Ghi chú").unwrap();
    book.save_to_buffer().unwrap()
}
