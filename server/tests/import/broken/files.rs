//! Files that are none, and headers that are wrong.

use super::{Broken, file};
use crate::files::*;

pub fn files() -> Vec<Broken> {
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
        xlsx("XLSX without rows", crate::files::xlsx(&cases()[..1].to_vec()), &["but no rows"]),
    ]
}

pub fn headers() -> Vec<Broken> {
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
