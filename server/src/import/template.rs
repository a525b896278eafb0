//! Empty extracts and the data dictionary, made from the columns that the import reads.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

use model::Locale;
use rust_xlsxwriter::{DataValidation, Format, Note, Workbook, Worksheet, XlsxError};

use super::column::{Column, Type};
use super::extract::{EXTRACTS, Extract};

/// Templates could not be written.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// A file could not be written.
    #[error("can't write {path}")]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A workbook could not be made.
    #[error("can't make the workbook {path}")]
    Workbook {
        /// The file.
        path: PathBuf,
        /// Why.
        source: XlsxError,
    },
}

/// Writes to `dir`, which is made if need be: for each kind of extract an empty CSV file with
/// English headers and an empty workbook with Vietnamese ones, and the data dictionary in both
/// languages. Returns the files.
///
/// # Errors
///
/// If a file can't be written.
pub fn write_templates(dir: &Path) -> Result<Vec<PathBuf>, TemplateError> {
    let write = |path: PathBuf, content: &[u8]| match fs::write(&path, content) {
        Ok(()) => Ok(path),
        Err(source) => Err(TemplateError::Write { path, source }),
    };
    fs::create_dir_all(dir)
        .map_err(|source| TemplateError::Write { path: dir.to_owned(), source })?;
    let mut files = Vec::new();
    for extract in EXTRACTS {
        let headers: Vec<_> = extract.columns.iter().map(|c| c.name).collect();
        let line = headers.join(",") + "\n";
        files.push(write(dir.join(format!("{}.csv", extract.name)), line.as_bytes())?);
        let path = dir.join(format!("{}.xlsx", extract.vi));
        match workbook(extract) {
            Ok(bytes) => files.push(write(path, &bytes)?),
            Err(source) => return Err(TemplateError::Workbook { path, source }),
        }
    }
    for (locale, name) in [(Locale::Vi, "tu_dien_du_lieu.md"), (Locale::En, "data_dictionary.md")] {
        files.push(write(dir.join(name), dictionary(locale).as_bytes())?);
    }
    Ok(files)
}

/// Rows of a template that are prepared with formats and lists of codes.
const PREPARED_ROWS: u32 = 10_000;

fn workbook(extract: &Extract) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name(extract.vi)?;
    sheet.set_freeze_panes(1, 0)?;
    let required = Format::new().set_bold().set_background_color("#DCE6F1");
    let optional = Format::new().set_bold();
    for (i, column) in (0..).zip(extract.columns) {
        let header = if column.required { &required } else { &optional };
        sheet.write_string_with_format(0, i, column.vi, header)?;
        let note = format!("{}\n{}", column.meaning_vi, content(column, Locale::Vi));
        sheet.insert_note(0, i, &Note::new(note).add_author_prefix(false))?;
        sheet.set_column_width(i, 18)?;
        sheet.set_column_format(i, &Format::new().set_num_format(number_format(column.holds)))?;
        let list = match column.holds {
            Type::Code(codes) => codes.iter().map(|c| c.vi).collect(),
            Type::YesNo => vec!["có", "không"],
            _ => continue,
        };
        let list = DataValidation::new().allow_list_strings(&list)?;
        sheet.add_data_validation(1, i, PREPARED_ROWS, i, &list)?;
    }
    explain(book.add_worksheet(), extract)?;
    book.save_to_buffer()
}

const fn number_format(holds: Type) -> &'static str {
    match holds {
        Type::Date | Type::TimeLimit => "dd/mm/yyyy",
        Type::Count { .. } | Type::Amount => "0",
        _ => "@",
    }
}

/// The second sheet of a template: what the columns mean. The import reads the first only.
fn explain(sheet: &mut Worksheet, extract: &Extract) -> Result<(), XlsxError> {
    sheet.set_name("Giải thích")?;
    let bold = Format::new().set_bold();
    for (i, title) in (0..).zip(TITLES_VI) {
        sheet.write_string_with_format(0, i, title, &bold)?;
        sheet.set_column_width(i, if i < 3 { 24 } else { 60 })?;
    }
    for (row, column) in (1..).zip(extract.columns) {
        for (i, text) in (0..).zip(cells(column, Locale::Vi)) {
            sheet.write_string(row, i, text)?;
        }
    }
    Ok(())
}

const TITLES_VI: [&str; 5] = ["Tên cột", "Tên tiếng Anh", "Bắt buộc", "Nội dung", "Ý nghĩa"];
const TITLES_EN: [&str; 5] = ["Column", "Vietnamese header", "Required", "Content", "Meaning"];

fn cells(column: &Column, locale: Locale) -> [String; 5] {
    let [first, second, yes, no, meaning] = match locale {
        Locale::Vi => [column.vi, column.name, "có", "không", column.meaning_vi],
        Locale::En => [column.name, column.vi, "yes", "no", column.meaning_en],
    };
    let required = if column.required { yes } else { no };
    [first.into(), second.into(), required.into(), content(column, locale), meaning.into()]
}

