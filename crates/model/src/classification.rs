//! What a matter is and what it is about, in the words of the law and of the official forms.

/// Defines a closed list of codes: enum, code <-> variant, names in both languages.
#[macro_export]
macro_rules! code_list {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $code:literal, $vi:literal, $en:literal;)* }) => {
        $(#[$meta])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize,
            serde::Deserialize,
        )]
        pub enum $name {
            $($(#[$vmeta])* #[serde(rename = $code)] $variant,)*
        }

        impl $name {
            /// Every value, in the order of the official forms.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The code in extracts, published files and addresses.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }

            /// The value with `code`.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)* _ => None }
            }

            /// The name in `locale`.
            #[must_use]
            pub const fn name(self, locale: $crate::locale::Locale) -> &'static str {
                match (self, locale) {
                    $((Self::$variant, $crate::locale::Locale::Vi) => $vi,
                      (Self::$variant, $crate::locale::Locale::En) => $en,)*
                }
            }
        }
    };
}

pub use code_list;

code_list! {
    /// The kind of a matter (Law on Complaints 2011, Law on Denunciations 2018).
    Kind {
        /// Khiếu nại: against an administrative decision or act.
        Complaint = "complaint", "Khiếu nại", "Complaint";
        /// Kiến nghị, phản ánh.
        Recommendation = "recommendation", "Kiến nghị, phản ánh", "Recommendation or feedback";
        /// Tố cáo: report of a violation of law.
        Denunciation = "denunciation", "Tố cáo", "Denunciation";
    }
}

code_list! {
    /// How complicated a matter is (Decree 155/2026, article 3a, for complaints; Decree 31/2019,
    /// article 3, for denunciations).
    Complexity {
        /// Not complicated.
        Ordinary = "ordinary", "Bình thường", "Ordinary";
        /// Phức tạp.
        Complicated = "complicated", "Phức tạp", "Complicated";
        /// Đặc biệt phức tạp: denunciations only.
        EspeciallyComplicated = "especially_complicated", "Đặc biệt phức tạp", "Especially complicated";
    }
}

code_list! {
    /// The field of a matter, after the content columns of the official report forms; site
    /// clearance and environment are kept apart from the form columns that hold them because
    /// citizens ask about them.
    Field {
        /// Đất đai, nhà cửa.
        LandHousing = "land_housing", "Đất đai, nhà cửa", "Land and housing";
        /// Bồi thường, hỗ trợ, tái định cư khi thu hồi đất.
        Clearance = "clearance", "Bồi thường, giải phóng mặt bằng", "Compensation and site clearance";
        /// Chế độ, chính sách.
        Policy = "policy", "Chế độ, chính sách", "Entitlements and policies";
        /// Công chức, công vụ.
        CivilService = "civil_service", "Công chức, công vụ", "Civil service and public duty";
        /// Môi trường.
        Environment = "environment", "Môi trường", "Environment";
        /// Hành chính, nội dung khác.
        OtherAdmin = "other_admin", "Hành chính khác", "Other administrative";
        /// Tư pháp.
        Judicial = "judicial", "Tư pháp", "Judicial";
        /// Đảng, đoàn thể.
        Party = "party", "Đảng, đoàn thể", "Party and mass organisations";
        /// Tham nhũng (denunciations only).
        Corruption = "corruption", "Tham nhũng", "Corruption";
        /// Lĩnh vực khác.
        Other = "other", "Lĩnh vực khác", "Other";
    }
}

impl Field {
    /// True for what commune tables set apart as land.
    #[must_use]
    pub const fn is_land(self) -> bool {
        matches!(self, Self::LandHousing | Self::Clearance)
    }

    /// True if a matter of `kind` can have this field (columns of forms 02-04/XLD).
    #[must_use]
    pub const fn applies_to(self, kind: Kind) -> bool {
        match self {
            Self::Corruption => matches!(kind, Kind::Denunciation),
            _ => true,
        }
    }
}

