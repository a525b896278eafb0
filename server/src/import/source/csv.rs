//! CSV. No value of an extract holds a line break, so a line is a row: rows are numbered as in a
//! spreadsheet, and no line is read further than the limit, however long it is.

use std::borrow::Cow;
use std::io::BufRead;

use super::{Problem, ROW_LIMIT, Stop, Visit};

pub(super) fn read(
    mut input: impl BufRead,
    progress: &dyn Fn(u64),
    visit: &mut Visit<'_>,
) -> Result<(), Stop> {
    let mut line = Vec::new();
    let mut delimiter = None;
    let (mut row, mut offset) = (0, 0);
    loop {
        row += 1;
        let start = offset;
        line.clear();
        let read = next_line(&mut input, &mut line, row)?;
        if read == 0 {
            return Ok(());
        }
        offset += read;
        progress(read);
        let text = std::str::from_utf8(&line).map_err(|error| {
            let at = start + u64::try_from(error.valid_up_to()).unwrap_or(0);
            Problem::row(
                row,
                format!("the file is not in UTF-8: byte {at} of the file is no UTF-8 character"),
                "save the extract as CSV UTF-8 (not ANSI, Windows-1258 or TCVN3)",
            )
        })?;
        let text = if row == 1 { text.strip_prefix('\u{feff}').unwrap_or(text) } else { text };
        if text.trim().is_empty() {
            continue;
        }
        let delimiter = match delimiter {
            Some(delimiter) => delimiter,
            None => *delimiter.insert(delimiter_of(text, row)?),
        };
        let cells = split(text, delimiter, row)?;
        // Excel writes rows of separators where rows were cleared.
        if cells.iter().all(|c| c.trim().is_empty()) {
            continue;
        }
        let cells: Vec<&str> = cells.iter().map(AsRef::as_ref).collect();
        if visit(row, &cells).is_break() {
            return Ok(());
        }
    }
}

/// Reads a line, without its end, and returns how many bytes it took; 0 at the end of the file.
fn next_line(input: &mut impl BufRead, line: &mut Vec<u8>, row: u64) -> Result<u64, Stop> {
    let mut read = 0;
    loop {
        let buffer = input.fill_buf()?;
        let end = buffer.iter().position(|b| *b == b'\n');
        let taken = end.map_or(buffer.len(), |i| i + 1);
        line.extend_from_slice(&buffer[..taken]);
        let done = end.is_some() || taken == 0;
        input.consume(taken);
        read += u64::try_from(taken).unwrap_or(0);
        if line.len() > ROW_LIMIT {
            return Err(too_long(row).into());
        }
        if done {
            while matches!(line.last(), Some(b'\n' | b'\r')) {
                line.pop();
            }
            return Ok(read);
        }
    }
}

/// The problem of a row over the limit.
pub(super) fn too_long(row: u64) -> Problem {
    Problem::row(
        row,
        "the row is longer than 1 MiB; the file was not read further",
        "check that each record stands on its own line, and that the file is an extract",
    )
}

/// `,` or `;`, whichever the header line has more of outside quotes.
fn delimiter_of(header: &str, row: u64) -> Result<u8, Stop> {
    let mut quoted = false;
    let (mut commas, mut semicolons, mut tabs) = (0, 0, 0);
    for b in header.bytes() {
        match b {
            b'"' => quoted = !quoted,
            b',' if !quoted => commas += 1,
            b';' if !quoted => semicolons += 1,
            b'\t' if !quoted => tabs += 1,
            _ => {}
        }
    }
    if tabs > commas + semicolons {
        return Err(Problem::row(
            row,
            "the columns are separated by tabs",
            "save the extract as CSV with commas or semicolons",
        )
        .into());
    }
    Ok(if semicolons > commas { b';' } else { b',' })
}

/// The cells of a line.
fn split(line: &str, delimiter: u8, row: u64) -> Result<Vec<Cow<'_, str>>, Stop> {
    if !line.contains('"') {
        return Ok(line.split(char::from(delimiter)).map(Cow::Borrowed).collect());
    }
    if line.bytes().filter(|b| *b == b'"').count() % 2 == 1 {
        return Err(Problem::row(
            row,
            "a quotation mark is not closed on its line; the file was not read further",
            "close it; a value holds no line break",
        )
        .into());
    }
    let mut reader = ::csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(line.as_bytes());
    let mut record = ::csv::StringRecord::new();
    match reader.read_record(&mut record) {
        Ok(_) => Ok(record.iter().map(|c| Cow::Owned(c.to_owned())).collect()),
        Err(error) => Err(Problem::row(
            row,
            format!("the line is not CSV: {error}"),
            "extract the file again",
        )
        .into()),
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Cursor};
    use std::ops::ControlFlow;

    use super::*;

    fn rows(input: &[u8]) -> Result<Vec<(u64, Vec<String>)>, Stop> {
        let mut rows = Vec::new();
        // A small buffer, so that lines cross it.
        read(BufReader::with_capacity(7, Cursor::new(input)), &|_| {}, &mut |row, cells| {
            rows.push((row, cells.iter().map(|c| (*c).to_owned()).collect()));
            ControlFlow::Continue(())
        })?;
        Ok(rows)
    }

    #[test]
    fn rows_keep_their_numbers_over_blank_lines_and_any_line_end() {
        let read =
            rows("\u{feff}a;b\r\n\r\n1;\"2;x\"\r\n;\n3;\"say \"\"4\"\"\"".as_bytes()).unwrap();
        let expected: [(u64, [&str; 2]); 3] =
            [(1, ["a", "b"]), (3, ["1", "2;x"]), (5, ["3", "say \"4\""])];
        assert_eq!(read, expected.map(|(n, c)| (n, c.map(str::to_owned).to_vec())));
    }

    #[test]
    fn a_line_without_end_is_given_up_at_the_limit() {
        let endless = BufReader::new(std::io::repeat(b'x'));
        let stop = read(endless, &|_| {}, &mut |_, _| ControlFlow::Continue(())).unwrap_err();
        assert!(stop.into_problem().to_string().contains("longer than 1 MiB"));
    }

    #[test]
    fn the_first_byte_that_is_not_utf8_is_named() {
        let problem = rows(b"a,b\nx,T\xea\n").unwrap_err().into_problem();
        assert!(problem.to_string().starts_with("row 2: the file is not in UTF-8: byte 7"));
    }
}
