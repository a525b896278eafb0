//! Which members each dimension has.

use super::{Member, Members};
use crate::area::{self, COMMUNES_SINCE, PROVINCE, Region};
use crate::body::{self, BodyClass};
use crate::classification::{Field, Kind, Referrer};
use crate::locale::{Locale, Text};
use crate::period::Period;

/// Those of every dimension, in the order of `Dim::ALL`.
pub(super) fn all() -> [Members; 5] {
    [areas(), bodies(), kinds(), fields(), referrers()]
}

fn member(code: &str, levels: &[&'static str], vi: &str, en: &str, parent: Option<&str>) -> Member {
    Member {
        code: code.into(),
        levels: levels.to_vec(),
        name: Text::new(vi, en),
        parent: parent.map(Into::into),
        since: None,
        until: None,
    }
}

/// Member code of the agencies that are counted together.
pub const OTHER_AGENCIES: &str = "KHAC";

fn communes_since() -> i32 {
    Period::quarter_of(COMMUNES_SINCE).last_quarter_index()
}

/// Member code of an old district.
#[must_use]
pub fn district_member(code: &str) -> String {
    format!("D{code}")
}

/// Member code of a commune in force since 1 July 2025.
#[must_use]
pub fn commune_member(code: &str) -> String {
    format!("C{code}")
}

/// Member code for matters of an old district that belong to none of its communes.
#[must_use]
pub fn unallocated_member(district: &str) -> String {
    format!("U{district}")
}

fn areas() -> Members {
    let mut list =
        vec![member(PROVINCE, &["province"], "Toàn tỉnh Thanh Hóa", "Thanh Hóa province", None)];
    for region in Region::ALL {
        let (vi, en) = match region {
            Region::Mountain => ("Miền núi", "Mountain districts"),
            Region::Plain => ("Đồng bằng, trung du", "Plain and midland"),
            Region::Coast => ("Ven biển", "Coast"),
        };
        list.push(member(region.code(), &["region"], vi, en, Some(PROVINCE)));
    }
    for d in area::districts26() {
        let code = district_member(d.code);
        let (vi, en) = (format!("{} (cũ)", d.full_name), format!("{} (former district)", d.name));
        list.push(member(&code, &["district"], &vi, &en, Some(d.region.code())));
    }
    for d in area::districts26() {
        let parent = district_member(d.code);
        for c in area::communes_of(d.code) {
            let mut m = member(
                &commune_member(c.code),
                &["commune"],
                c.full_name,
                c.name_en,
                Some(&parent),
            );
            m.since = Some(communes_since());
            list.push(m);
        }
        let mut m = member(
            &unallocated_member(d.code),
            &["commune"],
            &format!("{} (cũ): chưa phân về xã", d.full_name),
            &format!("{} (former district): not allocated to a commune", d.name),
            Some(&parent),
        );
        m.since = Some(communes_since());
        list.push(m);
    }
    Members::new(list)
}

fn bodies() -> Members {
    let (province, district, commune) = ("B-province", "B-district", "B-commune");
    let districts_until = Period::quarter_of(body::DISTRICTS_UNTIL).last_quarter_index();
    let mut list = vec![
        member("all", &["all"], "Tất cả cơ quan", "All bodies", None),
        member(province, &["class"], "Cơ quan cấp tỉnh", "Provincial bodies", Some("all")),
        member(
            district,
            &["class"],
            "UBND cấp huyện (đến 30/06/2025)",
            "District People's Committees (to 30 June 2025)",
            Some("all"),
        ),
        member(
            commune,
            &["class"],
            "UBND cấp xã (từ 01/07/2025)",
            "Commune People's Committees (from 1 July 2025)",
            Some("all"),
        ),
    ];
    list[2].until = Some(districts_until);
    list[3].since = Some(communes_since());

    for b in
        body::bodies().into_iter().filter(|b| b.class == BodyClass::Province && b.code == b.unit)
    {
        let mut m = member(&b.code, &["group", "unit"], &b.name_vi, &b.name_en, Some(province));
        m.since = b.valid_from.map(|d| Period::quarter_of(d).last_quarter_index());
        m.until = b.valid_to.map(|d| Period::quarter_of(d).last_quarter_index());
        list.push(m);
    }
    list.push(member(
        OTHER_AGENCIES,
        &["group", "unit"],
        "Sở, ngành khác",
        "Other departments",
        Some(province),
    ));

    for region in Region::ALL {
        let (vi, en) = match region {
            Region::Mountain => ("miền núi", "mountain"),
            Region::Plain => ("đồng bằng, trung du", "plain"),
            Region::Coast => ("ven biển", "coast"),
        };
        let name = &region.code()[2..];
        let mut d = member(
            &format!("{district}-{name}"),
            &["group"],
            &format!("UBND các huyện {vi}"),
            &format!("District People's Committees, {en}"),
            Some(district),
        );
        d.until = Some(districts_until);
        let mut c = member(
            &format!("{commune}-{name}"),
            &["group"],
            &format!("UBND các xã, phường {vi}"),
            &format!("Commune People's Committees, {en}"),
            Some(commune),
        );
        c.since = Some(communes_since());
        list.extend([d, c]);
    }
    for d in area::districts26() {
        let name = &d.region.code()[2..];
        let mut m = member(
            &format!("UBND-{}", d.code),
            &["unit"],
            &format!("UBND {}", body::lower_first(d.full_name)),
            &format!("People's Committee of {} district", d.name),
            Some(&format!("{district}-{name}")),
        );
        m.until = Some(districts_until);
        let mut c = member(
            &format!("UBNDX-{}", d.code),
            &["unit"],
            &format!("UBND các xã, phường thuộc {} cũ", body::lower_first(d.full_name)),
            &format!("Commune People's Committees in former {} district", d.name),
            Some(&format!("{commune}-{name}")),
        );
        c.since = Some(communes_since());
        list.extend([m, c]);
    }
    // Each commune committee by itself: only the reception schedule, which is about officials.
    for c in area::communes() {
        let mut m = member(
            &format!("UBND-{}", c.code),
            &["commune_body"],
            &format!("UBND {}", body::lower_first(c.full_name)),
            &format!("People's Committee of {}", c.name_en),
            Some(&format!("UBNDX-{}", c.district)),
        );
        m.since = Some(communes_since());
        list.push(m);
    }
    Members::new(list)
}

fn kinds() -> Members {
    let vi = Locale::Vi;
    let en = Locale::En;
    let mut list = vec![
        member("all", &["all"], "Tất cả", "All kinds", None),
        member(
            "civil",
            &["group"],
            "Khiếu nại và kiến nghị, phản ánh",
            "Complaints, recommendations and feedback",
            Some("all"),
        ),
    ];
    for k in [Kind::Complaint, Kind::Recommendation] {
        list.push(member(k.code(), &["kind"], k.name(vi), k.name(en), Some("civil")));
    }
    let d = Kind::Denunciation;
    list.push(member(d.code(), &["group", "kind"], d.name(vi), d.name(en), Some("all")));
    Members::new(list)
}

fn fields() -> Members {
    let mut list = vec![
        member("all", &["all"], "Tất cả lĩnh vực", "All fields", None),
        member(
            "land",
            &["land"],
            "Đất đai (gồm bồi thường)",
            "Land (incl. site clearance)",
            Some("all"),
        ),
        member("nonland", &["land"], "Lĩnh vực ngoài đất đai", "Other than land", Some("all")),
    ];
    for f in Field::ALL {
        let parent = if f.is_land() { "land" } else { "nonland" };
        list.push(member(
            f.code(),
            &["field"],
            f.name(Locale::Vi),
            f.name(Locale::En),
            Some(parent),
        ));
    }
    Members::new(list)
}

fn referrers() -> Members {
    let mut list = vec![member("all", &["all"], "Mọi nơi chuyển", "All referrers", None)];
    for (code, vi, en) in [
        (
            "fronts",
            "Mặt trận Tổ quốc và tổ chức thành viên",
            "Fatherland Front and its member organisations",
        ),
        ("others", "Đại biểu dân cử, báo chí", "Deputies and the press"),
    ] {
        list.push(member(code, &["group"], vi, en, Some("all")));
    }
    for r in Referrer::ALL {
        let group = match r {
            Referrer::Front | Referrer::FrontMember => "fronts",
            Referrer::Assembly | Referrer::Council | Referrer::Press => "others",
        };
        let (vi, en) = (r.name(Locale::Vi), r.name(Locale::En));
        list.push(member(r.code(), &["referrer"], vi, en, Some(group)));
    }
    Members::new(list)
}
