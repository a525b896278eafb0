//! The report as a workbook: one row a figure, with its permanent name.

use app::data::report::Report;
use app::data::{Figure, Value};
use app::routes::Page;
use model::{Locale, day};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

/// Columns in Vietnamese and English, with their widths in characters.
const COLUMNS: [(&str, &str, f64); 13] = [
    ("Bảng", "Table", 6.0),
    ("Tên bảng", "Title", 34.0),
    ("Mã bảng", "Table code", 18.0),
    ("Loại số liệu", "Kind of data", 28.0),
    ("Chỉ tiêu", "Item", 42.0),
    ("Đơn vị tính", "Unit", 12.0),
    ("Kỳ này", "This period", 12.0),
    ("Cùng kỳ năm trước", "Same period a year before", 14.0),
    ("Mã số liệu", "Figure id", 20.0),
    ("Mã số liệu năm trước", "Figure id a year before", 20.0),
    ("Kỳ công bố", "Release", 12.0),
    ("Kỳ công bố năm trước", "Release a year before", 12.0),
    ("Trang của số liệu", "Page of the figure", 46.0),
];

/// The workbook of `report`; `origin` is the portal's address, which addresses of figures begin with. What
/// is withheld, not collected or not published has its mark in place of a number. The same report gives
/// the same bytes.
///
/// # Errors
///
/// When the workbook can't be made.
pub fn bytes(report: &Report, origin: Option<&str>, locale: Locale) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let words = |vi: &'static str, en: &'static str| match locale {
        Locale::Vi => vi,
        Locale::En => en,
    };
    let title = words("Báo cáo giám sát", "Supervision report");
    let published = report.release.published_on;
    let (year, month, on) = (published.year(), published.month(), published.day());
    let created = ExcelDateTime::from_ymd(
        u16::try_from(year).unwrap_or_default(),
        u8::try_from(month).unwrap_or(1),
        u8::try_from(on).unwrap_or(1),
    )?;
    let properties = DocProperties::new().set_title(title).set_creation_datetime(&created);
    workbook.set_properties(&properties);
    let sheet = workbook.add_worksheet();
    sheet.set_name(words("Báo cáo", "Report"))?;
    let bold = Format::new().set_bold();
    let head = Format::new().set_bold().set_text_wrap();
    let number = Format::new().set_num_format("#,##0");

    sheet.write_with_format(0, 0, title, &bold)?;
    let period = format!(
        "{} ({} – {})",
        report.period.name(locale),
        day::iso(report.period.start()),
        day::iso(report.period.end())
    );
    let simulated = words("Dữ liệu mô phỏng", "Simulated data");
    let about = [
        Some(report.subject.name(locale).to_owned()),
        Some(period),
        report.release.simulated.then(|| simulated.to_owned()),
        Some(
            words(
                "x: giữ kín để bảo vệ người dân; “:” không thu thập; “.” không có",
                "x: withheld to protect people; “:” not collected; “.” not applicable",
            )
            .to_owned(),
        ),
    ];
    let mut row = 1;
    for line in about.into_iter().flatten() {
        sheet.write(row, 0, line)?;
        row += 1;
    }
    row += 1;
    for (column, (vi, en, width)) in (0..).zip(COLUMNS) {
        sheet.write_with_format(row, column, words(vi, en), &head)?;
        sheet.set_column_width(column, width)?;
    }
    sheet.set_freeze_panes(row + 1, 0)?;
    for table in report.tables() {
        for part in &table.parts {
            let of = table.part_name(part, locale).unwrap_or_default();
            for line in &part.rows {
                row += 1;
                sheet.write(row, 0, u32::try_from(table.number).unwrap_or_default())?;
                sheet.write(row, 1, table.heading(locale))?;
                sheet.write(row, 2, table.id.as_str())?;
                sheet.write(row, 3, of.as_str())?;
                sheet.write(row, 4, line.item.name(locale))?;
                sheet.write(row, 5, line.item.unit().name(locale))?;
                value(sheet, row, 6, line.figure, &number)?;
                value(sheet, row, 7, line.before, &number)?;
                let name = |figure: Figure| figure.id.map(|id| id.to_string());
                sheet.write(row, 8, name(line.figure).unwrap_or_default())?;
                sheet.write(row, 9, name(line.before).unwrap_or_default())?;
                sheet.write(row, 10, table.release.id.to_string())?;
                let before = table.before.as_ref().filter(|_| line.before.id.is_some());
                sheet.write(row, 11, before.map(|r| r.id.to_string()).unwrap_or_default())?;
                if let (Some(origin), Some(name)) = (origin, name(line.figure)) {
                    let page = Page::Figure.path_of(locale, &name);
                    sheet.write(row, 12, format!("{origin}{page}"))?;
                }
            }
        }
    }
    workbook.save_to_buffer()
}

/// A number, or the mark of what is missing.
fn value(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    figure: Figure,
    number: &Format,
) -> Result<(), XlsxError> {
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
    match figure.value {
        Value::Shown(value) => sheet.write_with_format(row, column, value as f64, number)?,
        Value::Absent => sheet,
        missing => sheet.write(row, column, missing.mark())?,
    };
    Ok(())
}