code_list! {
    /// Who transferred a matter to the competent body.
    Referrer {
        /// Mặt trận Tổ quốc Việt Nam.
        Front = "front", "Mặt trận Tổ quốc", "Fatherland Front";
        /// Tổ chức thành viên của Mặt trận.
        FrontMember = "front_member", "Tổ chức thành viên của Mặt trận", "Member organisation of the Front";
        /// Đại biểu, Đoàn đại biểu Quốc hội.
        Assembly = "assembly", "Đại biểu Quốc hội", "National Assembly deputies";
        /// Đại biểu Hội đồng nhân dân.
        Council = "council", "Đại biểu Hội đồng nhân dân", "People's Council deputies";
        /// Báo chí.
        Press = "press", "Báo chí", "Press";
    }
}

code_list! {
    /// How a case left the stock of open cases.
    Ending {
        /// Decided or answered.
        Settled = "settled", "Đã giải quyết", "Settled";
        /// Withdrawn by its author.
        Withdrawn = "withdrawn", "Rút đơn", "Withdrawn";
        /// Đình chỉ.
        Terminated = "terminated", "Đình chỉ", "Terminated";
        /// Sent to a body outside the province's register.
        TransferredAway = "transferred_away", "Chuyển ra ngoài tỉnh", "Transferred out of the province";
    }
}

code_list! {
    /// What a settlement found. Complaints: Law on Complaints, articles 31 and 40; denunciations:
    /// Law on Denunciations, article 35.
    Finding {
        /// Đúng.
        Founded = "founded", "Đúng", "Well-founded";
        /// Đúng một phần; có đúng, có sai.
        PartlyFounded = "partly", "Đúng một phần", "Partly well-founded";
        /// Sai.
        Unfounded = "unfounded", "Sai", "Unfounded";
        /// Second settlement: first decision upheld.
        Upheld = "upheld", "Công nhận quyết định lần đầu", "First decision upheld";
        /// Second settlement: first decision annulled or amended.
        Overturned = "overturned", "Hủy, sửa quyết định lần đầu", "First decision annulled or amended";
        /// Recommendation or feedback answered.
        Answered = "answered", "Đã trả lời", "Answered";
    }
}

code_list! {
    /// How a petition arrived.
    Channel {
        /// At a citizen reception.
        Reception = "reception", "Qua tiếp công dân", "At citizen reception";
        /// By post.
        Post = "post", "Bưu chính", "By post";
        /// Online.
        Online = "online", "Trực tuyến", "Online";
        /// Referred by another body or organisation.
        Referral = "referral", "Cơ quan khác chuyển đến", "Referred by others";
    }
}

code_list! {
    /// What was done with a petition (form 01/XLD).
    Handling {
        /// Not processed yet at the end of the period.
        Pending = "pending", "Chưa xử lý", "Not processed yet";
        /// Not eligible: unsigned, unclear or already settled.
        Ineligible = "ineligible", "Không đủ điều kiện xử lý", "Not eligible";
        /// Within competence, accepted.
        Accepted = "accepted", "Thuộc thẩm quyền", "Within competence";
        /// Outside competence: the petitioner was guided.
        Guided = "guided", "Hướng dẫn", "Guided";
        /// Outside competence: transferred.
        Transferred = "transferred", "Chuyển đơn", "Transferred";
        /// Outside competence: the competent body was urged to settle.
        Urged = "urged", "Đôn đốc giải quyết", "Settlement urged";
    }
}

code_list! {
    /// Kind of a reception day (Law on Citizen Reception 2013).
    ReceptionType {
        /// Thường xuyên: standing reception by an officer.
        Regular = "regular", "Thường xuyên", "Standing";
        /// Định kỳ: scheduled day of the head.
        Periodic = "periodic", "Định kỳ của người đứng đầu", "Scheduled day of the head";
        /// Đột xuất: unscheduled, by the head.
        AdHoc = "ad_hoc", "Đột xuất của người đứng đầu", "Unscheduled, by the head";
    }
}

code_list! {
    /// Who held a reception day.
    HeldBy {
        /// The head in person.
        Head = "head", "Người đứng đầu trực tiếp", "By the head";
        /// A delegate of the head.
        Delegate = "delegate", "Ủy quyền", "By a delegate";
        /// A reception officer (standing reception).
        Officer = "officer", "Cán bộ tiếp công dân", "By an officer";
        /// Nobody: the day was missed.
        Missed = "missed", "Không tiếp", "Missed";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_back_as_the_value_they_name() {
        for f in Field::ALL {
            assert_eq!(Field::from_code(f.code()), Some(*f));
        }
        assert_eq!(Kind::from_code("Complaint"), None);
    }
}
