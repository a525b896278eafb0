//! The header line: which kind of extract it is, and which column holds what.

use super::column::Column;
use super::extract::{EXTRACTS, Extract};
use super::personal::{self, folded, redacted};
use super::report::{Problem, Problems};

/// A header that can be read.
#[derive(Debug)]
pub(crate) struct Header {
    pub(crate) extract: &'static Extract,
    /// For each column of the extract, its position in the file.
    pub(crate) positions: Vec<Option<usize>>,
    /// Number of cells of the header line, those without a header included.
    pub(crate) width: usize,
}

fn find(extract: &Extract, header: &str) -> Option<usize> {
    extract.columns.iter().position(|c| c.name == header || c.vi == header)
}

/// Reads the header in row `row`. `None` if it is wrong; what is, goes to `problems`.
///
/// No guessing: a header is one of the two names of a column, or it refuses the file.
pub(crate) fn read(
    row: u64,
    cells: &[&str],
    asked: Option<&'static Extract>,
    problems: &mut Problems,
) -> Option<Header> {
    let mut names: Vec<String> = cells.iter().map(|c| folded(c)).collect();
    names.truncate(names.iter().rposition(|n| !n.is_empty()).map_or(0, |last| last + 1));

    let before = problems.count();
    for (i, name) in names.iter().enumerate() {
        if let Some(what) = personal_data(name) {
            problems.push(Problem {
                row: Some(row),
                column: Some(place(i, name)),
                value: None,
                what: format!("the column looks like personal data ({what})"),
                remedy: "remove this column before the extract leaves the register".into(),
            });
        }
    }
    let Some(extract) = asked.or_else(|| recognise(&names)) else {
        problems.push(Problem::row(
            row,
            "the columns are not those of one kind of extract",
            format!(
                "check the header line against a template, or say what the file holds with \
                 --kind, one of: {}",
                EXTRACTS.iter().map(|e| e.name).collect::<Vec<_>>().join(", ")
            ),
        ));
        return None;
    };

    let mut positions: Vec<Option<usize>> = vec![None; extract.columns.len()];
    for (i, name) in names.iter().enumerate() {
        let problem = |what: String, remedy: &str| Problem {
            row: Some(row),
            column: Some(place(i, name)),
            value: None,
            what,
            remedy: remedy.to_owned(),
        };
        match find(extract, name) {
            Some(c) => match positions[c] {
                None => positions[c] = Some(i),
                Some(first) => problems.push(problem(
                    format!(
                        "the file has this column twice, also as {}",
                        place(first, &names[first])
                    ),
                    "keep one of the two",
                )),
            },
            None if personal_data(name).is_some() => {}
            None if name.is_empty() => problems.push(problem(
                "the column has no header".into(),
                "give it one of the headers of the template, or remove it",
            )),
            None => problems.push(problem(
                format!("there is no such column in {}", extract.name),
                "use the headers of the template; remove what is not in it",
            )),
        }
    }
    for (column, position) in extract.columns.iter().zip(&positions) {
        if column.required && position.is_none() {
            problems.push(missing(row, column, extract));
        }
    }
    (problems.count() == before).then_some(Header { extract, positions, width: cells.len() })
}

fn missing(row: u64, column: &Column, extract: &Extract) -> Problem {
    Problem {
        row: Some(row),
        column: Some(column.title()),
        value: None,
        what: format!("the column is missing; {} need it", extract.name),
        remedy: format!("add a column {} or {}", column.name, column.vi),
    }
}

/// What personal data a header that no extract knows looks like.
fn personal_data(name: &str) -> Option<&'static str> {
    if EXTRACTS.iter().any(|e| find(e, name).is_some()) {
        return None;
    }
    // A file without a header line has a person's data here.
    personal::header(name).or_else(|| personal::value(name))
}

/// The extract that has the most of the headers and misses the fewest; `None` if two tie or
/// hardly any header is known.
fn recognise(names: &[String]) -> Option<&'static Extract> {
    let scored = EXTRACTS.iter().map(|e| {
        let known: Vec<_> = names.iter().filter_map(|n| find(e, n)).collect();
        let missing =
            e.columns.iter().enumerate().filter(|(i, c)| c.required && !known.contains(i)).count();
        (2 * i64::try_from(known.len()).unwrap_or(0) - i64::try_from(missing).unwrap_or(0), e)
    });
    let mut scored: Vec<_> = scored.collect();
    scored.sort_by_key(|(score, _)| -score);
    let (best, second) = (scored.first()?, scored.get(1)?);
    (best.0 > 0 && best.0 > second.0).then_some(best.1)
}

/// A column as a spreadsheet names it, with its header where that can be shown: `C (kind)`.
fn place(index: usize, name: &str) -> String {
    let mut letters = String::new();
    let mut n = index + 1;
    while n > 0 {
        letters.insert(0, char::from(b'A' + u8::try_from((n - 1) % 26).unwrap_or(0)));
        n = (n - 1) / 26;
    }
    if name.is_empty() { letters } else { format!("{letters} ({})", redacted(name)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(cells: &[&str]) -> Vec<String> {
        let mut problems = Problems::default();
        let header = read(1, cells, None, &mut problems);
        assert_eq!(header.is_none(), !problems.is_empty());
        problems.into_report("x".into()).problems.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn each_kind_is_recognised_by_its_headers_in_either_language() {
        for e in EXTRACTS {
            for name in [|c: &Column| c.name, |c: &Column| c.vi] {
                let all: Vec<_> = e.columns.iter().map(name).collect();
                let required: Vec<_> = e.columns.iter().filter(|c| c.required).map(name).collect();
                for names in [all, required] {
                    let mut problems = Problems::default();
                    let header = read(1, &names, None, &mut problems).unwrap();
                    assert_eq!(header.extract.name, e.name);
                }
            }
        }
    }

    #[test]
    fn headers_may_differ_in_case_blanks_and_normal_form() {
        let e = &EXTRACTS[3];
        let names: Vec<_> =
            e.columns.iter().map(|c| format!("\u{feff} {} ", c.name.to_uppercase())).collect();
        let names: Vec<_> = names.iter().map(String::as_str).collect();
        assert!(read(1, &names, None, &mut Problems::default()).is_some());
    }

    #[test]
    fn a_first_row_of_data_is_not_shown() {
        let said = problems(&["Nguyễn Văn A", "0912345678", "complaint"]).join("\n");
        assert!(!said.contains("Nguy") && !said.contains("0912"), "{said}");
        assert!(said.contains("column B (9999999999): the column looks like personal data"));
    }

    #[test]
    fn columns_are_lettered_as_in_a_spreadsheet() {
        assert_eq!([place(0, ""), place(25, ""), place(26, "")], ["A", "Z", "AA"]);
    }
}
