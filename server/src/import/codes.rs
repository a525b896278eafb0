//! The closed lists of codes in extracts: the English code, which the register keeps, and the
//! Vietnamese one.

/// A code in both languages; the register keeps the English one.
#[derive(Clone, Copy, Debug)]
pub struct Code {
    /// English code, as in the vocabulary.
    pub en: &'static str,
    /// Vietnamese code: the legal term without accents.
    pub vi: &'static str,
}

const fn code(en: &'static str, vi: &'static str) -> Code {
    Code { en, vi }
}

/// Kinds of matters.
pub const KIND: &[Code] = &[
    code("complaint", "khieu_nai"),
    code("recommendation", "kien_nghi_phan_anh"),
    code("denunciation", "to_cao"),
];

/// Fields of matters.
pub const FIELD: &[Code] = &[
    code("land_housing", "dat_dai_nha_cua"),
    code("clearance", "boi_thuong_giai_phong_mat_bang"),
    code("policy", "che_do_chinh_sach"),
    code("civil_service", "cong_chuc_cong_vu"),
    code("environment", "moi_truong"),
    code("other_admin", "hanh_chinh_khac"),
    code("judicial", "tu_phap"),
    code("party", "dang_doan_the"),
    code("corruption", "tham_nhung"),
    code("other", "linh_vuc_khac"),
];

/// How complicated a case is.
pub const COMPLEXITY: &[Code] = &[
    code("ordinary", "thuong"),
    code("complicated", "phuc_tap"),
    code("especially_complicated", "dac_biet_phuc_tap"),
];

/// How a case left the stock of open cases.
pub const ENDING: &[Code] = &[
    code("settled", "da_giai_quyet"),
    code("withdrawn", "rut_don"),
    code("terminated", "dinh_chi"),
    code("transferred_away", "chuyen_ngoai_tinh"),
];

/// What a settlement found.
pub const FINDING: &[Code] = &[
    code("founded", "dung"),
    code("partly", "dung_mot_phan"),
    code("unfounded", "sai"),
    code("upheld", "cong_nhan"),
    code("overturned", "huy_sua"),
    code("answered", "da_tra_loi"),
];

/// How a petition arrived.
pub const CHANNEL: &[Code] = &[
    code("reception", "tiep_cong_dan"),
    code("post", "buu_chinh"),
    code("online", "truc_tuyen"),
    code("referral", "chuyen_den"),
];

/// What was done with a petition.
pub const HANDLING: &[Code] = &[
    code("pending", "chua_xu_ly"),
    code("ineligible", "khong_du_dieu_kien"),
    code("accepted", "thuoc_tham_quyen"),
    code("guided", "huong_dan"),
    code("transferred", "chuyen_don"),
    code("urged", "don_doc"),
];

/// Kinds of reception days.
pub const RECEPTION_TYPE: &[Code] =
    &[code("regular", "thuong_xuyen"), code("periodic", "dinh_ky"), code("ad_hoc", "dot_xuat")];

/// Who held a reception day.
pub const HELD_BY: &[Code] = &[
    code("head", "nguoi_dung_dau"),
    code("delegate", "uy_quyen"),
    code("officer", "can_bo"),
    code("missed", "khong_tiep"),
];

/// Who presided over a dialogue.
pub const PRESIDED_BY: &[Code] = &[code("head", "nguoi_dung_dau"), code("delegate", "uy_quyen")];

/// Who transferred a matter to the competent body.
pub const REFERRER: &[Code] = &[
    code("front", "mat_tran"),
    code("front_member", "thanh_vien_mat_tran"),
    code("assembly", "quoc_hoi"),
    code("council", "hoi_dong_nhan_dan"),
    code("press", "bao_chi"),
];

/// What the competent body decided about a referred matter.
pub const DECISION: &[Code] = &[
    code("accepted", "thu_ly"),
    code("declined", "tu_choi"),
    code("re_transferred", "chuyen_tiep"),
];

#[cfg(test)]
mod tests {
    use model::classification as c;

    use super::*;

    #[test]
    fn the_codes_are_those_of_the_vocabulary() {
        fn same<T: Copy>(codes: &[Code], all: &[T], code: fn(T) -> &'static str) {
            let ours: Vec<_> = codes.iter().map(|c| c.en).collect();
            assert_eq!(ours, all.iter().map(|v| code(*v)).collect::<Vec<_>>());
        }
        same(KIND, c::Kind::ALL, c::Kind::code);
        same(FIELD, c::Field::ALL, c::Field::code);
        same(ENDING, c::Ending::ALL, c::Ending::code);
        same(FINDING, c::Finding::ALL, c::Finding::code);
        same(CHANNEL, c::Channel::ALL, c::Channel::code);
        same(HANDLING, c::Handling::ALL, c::Handling::code);
        same(RECEPTION_TYPE, c::ReceptionType::ALL, c::ReceptionType::code);
        same(HELD_BY, c::HeldBy::ALL, c::HeldBy::code);
        same(REFERRER, c::Referrer::ALL, c::Referrer::code);
    }
}
