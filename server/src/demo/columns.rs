//! Columns and codes of the files, in English and Vietnamese.
//!
//! They are written down here again rather than taken from the import: the demonstration stands for
//! a foreign register that knows the import only by `docs/EXTRACT.md`.

/// A column: English and Vietnamese header.
type Column = (&'static str, &'static str);

/// Codes in English and Vietnamese.
pub(super) type Codes = &'static [(&'static str, &'static str)];

/// Kinds of records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Table {
    Cases,
    Petitions,
    Receptions,
    Dialogues,
    Referrals,
    ControlTotals,
}

impl Table {
    pub(super) const ALL: [Self; 6] = [
        Self::Cases,
        Self::Petitions,
        Self::Receptions,
        Self::Dialogues,
        Self::Referrals,
        Self::ControlTotals,
    ];

    /// The file's name without its ending.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Cases => "cases",
            Self::Petitions => "petitions",
            Self::Receptions => "receptions",
            Self::Dialogues => "dialogues",
            Self::Referrals => "referrals",
            Self::ControlTotals => "control_totals",
        }
    }

    pub(super) const fn columns(self) -> &'static [Column] {
        match self {
            Self::Cases => CASES,
            Self::Petitions => PETITIONS,
            Self::Receptions => RECEPTIONS,
            Self::Dialogues => DIALOGUES,
            Self::Referrals => REFERRALS,
            Self::ControlTotals => CONTROL_TOTALS,
        }
    }
}

const CASES: &[Column] = &[
    ("record_id", "ma_ho_so"),
    ("extract_date", "ngay_trich_xuat"),
    ("kind", "loai"),
    ("field", "linh_vuc"),
    ("area_code", "ma_xa"),
    ("body_code", "ma_co_quan"),
    ("received_on", "ngay_tiep_nhan"),
    ("second_instance", "giai_quyet_lan_hai"),
    ("accepted_on", "ngay_thu_ly"),
    ("due_on", "han_giai_quyet"),
    ("complexity", "muc_do_phuc_tap"),
    ("extended", "gia_han"),
    ("suspended_on", "ngay_tam_dinh_chi"),
    ("resumed_on", "ngay_tiep_tuc"),
    ("ending", "ket_thuc"),
    ("ended_on", "ngay_ket_thuc"),
    ("finding", "ket_luan"),
    ("mass", "dong_nguoi"),
    ("over_level", "vuot_cap"),
    ("prolonged", "keo_dai"),
    ("people", "so_nguoi"),
    ("complainant_key", "khoa_nguoi_gui"),
    ("money_recovered", "thu_hoi_tien"),
    ("land_recovered", "thu_hoi_dat"),
    ("money_returned", "tra_lai_tien"),
    ("land_returned", "tra_lai_dat"),
    ("persons_restored", "so_nguoi_tra_quyen_loi"),
    ("officials_disciplined", "so_nguoi_kien_nghi_xu_ly"),
    ("money_recovered_done", "da_thu_hoi_tien"),
    ("land_recovered_done", "da_thu_hoi_dat"),
    ("money_returned_done", "da_tra_lai_tien"),
    ("land_returned_done", "da_tra_lai_dat"),
    ("officials_disciplined_done", "so_nguoi_da_xu_ly"),
    ("implement", "phai_thi_hanh"),
    ("implemented_on", "ngay_thi_hanh_xong"),
];

const PETITIONS: &[Column] = &[
    ("record_id", "ma_ho_so"),
    ("extract_date", "ngay_trich_xuat"),
    ("kind", "loai"),
    ("area_code", "ma_xa"),
    ("body_code", "ma_co_quan"),
    ("received_on", "ngay_tiep_nhan"),
    ("channel", "kenh"),
    ("handling", "xu_ly"),
    ("case_id", "ma_vu_viec"),
    ("complainant_key", "khoa_nguoi_gui"),
];

const RECEPTIONS: &[Column] = &[
    ("record_id", "ma_ho_so"),
    ("extract_date", "ngay_trich_xuat"),
    ("body_code", "ma_co_quan"),
    ("held_on", "ngay_tiep"),
    ("type", "hinh_thuc"),
    ("held_by", "nguoi_tiep"),
    ("due", "theo_lich"),
    ("visits", "so_luot"),
    ("people", "so_nguoi"),
    ("matters_first", "vu_viec_lan_dau"),
    ("matters_repeat", "vu_viec_nhieu_lan"),
    ("delegations", "so_doan"),
    ("delegation_people", "so_nguoi_trong_doan"),
];

