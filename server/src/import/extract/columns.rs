//! The columns of each extract, in the order in which the register's tables have them.

use super::super::codes;
use super::super::column::Type::{
    Amount, Area, Body, Code, Count, Date, Id, Key, Quarter, TimeLimit, YesNo,
};
use super::super::column::{Column, Type};

pub(super) const CASES: &[Column] = &[
    RECORD_ID,
    EXTRACT_DATE,
    KIND,
    needed("field", "linh_vuc", Code(codes::FIELD), "Lĩnh vực", "Field of the matter"),
    area("received_on"),
    body("Cơ quan có thẩm quyền vào ngày trích xuất", "Body competent on the extract date"),
    needed("received_on", "ngay_tiep_nhan", Date, "Ngày tiếp nhận", "Day of reception"),
    optional(
        "second_instance",
        "giai_quyet_lan_hai",
        YesNo,
        "Khiếu nại lần hai hoặc tố cáo tiếp",
        "Second settlement of a complaint, or continued denunciation",
    ),
    optional("accepted_on", "ngay_thu_ly", Date, "Ngày thụ lý", "Day of acceptance"),
    optional(
        "due_on",
        "han_giai_quyet",
        TimeLimit,
        "Hạn giải quyết, kể cả gia hạn và thời gian tạm đình chỉ",
        "Last day for settlement, as extended or suspended",
    ),
    Column {
        name: "complexity",
        vi: "muc_do_phuc_tap",
        required: false,
        holds: Code(codes::COMPLEXITY),
        default: Some("ordinary"),
        meaning_vi: "Mức độ phức tạp; để trống là thường",
        meaning_en: "How complicated the case is; empty means ordinary",
    },
    optional("extended", "gia_han", YesNo, "Đã gia hạn giải quyết", "The time limit was extended"),
    optional(
        "suspended_on",
        "ngay_tam_dinh_chi",
        Date,
        "Ngày tạm đình chỉ",
        "Day settlement was suspended",
    ),
    optional("resumed_on", "ngay_tiep_tuc", Date, "Ngày tiếp tục", "Day settlement was resumed"),
    optional("ending", "ket_thuc", Code(codes::ENDING), "Cách kết thúc", "How the case ended"),
    optional("ended_on", "ngay_ket_thuc", Date, "Ngày kết thúc", "Day the case ended"),
    optional(
        "finding",
        "ket_luan",
        Code(codes::FINDING),
        "Kết luận giải quyết",
        "What the settlement found",
    ),
    optional("mass", "dong_nguoi", YesNo, "Vụ việc đông người", "Brought by many people"),
    optional("over_level", "vuot_cap", YesNo, "Vượt cấp", "Sent above the competent level"),
    optional(
        "prolonged",
        "keo_dai",
        YesNo,
        "Có trong danh mục vụ việc tồn đọng, kéo dài của cơ quan",
        "On the body's list of backlogged, prolonged cases",
    ),
    needed(
        "people",
        "so_nguoi",
        Count { min: 1 },
        "Số người đứng tên",
        "Number of people who brought it",
    ),
    KEY,
    optional(
        "money_recovered",
        "thu_hoi_tien",
        Amount,
        "Tiền thu hồi cho Nhà nước, triệu đồng",
        "Money recovered for the State, million VND",
    ),
    optional(
        "land_recovered",
        "thu_hoi_dat",
        Amount,
        "Đất thu hồi cho Nhà nước, m²",
        "Land recovered for the State, m²",
    ),
    optional(
        "money_returned",
        "tra_lai_tien",
        Amount,
        "Tiền trả lại cho tổ chức, cá nhân, triệu đồng",
        "Money returned to people and organisations, million VND",
    ),
    optional(
        "land_returned",
        "tra_lai_dat",
        Amount,
        "Đất trả lại cho tổ chức, cá nhân, m²",
        "Land returned to people and organisations, m²",
    ),
    optional(
        "persons_restored",
        "so_nguoi_tra_quyen_loi",
        Count { min: 0 },
        "Số người được trả lại quyền lợi",
        "People whose rights were restored",
    ),
    optional(
        "officials_disciplined",
        "so_nguoi_kien_nghi_xu_ly",
        Count { min: 0 },
        "Số người bị kiến nghị xử lý",
        "Officials for whom discipline was recommended",
    ),
    optional(
        "money_recovered_done",
        "da_thu_hoi_tien",
        Amount,
        "Trong đó tiền đã thu hồi, triệu đồng",
        "Of the money to be recovered, recovered by the extract date, million VND",
    ),
    optional(
        "land_recovered_done",
        "da_thu_hoi_dat",
        Amount,
        "Trong đó đất đã thu hồi, m²",
        "Of the land to be recovered, recovered by the extract date, m²",
    ),
    optional(
        "money_returned_done",
        "da_tra_lai_tien",
        Amount,
        "Trong đó tiền đã trả lại, triệu đồng",
        "Of the money to be returned, returned by the extract date, million VND",
    ),
    optional(
        "land_returned_done",
        "da_tra_lai_dat",
        Amount,
        "Trong đó đất đã trả lại, m²",
        "Of the land to be returned, returned by the extract date, m²",
    ),
    optional(
        "officials_disciplined_done",
        "so_nguoi_da_xu_ly",
        Count { min: 0 },
        "Trong đó số người đã bị xử lý",
        "Of the officials recommended for discipline, disciplined by the extract date",
    ),
    optional(
        "implement",
        "phai_thi_hanh",
        YesNo,
        "Quyết định phải thi hành",
        "The decision has to be carried out",
    ),
    optional(
        "implemented_on",
        "ngay_thi_hanh_xong",
        Date,
        "Ngày thi hành xong",
        "Day it was carried out",
    ),
];

