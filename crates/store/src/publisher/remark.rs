//! Remarks on published figures as staff records them. Only what a reader sees can be remarked on.

use jiff::civil::{Date, Time};
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan as _};
use model::period::Period;
use model::release::ReleaseId;

use super::{PublisherError, PublisherPool};
use crate::cell_row::{RowError, parsed};
use crate::day::Day;
use crate::remark::select_challenges;
use crate::remark::{Answer, Challenge, Explained, Explanation, NewChallenge, challenge};
use crate::time::Instant;

/// The end of `day` in Viet Nam.
fn end_of(day: Date) -> Instant {
    let next = day.checked_add(1.day()).unwrap_or(day).to_datetime(Time::midnight());
    Instant(Offset::constant(7).to_timestamp(next).unwrap_or(Timestamp::MAX))
}

impl PublisherPool {
    /// The release in which the figure with the name `figure` stood on `day`: the one named, or the
    /// newest of then. `None` if no reader could see it, or can't yet.
    ///
    /// # Errors
    ///
    /// When reading fails.
    pub async fn figure_seen(
        &self,
        figure: [u8; 10],
        release: Option<ReleaseId>,
        day: Date,
    ) -> Result<Option<ReleaseId>, PublisherError> {
        let found: Option<String> = sqlx::query_scalar(
            "select r.release_id from cells c join releases r using (release_id)
             where c.figure = $1 and ($2::text is null or r.release_id = $2)
                 and r.visible_from < $3 and r.visible_from <= now()
             order by r.log_index desc limit 1",
        )
        .bind(&figure[..])
        .bind(release.map(|r| r.to_string()))
        .bind(end_of(day))
        .fetch_optional(&self.pool)
        .await?;
        Ok(found.map(|id| parsed("release", &id)).transpose()?)
    }

    /// The release in which figures of `body` for `period` stood on `day`, of `table` if it is given.
    /// `None` if no reader could see any, or can't yet.
    ///
    /// # Errors
    ///
    /// When reading fails.
    pub async fn body_seen(
        &self,
        body: &str,
        period: Period,
        table: Option<&str>,
        day: Date,
    ) -> Result<Option<ReleaseId>, PublisherError> {
        let found: Option<String> = sqlx::query_scalar(
            "select r.release_id from release_periods p join releases r using (release_id)
             where p.period = $2 and ($3::text is null or p.table_id = $3)
                 and r.visible_from < $4 and r.visible_from <= now()
                 and exists (select from cells c
                     where c.release_id = p.release_id and c.table_id = p.table_id
                         and c.period = p.period and c.body = $1)
             order by r.log_index desc limit 1",
        )
        .bind(body)
        .bind(period.to_string())
        .bind(table)
        .bind(end_of(day))
        .fetch_optional(&self.pool)
        .await?;
        Ok(found.map(|id| parsed("release", &id)).transpose()?)
    }

    /// True if `release` could be seen on `day` and can now, comes after the release of `challenge`,
    /// and holds its figure's table and period with another value, or without the figure.
    ///
    /// # Errors
    ///
    /// When reading fails.
    pub async fn corrects(
        &self,
        release: ReleaseId,
        challenge: &NewChallenge,
        day: Date,
    ) -> Result<bool, PublisherError> {
        let corrects = sqlx::query_scalar(
            "select exists (select
             from cells old join releases r_old using (release_id), releases r
                 join release_periods p using (release_id)
             where old.figure = $1 and old.release_id = $2 and r.release_id = $3
                 and r.log_index > r_old.log_index
                 and r.visible_from < $4 and r.visible_from <= now()
                 and p.table_id = old.table_id and p.period = old.period
                 and not exists (select from cells new
                     where new.figure = $1 and new.release_id = $3 and new.status = old.status
                         and new.value is not distinct from old.value))",
        )
        .bind(&challenge.figure[..])
        .bind(challenge.release.to_string())
        .bind(release.to_string())
        .bind(end_of(day))
        .fetch_one(&self.pool)
        .await?;
        Ok(corrects)
    }

    /// Records what a body explains.
    ///
    /// # Errors
    ///
    /// When the database refuses.
    pub async fn insert_explanation(&self, new: &Explanation) -> Result<(), PublisherError> {
        let (figure, period, table) = match &new.of {
            Explained::Figure(figure) => (Some(&figure[..]), None, None),
            Explained::Period(period, table) => (None, Some(period.to_string()), table.as_deref()),
        };
        sqlx::query(
            "insert into explanations
                 (body, figure, period, table_id, release_id, dated, text_vi, text_en)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(&new.body)
        .bind(figure)
        .bind(period)
        .bind(table)
        .bind(new.release.to_string())
        .bind(Day(new.dated))
        .bind(&new.words.vi)
        .bind(&new.words.en)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Records a challenge; its number.
    ///
    /// # Errors
    ///
    /// When the database refuses.
    pub async fn insert_challenge(&self, new: &NewChallenge) -> Result<i64, PublisherError> {
        let number = sqlx::query_scalar(
            "insert into challenges (figure, release_id, received, text_vi, text_en)
             values ($1, $2, $3, $4, $5) returning challenge_id",
        )
        .bind(&new.figure[..])
        .bind(new.release.to_string())
        .bind(Day(new.received))
        .bind(&new.words.vi)
        .bind(&new.words.en)
        .fetch_one(&self.pool)
        .await?;
        Ok(number)
    }

    /// Records the answer to the challenge `number`.
    ///
    /// # Errors
    ///
    /// [`PublisherError::Answered`], or what the database refused: an unknown number.
    pub async fn insert_answer(&self, number: i64, new: &Answer) -> Result<(), PublisherError> {
        let inserted = sqlx::query(
            "insert into challenge_answers
                 (challenge_id, outcome, corrected_in, answered, text_vi, text_en)
             values ($1, $2, $3, $4, $5, $6)",
        )
        .bind(number)
        .bind(new.outcome.code())
        .bind(new.outcome.corrected_in().map(|r| r.to_string()))
        .bind(Day(new.answered))
        .bind(&new.words.vi)
        .bind(&new.words.en)
        .execute(&self.pool)
        .await;
        match inserted {
            Ok(_) => Ok(()),
            Err(sqlx::Error::Database(error)) if error.is_unique_violation() => {
                Err(PublisherError::Answered(number))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// All challenges in the order of their numbers.
    ///
    /// # Errors
    ///
    /// When reading fails.
    pub async fn challenges(&self) -> Result<Vec<Challenge>, PublisherError> {
        let rows = sqlx::query(select_challenges!("order by c.challenge_id"))
            .fetch_all(&self.pool)
            .await?;
        Ok(rows.iter().map(challenge).collect::<Result<_, RowError>>()?)
    }
}
