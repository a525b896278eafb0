//! Which cells to read.

use model::item::Item;
use model::period::Period;

/// A choice of cells of one table; along each dimension `None` means any member.
///
/// ```
/// use store::CellQuery;
///
/// let query = CellQuery::table("case-flow").area("38").kinds(["complaint", "denunciation"]);
/// assert_eq!(query.areas, Some(vec!["38".to_owned()]));
/// assert_eq!(query.periods, None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellQuery {
    /// The table.
    pub table: String,
    /// Report periods.
    pub periods: Option<Vec<Period>>,
    /// Area member codes.
    pub areas: Option<Vec<String>>,
    /// Body member codes.
    pub bodies: Option<Vec<String>>,
    /// Kind member codes.
    pub kinds: Option<Vec<String>>,
    /// Field member codes.
    pub fields: Option<Vec<String>>,
    /// Referrer member codes.
    pub referrers: Option<Vec<String>>,
    /// What is counted.
    pub items: Option<Vec<Item>>,
}

/// Setters for one dimension: for several members, and for one.
macro_rules! along {
    ($($many:ident, $one:ident;)*) => {$(
        #[doc = concat!("Only these ", stringify!($many), ".")]
        #[must_use]
        pub fn $many<S: Into<String>>(mut self, codes: impl IntoIterator<Item = S>) -> Self {
            self.$many = Some(codes.into_iter().map(Into::into).collect());
            self
        }

        #[doc = concat!("Only this ", stringify!($one), ".")]
        #[must_use]
        pub fn $one(self, code: impl Into<String>) -> Self {
            self.$many([code.into()])
        }
    )*};
}

impl CellQuery {
    /// All cells of the table `id`.
    #[must_use]
    pub fn table(id: impl Into<String>) -> Self {
        Self {
            table: id.into(),
            periods: None,
            areas: None,
            bodies: None,
            kinds: None,
            fields: None,
            referrers: None,
            items: None,
        }
    }

    along! {
        areas, area;
        bodies, body;
        kinds, kind;
        fields, field;
        referrers, referrer;
    }

    /// Only these periods.
    #[must_use]
    pub fn periods(mut self, periods: impl IntoIterator<Item = Period>) -> Self {
        self.periods = Some(periods.into_iter().collect());
        self
    }

    /// Only this period.
    #[must_use]
    pub fn period(self, period: Period) -> Self {
        self.periods([period])
    }

    /// Only these items.
    #[must_use]
    pub fn items(mut self, items: impl IntoIterator<Item = Item>) -> Self {
        self.items = Some(items.into_iter().collect());
        self
    }

    /// Only this item.
    #[must_use]
    pub fn item(self, item: Item) -> Self {
        self.items([item])
    }

    pub(super) fn period_codes(&self) -> Option<Vec<String>> {
        self.periods.as_ref().map(|periods| periods.iter().map(Period::to_string).collect())
    }

    pub(super) fn item_codes(&self) -> Option<Vec<&'static str>> {
        self.items.as_ref().map(|items| items.iter().map(|item| item.code()).collect())
    }
}