pub(super) const PETITIONS: &[Column] = &[
    RECORD_ID,
    EXTRACT_DATE,
    KIND,
    area("received_on"),
    body("Cơ quan tiếp nhận đơn", "Body that received the petition"),
    needed("received_on", "ngay_tiep_nhan", Date, "Ngày tiếp nhận", "Day of reception"),
    needed("channel", "kenh", Code(codes::CHANNEL), "Kênh tiếp nhận", "How it arrived"),
    needed(
        "handling",
        "xu_ly",
        Code(codes::HANDLING),
        "Kết quả xử lý đơn",
        "What was done with it",
    ),
    case_id(false),
    KEY,
];

pub(super) const RECEPTIONS: &[Column] = &[
    RECORD_ID,
    EXTRACT_DATE,
    body("Cơ quan tiếp công dân", "Body that received citizens"),
    needed("held_on", "ngay_tiep", Date, "Ngày tiếp", "Day of the reception"),
    needed(
        "type",
        "hinh_thuc",
        Code(codes::RECEPTION_TYPE),
        "Hình thức tiếp",
        "Kind of reception day",
    ),
    needed("held_by", "nguoi_tiep", Code(codes::HELD_BY), "Người tiếp", "Who held it"),
    needed(
        "due",
        "theo_lich",
        YesNo,
        "Theo lịch hoặc theo quy định của luật",
        "Due by law or schedule",
    ),
    needed("visits", "so_luot", Count { min: 0 }, "Số lượt tiếp", "Number of receptions"),
    needed("people", "so_nguoi", Count { min: 0 }, "Số người được tiếp", "People received"),
    needed(
        "matters_first",
        "vu_viec_lan_dau",
        Count { min: 0 },
        "Số vụ việc tiếp lần đầu",
        "Matters brought for the first time",
    ),
    needed(
        "matters_repeat",
        "vu_viec_nhieu_lan",
        Count { min: 0 },
        "Số vụ việc tiếp nhiều lần",
        "Matters brought again",
    ),
    needed(
        "delegations",
        "so_doan",
        Count { min: 0 },
        "Số đoàn đông người (từ 5 người)",
        "Delegations (of at least 5 people)",
    ),
    needed(
        "delegation_people",
        "so_nguoi_trong_doan",
        Count { min: 0 },
        "Số người trong các đoàn",
        "People in delegations",
    ),
];

pub(super) const DIALOGUES: &[Column] = &[
    RECORD_ID,
    EXTRACT_DATE,
    case_id(true),
    body("Cơ quan tổ chức đối thoại", "Body that held the dialogue"),
    needed("held_on", "ngay_tiep", Date, "Ngày đối thoại", "Day of the dialogue"),
    needed(
        "presided_by",
        "nguoi_chu_tri",
        Code(codes::PRESIDED_BY),
        "Người chủ trì",
        "Who presided",
    ),
    needed("people", "so_nguoi", Count { min: 1 }, "Số người dự đối thoại", "People who took part"),
];

