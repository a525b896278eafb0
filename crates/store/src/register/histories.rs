//! Reading the register for a release: each record with what was known of it by a cut-off day.
//! Rows come ordered by record and are put together as they arrive, so memory holds one record at
//! a time however large the register is.

use std::collections::HashMap;

use futures_util::stream::{self, BoxStream, StreamExt as _, TryStreamExt as _};
use jiff::civil::Date;
use model::period::Period;
use sqlx::postgres::{PgPool, PgRow};

use super::row::Record;
use super::versions::{
    CaseHistory, CaseVersion, ControlTotal, DialogueHistory, DialogueVersion, PetitionHistory,
    PetitionVersion, ReceptionHistory, ReceptionVersion, ReferralHistory, ReferralVersion,
};
use super::{RegisterError, RegisterPool};
use crate::day::Day;

/// Records of the register as they are read.
pub type Records<'a, T> = BoxStream<'a, Result<T, RegisterError>>;

/// The register as certain batches make it: what was imported since, and what was withdrawn, changes
/// nothing in it.
#[derive(Clone, Debug)]
pub struct Snapshot {
    pool: PgPool,
    batches: Vec<i64>,
    touched: Option<Vec<i64>>,
}

/// Of each version of a record the newest of the batches; of all records, or of those that certain
/// other batches tell of: by their own rows, or by those of another table that name them.
macro_rules! versions {
    ($table:literal) => {
        versions!($table, "")
    };
    ($table:literal, $told_by:expr) => {
        concat!(
            "select distinct on (record_id, extract_date) * from ",
            $table,
            " where extract_date <= $1 and batch_id = any ($2)
                 and ($3::bigint[] is null or record_id in (select record_id from ",
            $table,
            " where batch_id = any ($3) ",
            $told_by,
            "))
             order by record_id, extract_date, batch_id desc"
        )
    };
}

impl RegisterPool {
    /// The register as it is now.
    ///
    /// # Errors
    ///
    /// When reading fails.
    pub async fn now(&self) -> Result<Snapshot, RegisterError> {
        let batches = sqlx::query_scalar(
            "select batch_id from batches where withdrawn_at is null order by batch_id",
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(self.snapshot(batches))
    }

    /// The first extract date in each batch that tells of a record which figures count, withdrawn
    /// batches too.
    ///
    /// # Errors
    ///
    /// When reading fails.
    pub async fn first_extracts(&self) -> Result<HashMap<i64, Date>, RegisterError> {
        let rows: Vec<(i64, Day)> = sqlx::query_as(
            "select batch_id, min(extract_date) from cases group by batch_id
             union all select batch_id, min(extract_date) from petitions group by batch_id
             union all select batch_id, min(extract_date) from receptions group by batch_id
             union all select batch_id, min(extract_date) from dialogues group by batch_id
             union all select batch_id, min(extract_date) from referrals group by batch_id",
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.into_iter().map(|(batch, Day(day))| (batch, day)).collect())
    }

    /// The register as it was when these batches counted.
    #[must_use]
    pub fn snapshot(&self, batches: Vec<i64>) -> Snapshot {
        Snapshot { pool: self.pool.clone(), batches, touched: None }
    }
}

impl Snapshot {
    /// The batches that count, by number.
    #[must_use]
    pub fn batches(&self) -> &[i64] {
        &self.batches
    }

    /// The same, only the records that one of `batches` has too.
    #[must_use]
    pub fn touched_by(&self, batches: Vec<i64>) -> Self {
        Self { touched: Some(batches), ..self.clone() }
    }

    /// Every case with its versions extracted up to `cutoff`, by record id.
    pub fn case_histories(&self, cutoff: Date) -> Records<'_, CaseHistory> {
        // Also the case that a dialogue was told of before.
        const CASES: &str = versions!(
            "cases",
            "union all select case_id from dialogues
             where record_id in (select record_id from dialogues where batch_id = any ($3))"
        );
        grouped(self.rows(CASES, cutoff), CaseVersion::read)
            .map_ok(|(record_id, versions)| CaseHistory { record_id, versions })
            .boxed()
    }

    /// Every dialogue with its versions extracted up to `cutoff`, by record id; also those that the batches
    /// in question do not tell of, as the cases that these touch may have had one.
    pub fn dialogue_histories(&self, cutoff: Date) -> Records<'_, DialogueHistory> {
        grouped(self.rows_of(versions!("dialogues"), cutoff, None), DialogueVersion::read)
            .map_ok(|(record_id, versions)| DialogueHistory { record_id, versions })
            .boxed()
    }

    /// Every petition with its versions extracted up to `cutoff`, by record id.
    pub fn petition_histories(&self, cutoff: Date) -> Records<'_, PetitionHistory> {
        grouped(self.rows(versions!("petitions"), cutoff), PetitionVersion::read)
            .map_ok(|(record_id, versions)| PetitionHistory { record_id, versions })
            .boxed()
    }

    /// Every referred matter with its versions extracted up to `cutoff`, by record id.
    pub fn referral_histories(&self, cutoff: Date) -> Records<'_, ReferralHistory> {
        grouped(self.rows(versions!("referrals"), cutoff), ReferralVersion::read)
            .map_ok(|(record_id, versions)| ReferralHistory { record_id, versions })
            .boxed()
    }

    /// Every reception day with its versions extracted up to `cutoff`, by record id.
    pub fn reception_histories(&self, cutoff: Date) -> Records<'_, ReceptionHistory> {
        grouped(self.rows(versions!("receptions"), cutoff), ReceptionVersion::read)
            .map_ok(|(record_id, versions)| ReceptionHistory { record_id, versions })
            .boxed()
    }

    /// What each body reported for the quarter `period`, in the newest version extracted up to the
    /// quarter's cut-off, by record id.
    pub fn control_totals(&self, period: Period) -> Records<'_, ControlTotal> {
        sqlx::query(
            "select distinct on (record_id) * from control_totals
             where period = $1 and extract_date <= $2 and batch_id = any ($3)
             order by record_id, extract_date desc, batch_id desc",
        )
        .bind(period.to_string())
        .bind(Day(period.cutoff()))
        .bind(&self.batches)
        .fetch(&self.pool)
        .map(|row| ControlTotal::read(&Record(&row?)))
        .boxed()
    }

    fn rows(&self, query: &'static str, cutoff: Date) -> BoxStream<'_, sqlx::Result<PgRow>> {
        self.rows_of(query, cutoff, self.touched.as_deref())
    }

    fn rows_of<'a>(
        &'a self,
        query: &'static str,
        cutoff: Date,
        touched: Option<&'a [i64]>,
    ) -> BoxStream<'a, sqlx::Result<PgRow>> {
        sqlx::query(query).bind(Day(cutoff)).bind(&self.batches).bind(touched).fetch(&self.pool)
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