/// What a cell holds, in words.
fn content(column: &Column, locale: Locale) -> String {
    let vi = locale == Locale::Vi;
    let text = |a: &str, b: &str| if vi { a.to_owned() } else { b.to_owned() };
    match column.holds {
        Type::Id => {
            text("1-40 chữ cái không dấu, chữ số, dấu - _ / .", "1-40 letters, digits, - _ / .")
        }
        Type::Date => text(
            "ngày dd/MM/yyyy hoặc yyyy-MM-dd, không sau ngày trích xuất",
            "date dd/MM/yyyy or yyyy-MM-dd, not after the extract date",
        ),
        Type::TimeLimit => text("ngày dd/MM/yyyy hoặc yyyy-MM-dd", "date dd/MM/yyyy or yyyy-MM-dd"),
        Type::Code(codes) => {
            let list: Vec<_> = codes
                .iter()
                .map(|c| {
                    if vi { format!("{} ({})", c.vi, c.en) } else { format!("{} ({})", c.en, c.vi) }
                })
                .collect();
            list.join(", ")
        }
        Type::YesNo => text("có/không, 1/0", "yes/no, 1/0"),
        Type::Count { min: 1 } => text("số nguyên, từ 1", "whole number, from 1"),
        Type::Count { .. } | Type::Amount => text("số nguyên, từ 0", "whole number, from 0"),
        Type::Area { on } => {
            if vi {
                format!("mã xã 5 chữ số, có hiệu lực vào ngày ở cột {on}")
            } else {
                format!("commune code, 5 digits, in force on the day in {on}")
            }
        }
        Type::Body => text("mã cơ quan: SNNMT, UBND-14845", "body code: SNNMT, UBND-14845"),
        Type::Key => text("16-64 chữ số thập lục phân", "16-64 hexadecimal digits"),
        Type::Quarter => text("quý báo cáo: 2026-Q3", "report quarter: 2026-Q3"),
    }
}

/// The data dictionary in Markdown.
fn dictionary(locale: Locale) -> String {
    let vi = locale == Locale::Vi;
    let mut out = String::from(if vi {
        "# Từ điển dữ liệu trích xuất\n\n\
         Không có họ tên, địa chỉ, số điện thoại, số định danh, không có văn bản tự do.\n"
    } else {
        "# Data dictionary of the extracts\n\n\
         No names, addresses, phone or identity numbers, no free text.\n"
    });
    for extract in EXTRACTS {
        let (title, other, row) = match locale {
            Locale::Vi => (extract.vi, extract.name, extract.row_vi),
            Locale::En => (extract.name, extract.vi, extract.row_en),
        };
        let each = if vi { "Mỗi dòng là" } else { "A row is" };
        let titles = if vi { TITLES_VI } else { TITLES_EN };
        // Writing to a string can't fail.
        let _ = write!(out, "\n## {title} ({other})\n\n{each} {row}.\n\n");
        let _ = writeln!(out, "| {} |\n|---|---|---|---|---|", titles.join(" | "));
        for column in extract.columns {
            let _ = writeln!(out, "| {} |", cells(column, locale).join(" | "));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use super::super::read::{Piece, Reading, read};
    use super::*;

    #[test]
    fn a_template_is_an_extract_without_rows() {
        let dir = tempfile::tempdir().unwrap();
        let files = write_templates(dir.path()).unwrap();
        assert_eq!(files.len(), 2 * EXTRACTS.len() + 2);
        let reading = Reading { kind: None, today: jiff::civil::date(2026, 10, 1) };
        for path in files.iter().filter(|f| f.extension().is_some_and(|e| e != "md")) {
            let mut kind = None;
            let report = read(path, reading, &|_| {}, &mut |piece| {
                if let Piece::Kind(extract) = piece {
                    kind = Some(extract);
                }
                ControlFlow::Continue(())
            })
            .unwrap_err();
            let name = path.file_stem().unwrap().to_str().unwrap();
            assert!(kind.is_some_and(|e| e.name == name || e.vi == name), "{name}");
            assert!(report.to_string().contains("a header but no rows"), "{report}");
        }
    }

    #[test]
    fn the_dictionary_explains_every_column_in_both_languages() {
        let (vi, en) = (dictionary(Locale::Vi), dictionary(Locale::En));
        for column in EXTRACTS.iter().flat_map(|e| e.columns) {
            assert!(vi.contains(&format!("| {} | {} |", column.vi, column.name)));
            assert!(en.contains(&format!("| {} | {} |", column.name, column.vi)));
            assert!(vi.contains(column.meaning_vi) && en.contains(column.meaning_en));
        }
    }
}
