//! The six extracts, and which rules hold between the columns of each. `docs/EXTRACT.md` describes the same to
//! those who send extracts.

mod columns;

use columns::{CASES, CONTROL_TOTALS, DIALOGUES, PETITIONS, RECEPTIONS, REFERRALS};

use super::column::Column;
use super::report::Findings;
use super::row::Row;
use super::rules;

/// One kind of extract.
#[derive(Debug)]
pub struct Extract {
    /// English name, also the register's table: `cases`.
    pub name: &'static str,
    /// Vietnamese name: `vu_viec`.
    pub vi: &'static str,
    /// What a row is, in Vietnamese.
    pub row_vi: &'static str,
    /// What a row is, in English.
    pub row_en: &'static str,
    /// Its columns.
    pub columns: &'static [Column],
    /// The rules between the columns of a row.
    pub(crate) check: fn(&Row<'_>, &mut Findings<'_>),
}

impl Extract {
    /// The position of the column with the English name `name`.
    #[must_use]
    pub fn position(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|c| c.name == name)
    }
}

/// The extract with the English or Vietnamese name `name`.
#[must_use]
pub fn extract(name: &str) -> Option<&'static Extract> {
    EXTRACTS.iter().find(|e| e.name == name || e.vi == name)
}

/// All kinds of extracts.
pub const EXTRACTS: &[Extract] = &[
    Extract {
        name: "cases",
        vi: "vu_viec",
        row_vi: "một vụ việc",
        row_en: "one case",
        columns: CASES,
        check: rules::case,
    },
    Extract {
        name: "petitions",
        vi: "don",
        row_vi: "một đơn",
        row_en: "one petition",
        columns: PETITIONS,
        check: |_, _| {},
    },
    Extract {
        name: "receptions",
        vi: "tiep_dan",
        row_vi: "một ngày tiếp công dân của một cơ quan",
        row_en: "one reception day of one body",
        columns: RECEPTIONS,
        check: rules::reception,
    },
    Extract {
        name: "dialogues",
        vi: "doi_thoai",
        row_vi: "một cuộc đối thoại",
        row_en: "one dialogue",
        columns: DIALOGUES,
        check: |_, _| {},
    },
    Extract {
        name: "referrals",
        vi: "chuyen_don",
        row_vi: "một vụ việc được chuyển đến cơ quan có thẩm quyền",
        row_en: "one matter transferred to the competent body",
        columns: REFERRALS,
        check: rules::referral,
    },
    Extract {
        name: "control_totals",
        vi: "so_lieu_kiem_soat",
        row_vi: "số liệu một cơ quan tự báo cáo cho một quý, mọi loại vụ việc",
        row_en: "what a body itself reported for a quarter, all cases of all kinds",
        columns: CONTROL_TOTALS,
        check: rules::control_total,
    },
];

#[cfg(test)]
mod tests {
    use super::super::column::Type::{Area, Code};
    use super::*;

    #[test]
    fn no_two_columns_of_an_extract_share_a_header() {
        for e in EXTRACTS {
            let mut names: Vec<_> = e.columns.iter().flat_map(|c| [c.name, c.vi]).collect();
            let n = names.len();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), n, "{}", e.name);
        }
    }

    #[test]
    fn every_area_names_the_column_of_its_day() {
        for e in EXTRACTS {
            for c in e.columns {
                if let Area { on } = c.holds {
                    assert!(e.position(on).is_some());
                }
            }
        }
    }

    #[test]
    fn the_format_description_names_every_column_and_code() {
        let doc = include_str!("../../../docs/EXTRACT.md");
        for e in EXTRACTS {
            assert!(doc.contains(&format!("## {} ({})", e.name, e.vi)));
            for c in e.columns {
                assert!(doc.contains(c.name) && doc.contains(c.vi), "{} {}", e.name, c.title());
                if let Code(codes) = c.holds
                    && c.name != "field"
                {
                    for code in codes {
                        assert!(doc.contains(code.en) && doc.contains(code.vi), "{code:?}");
                    }
                }
            }
        }
    }
}