pub(super) const REFERRALS: &[Column] = &[
    RECORD_ID,
    EXTRACT_DATE,
    needed("referrer", "noi_chuyen", Code(codes::REFERRER), "Nơi chuyển", "Who transferred it"),
    KIND,
    area("referred_on"),
    body("Cơ quan nhận", "Body it was transferred to"),
    needed("referred_on", "ngay_chuyen", Date, "Ngày chuyển", "Day of the transfer"),
    optional(
        "acknowledged_on",
        "ngay_phuc_dap",
        Date,
        "Ngày phúc đáp nơi chuyển",
        "Day the body acknowledged it",
    ),
    optional("decision", "xu_ly", Code(codes::DECISION), "Kết quả xử lý", "What the body decided"),
    optional("decided_on", "ngay_xu_ly", Date, "Ngày xử lý", "Day of that decision"),
    optional("settled_on", "ngay_giai_quyet", Date, "Ngày giải quyết", "Day of settlement"),
    optional(
        "notified_on",
        "ngay_bao_ket_qua",
        Date,
        "Ngày báo kết quả cho nơi chuyển",
        "Day the referrer was told the result",
    ),
    optional(
        "petitioned_on",
        "ngay_kien_nghi_cap_tren",
        Date,
        "Ngày Mặt trận kiến nghị cấp trên trực tiếp, vì không đồng ý với kết quả",
        "Day the Front, not agreeing with the result, petitioned the body's superior",
    ),
    optional(
        "superior_decided_on",
        "ngay_cap_tren_quyet_dinh",
        Date,
        "Ngày cấp trên ra quyết định",
        "Day the superior decided",
    ),
    optional(
        "superior_answered_on",
        "ngay_cap_tren_tra_loi",
        Date,
        "Ngày cấp trên trả lời Mặt trận",
        "Day the superior answered the Front",
    ),
    case_id(false),
    KEY,
];

pub(super) const CONTROL_TOTALS: &[Column] = &[
    RECORD_ID,
    EXTRACT_DATE,
    body("Cơ quan báo cáo", "Body that reports"),
    needed("period", "ky", Quarter, "Quý báo cáo", "Report quarter"),
    needed("opening", "dau_ky", Count { min: 0 }, "Kỳ trước chuyển sang", "Open at the start"),
    needed("entered", "tiep_nhan", Count { min: 0 }, "Tiếp nhận trong kỳ", "Entered"),
    needed(
        "transferred_in",
        "nhan_chuyen",
        Count { min: 0 },
        "Nhận từ cơ quan khác trong tỉnh",
        "Transferred in from other bodies of the province",
    ),
    needed("ended", "ket_thuc", Count { min: 0 }, "Kết thúc trong kỳ", "Ended"),
    needed(
        "transferred_out",
        "chuyen_di",
        Count { min: 0 },
        "Chuyển cơ quan khác trong tỉnh",
        "Transferred out to other bodies of the province",
    ),
    needed("closing", "cuoi_ky", Count { min: 0 }, "Chuyển kỳ sau", "Open at the end"),
];

const fn needed(
    name: &'static str,
    vi: &'static str,
    holds: Type,
    meaning_vi: &'static str,
    meaning_en: &'static str,
) -> Column {
    Column { name, vi, required: true, holds, default: None, meaning_vi, meaning_en }
}

const fn optional(
    name: &'static str,
    vi: &'static str,
    holds: Type,
    meaning_vi: &'static str,
    meaning_en: &'static str,
) -> Column {
    Column { name, vi, required: false, holds, default: None, meaning_vi, meaning_en }
}

const RECORD_ID: Column = needed(
    "record_id",
    "ma_ho_so",
    Id,
    "Mã hồ sơ, không đổi qua các kỳ trích xuất",
    "Name of the record, the same in every extract",
);
const EXTRACT_DATE: Column = needed(
    "extract_date",
    "ngay_trich_xuat",
    Date,
    "Ngày trích xuất, trong 15 ngày sau ngày cuối của quý báo cáo",
    "Day of the extract, in the 15 days after the last day of the report quarter",
);
const KIND: Column = needed("kind", "loai", Code(codes::KIND), "Loại vụ việc", "Kind of matter");
const KEY: Column = needed(
    "complainant_key",
    "khoa_nguoi_gui",
    Key,
    "Mã băm có khóa do nơi gửi tạo, giống nhau cho cùng một người; chỉ dùng để đếm số người",
    "Keyed hash made by the sender, the same for the same person; serves only to count people",
);

const fn area(on: &'static str) -> Column {
    needed(
        "area_code",
        "ma_xa",
        Area { on },
        "Mã xã, phường nơi phát sinh, theo danh mục có hiệu lực vào ngày tiếp nhận",
        "Commune where the matter arose, code in force on the day of reception",
    )
}

const fn body(meaning_vi: &'static str, meaning_en: &'static str) -> Column {
    needed("body_code", "ma_co_quan", Body, meaning_vi, meaning_en)
}

const fn case_id(required: bool) -> Column {
    Column {
        name: "case_id",
        vi: "ma_vu_viec",
        required,
        holds: Id,
        default: None,
        meaning_vi: "Mã hồ sơ của vụ việc",
        meaning_en: "Record id of the case",
    }
}
