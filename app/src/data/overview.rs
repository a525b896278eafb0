//! The overview: what a quarter brought, province-wide.

use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};
use model::Period;
use serde::{Deserialize, Serialize};

use super::geometry::Boundaries;
use super::{Figures, Moment, ReleaseInfo, Row};
use crate::error::PortalError;

/// Figures of the overview.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    /// The release they come from.
    pub release: ReleaseInfo,
    /// The quarter.
    pub period: Period,
    /// The quarters that can be looked at, newest first.
    pub quarters: Vec<Period>,
    /// The province's figures of the quarter. Cases are complaints and recommendations: what
    /// became of denunciations is published apart, because their small counts would show as the
    /// difference.
    pub now: Figures,
    /// The same of the same quarter a year earlier.
    pub before: Figures,
    /// Complaints alone, for which the law sets time limits: settled, on time, open, overdue.
    pub complaints: Figures,
    /// Open at the start, received and settled, by quarter from the first.
    pub trend: Vec<Moment>,
    /// Complaints and recommendations entered, by field.
    pub fields: Vec<Row>,
    /// Complaints and recommendations entered, all fields.
    pub fields_total: super::Value,
    /// Outcomes of complaints.
    pub outcomes: Figures,
    /// Cases entered by commune.
    pub communes: Option<Communes>,
    /// Matters referred in the year to date: all, then by referrer.
    pub referrals: Vec<Row>,
    /// Reception days: all bodies, then by level of government.
    pub schedule: Vec<Row>,
}

/// Figures for the map.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Communes {
    /// The year.
    pub period: Period,
    /// One row a commune.
    pub rows: Vec<Row>,
    /// Their boundaries.
    pub boundaries: Option<Boundaries>,
}

/// The overview of the quarter `period`, or of the newest.
#[server(name = FetchOverview, prefix = "/fn", endpoint = "overview", input = GetUrl, output = Json)]
pub async fn overview(
    /// The quarter.
    period: Option<Period>,
) -> Result<Overview, PortalError> {
    crate::published::answer(async move {
        use model::Item as I;
        use model::dimension::Dim;

        use crate::published::{Published, Want};

        let published = Published::from_context()?;
        let mut quarters: Vec<Period> =
            published.periods("case-flow").await?.into_iter().filter(|p| p.is_quarter()).collect();
        quarters.sort_unstable();
        quarters.reverse();
        let period = match period {
            Some(p) if quarters.contains(&p) => p,
            Some(_) => return Err(PortalError::NotFound),
            None => *quarters.first().ok_or(PortalError::NothingPublished)?,
        };
        let release = published.holding("case-flow", period).await?;
        let year_before = period.same_last_year();

        let mut now = Figures::default();
        let mut before = Figures::default();
        let civil = || Want::totals().member(Dim::Kind, "civil");
        for (table, want) in [
            ("case-flow", civil()),
            ("timeliness", civil()),
            ("petitions", Want::totals()),
            ("reception-schedule", Want::totals()),
        ] {
            let moments = published.moments(table, &[period, year_before], want).await?;
            for moment in moments {
                let into = if moment.period == period { &mut now } else { &mut before };
                moment.figures.iter().for_each(|(item, value)| into.put(item, value));
            }
        }

        let complaint = || Want::totals().member(Dim::Kind, "complaint");
        let complaints = published.figures("timeliness", period, complaint()).await?;

        let mut series: Vec<Period> = quarters.iter().copied().filter(|q| *q <= period).collect();
        series.reverse();
        let trend = published
            .moments("case-flow", &series, civil().items(&[I::Opening, I::Entered, I::Settled]))
            .await?;

        let fields =
            published.rows("cases-by-field", period, civil().level(Dim::Field, "field")).await?;
        let fields_total = published
            .figures("case-flow", period, civil().items(&[I::Entered]))
            .await?
            .get(I::Entered);
        let outcomes = published.figures("outcomes", period, complaint()).await?;

        let years = published.periods("cases-commune").await?;
        let communes =
            match years.into_iter().filter(|y| *y <= period || y.year() == period.year()).max() {
                Some(year) => Some(Communes {
                    period: year,
                    rows: published
                        .rows("cases-commune", year, civil().level(Dim::Area, "commune"))
                        .await?,
                    boundaries: published.boundaries(model::boundary::Level::Commune).await?,
                }),
                None => None,
            };

        let referrals = published
            .rows(
                "referrals",
                period.to_date(),
                Want::totals().total_and_level(Dim::Referrer, "referrer"),
            )
            .await?;
        let schedule = published
            .rows("reception-schedule", period, Want::totals().total_and_level(Dim::Body, "class"))
            .await?;

        Ok(Overview {
            release,
            period,
            quarters,
            now,
            before,
            complaints,
            trend,
            fields,
            fields_total,
            outcomes,
            communes,
            referrals,
            schedule,
        })
    })
    .await
}
