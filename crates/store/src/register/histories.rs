//! Reading the register for a release: each record with what was known of it by a cut-off day.
//! Rows come ordered by record and are put together as they arrive, so memory holds one record at
//! a time however large the register is.

use futures_util::stream::{self, BoxStream, StreamExt as _, TryStreamExt as _};
use jiff::civil::Date;
use model::period::Period;
use sqlx::postgres::PgRow;

use super::day::Day;
use super::row::Record;
use super::versions::{
    CaseHistory, CaseVersion, ControlTotal, PetitionHistory, PetitionVersion, ReceptionHistory,
    ReceptionVersion, ReferralHistory, ReferralVersion,
};
use super::{RegisterError, RegisterPool};

/// Records of the register as they are read.
pub type Records<'a, T> = BoxStream<'a, Result<T, RegisterError>>;

impl RegisterPool {
    /// Every case with its versions extracted up to `cutoff`, by record id.
    pub fn case_histories(&self, cutoff: Date) -> Records<'_, CaseHistory> {
        let rows = self.rows(
            "select * from current_cases where extract_date <= $1 order by record_id, extract_date",
            cutoff,
        );
        grouped(rows, CaseVersion::read)
            .map_ok(|(record_id, versions)| CaseHistory { record_id, versions })
            .boxed()
    }

    /// Every petition with its versions extracted up to `cutoff`, by record id.
    pub fn petition_histories(&self, cutoff: Date) -> Records<'_, PetitionHistory> {
        let rows = self.rows(
            "select * from current_petitions where extract_date <= $1
             order by record_id, extract_date",
            cutoff,
        );
        grouped(rows, PetitionVersion::read)
            .map_ok(|(record_id, versions)| PetitionHistory { record_id, versions })
            .boxed()
    }

    /// Every referred matter with its versions extracted up to `cutoff`, by record id.
    pub fn referral_histories(&self, cutoff: Date) -> Records<'_, ReferralHistory> {
        let rows = self.rows(
            "select * from current_referrals where extract_date <= $1
             order by record_id, extract_date",
            cutoff,
        );
        grouped(rows, ReferralVersion::read)
            .map_ok(|(record_id, versions)| ReferralHistory { record_id, versions })
            .boxed()
    }

    /// Every reception day with its versions extracted up to `cutoff`, by record id.
    pub fn reception_histories(&self, cutoff: Date) -> Records<'_, ReceptionHistory> {
        let rows = self.rows(
            "select * from current_receptions where extract_date <= $1
             order by record_id, extract_date",
            cutoff,
        );
        grouped(rows, ReceptionVersion::read)
            .map_ok(|(record_id, versions)| ReceptionHistory { record_id, versions })
            .boxed()
    }

    /// What each body reported for the quarter `period`, in the newest version extracted up to the
    /// quarter's cut-off, by record id.
    pub fn control_totals(&self, period: Period) -> Records<'_, ControlTotal> {
        sqlx::query(
            "select distinct on (record_id) * from current_control_totals
             where period = $1 and extract_date <= $2 order by record_id, extract_date desc",
        )
        .bind(period.to_string())
        .bind(Day(period.cutoff()))
        .fetch(&self.pool)
        .map(|row| ControlTotal::read(&Record(&row?)))
        .boxed()
    }

    fn rows(&self, query: &'static str, cutoff: Date) -> BoxStream<'_, sqlx::Result<PgRow>> {
        sqlx::query(query).bind(Day(cutoff)).fetch(&self.pool)
    }
}

/// Puts together the rows of each record, which come one after the other.
fn grouped<'a, V: Send + 'a>(
    rows: BoxStream<'a, sqlx::Result<PgRow>>,
    read: fn(&Record<'_>) -> Result<V, RegisterError>,
) -> impl futures_util::Stream<Item = Result<(String, Vec<V>), RegisterError>> + Send + 'a {
    let next: Option<(String, V)> = None;
    stream::try_unfold((rows, next), move |(mut rows, next)| async move {
        let mut group = next.map(|(id, version)| (id, vec![version]));
        while let Some(row) = rows.try_next().await? {
            let record = Record(&row);
            let (id, version) = (record.id()?, read(&record)?);
            match &mut group {
                None => group = Some((id, vec![version])),
                Some((current, versions)) if *current == id => versions.push(version),
                Some(_) => return Ok(group.map(|done| (done, (rows, Some((id, version)))))),
            }
        }
        Ok(group.map(|done| (done, (rows, None))))
    })
}