const DIALOGUES: &[Column] = &[
    ("record_id", "ma_ho_so"),
    ("extract_date", "ngay_trich_xuat"),
    ("case_id", "ma_vu_viec"),
    ("body_code", "ma_co_quan"),
    ("held_on", "ngay_tiep"),
    ("presided_by", "nguoi_chu_tri"),
    ("people", "so_nguoi"),
];

const REFERRALS: &[Column] = &[
    ("record_id", "ma_ho_so"),
    ("extract_date", "ngay_trich_xuat"),
    ("referrer", "noi_chuyen"),
    ("kind", "loai"),
    ("area_code", "ma_xa"),
    ("body_code", "ma_co_quan"),
    ("referred_on", "ngay_chuyen"),
    ("acknowledged_on", "ngay_phuc_dap"),
    ("decision", "xu_ly"),
    ("decided_on", "ngay_xu_ly"),
    ("settled_on", "ngay_giai_quyet"),
    ("notified_on", "ngay_bao_ket_qua"),
    ("petitioned_on", "ngay_kien_nghi_cap_tren"),
    ("superior_decided_on", "ngay_cap_tren_quyet_dinh"),
    ("superior_answered_on", "ngay_cap_tren_tra_loi"),
    ("case_id", "ma_vu_viec"),
    ("complainant_key", "khoa_nguoi_gui"),
];

const CONTROL_TOTALS: &[Column] = &[
    ("record_id", "ma_ho_so"),
    ("extract_date", "ngay_trich_xuat"),
    ("body_code", "ma_co_quan"),
    ("period", "ky"),
    ("opening", "dau_ky"),
    ("entered", "tiep_nhan"),
    ("transferred_in", "nhan_chuyen"),
    ("ended", "ket_thuc"),
    ("transferred_out", "chuyen_di"),
    ("closing", "cuoi_ky"),
];

pub(super) const KIND: Codes = &[
    ("complaint", "khieu_nai"),
    ("recommendation", "kien_nghi_phan_anh"),
    ("denunciation", "to_cao"),
];
pub(super) const FIELD: Codes = &[
    ("land_housing", "dat_dai_nha_cua"),
    ("clearance", "boi_thuong_giai_phong_mat_bang"),
    ("policy", "che_do_chinh_sach"),
    ("civil_service", "cong_chuc_cong_vu"),
    ("environment", "moi_truong"),
    ("other_admin", "hanh_chinh_khac"),
    ("judicial", "tu_phap"),
    ("party", "dang_doan_the"),
    ("corruption", "tham_nhung"),
    ("other", "linh_vuc_khac"),
];
pub(super) const COMPLEXITY: Codes = &[
    ("ordinary", "thuong"),
    ("complicated", "phuc_tap"),
    ("especially_complicated", "dac_biet_phuc_tap"),
];
pub(super) const ENDING: Codes = &[
    ("settled", "da_giai_quyet"),
    ("withdrawn", "rut_don"),
    ("terminated", "dinh_chi"),
    ("transferred_away", "chuyen_ngoai_tinh"),
];
pub(super) const FINDING: Codes = &[
    ("founded", "dung"),
    ("partly", "dung_mot_phan"),
    ("unfounded", "sai"),
    ("upheld", "cong_nhan"),
    ("overturned", "huy_sua"),
    ("answered", "da_tra_loi"),
];
pub(super) const CHANNEL: Codes = &[
    ("reception", "tiep_cong_dan"),
    ("post", "buu_chinh"),
    ("online", "truc_tuyen"),
    ("referral", "chuyen_den"),
];
pub(super) const HANDLING: Codes = &[
    ("pending", "chua_xu_ly"),
    ("ineligible", "khong_du_dieu_kien"),
    ("accepted", "thuoc_tham_quyen"),
    ("guided", "huong_dan"),
    ("transferred", "chuyen_don"),
    ("urged", "don_doc"),
];
pub(super) const RECEPTION_TYPE: Codes =
    &[("regular", "thuong_xuyen"), ("periodic", "dinh_ky"), ("ad_hoc", "dot_xuat")];
pub(super) const HELD_BY: Codes = &[
    ("head", "nguoi_dung_dau"),
    ("delegate", "uy_quyen"),
    ("officer", "can_bo"),
    ("missed", "khong_tiep"),
];
pub(super) const REFERRER: Codes = &[
    ("front", "mat_tran"),
    ("front_member", "thanh_vien_mat_tran"),
    ("assembly", "quoc_hoi"),
    ("council", "hoi_dong_nhan_dan"),
    ("press", "bao_chi"),
];
pub(super) const DECISION: Codes =
    &[("accepted", "thu_ly"), ("declined", "tu_choi"), ("re_transferred", "chuyen_tiep")];
