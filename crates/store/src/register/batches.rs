//! Batches: one imported file each. Withdrawing one brings back the versions before it.

use jiff::Timestamp;
use sqlx::Row as _;
use sqlx::postgres::PgRow;

use super::{RecordKind, RegisterError, RegisterPool};
use crate::time::Instant;

/// An imported file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Its number.
    pub id: i64,
    /// Name of the file.
    pub file_name: String,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: String,
    /// What its rows are.
    pub record_kind: RecordKind,
    /// How many rows it has.
    pub rows: i64,
    /// How many of them are about a record that was there before.
    pub replaced: i64,
    /// True if the records are simulated.
    pub simulated: bool,
    /// When it was imported.
    pub imported_at: Timestamp,
    /// When it was withdrawn, if it was.
    pub withdrawn_at: Option<Timestamp>,
}

/// How many records of a kind there are, withdrawn batches left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// What is counted.
    pub record_kind: RecordKind,
    /// Records.
    pub records: i64,
    /// Versions of records.
    pub versions: i64,
    /// Batches.
    pub batches: i64,
}

impl RegisterPool {
    /// Every batch, the newest first, withdrawn ones too.
    ///
    /// # Errors
    ///
    /// When reading fails.
    pub async fn batches(&self) -> Result<Vec<Batch>, RegisterError> {
        let rows = sqlx::query(
            "select batch_id, file_name, sha256, record_kind, row_count, replaced, simulated,
                 imported_at, withdrawn_at
             from batches order by batch_id desc",
        )
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(batch).collect()
    }

    /// The batch that holds the file with this SHA-256 (hexadecimal), unless it was withdrawn.
    ///
    /// # Errors
    ///
    /// When reading fails.
    pub async fn batch_by_sha256(&self, sha256: &str) -> Result<Option<Batch>, RegisterError> {
        let row = sqlx::query(
            "select batch_id, file_name, sha256, record_kind, row_count, replaced, simulated,
                 imported_at, withdrawn_at
             from batches where sha256 = $1 and withdrawn_at is null",
        )
        .bind(sha256)
        .fetch_optional(&self.pool)
        .await?;
        row.as_ref().map(batch).transpose()
    }

    /// Withdraws a batch: its rows count no longer, the versions before them do again. Nothing is
    /// deleted.
    ///
    /// # Errors
    ///
    /// [`RegisterError::NoSuchBatch`], [`RegisterError::AlreadyWithdrawn`], or the database's.
    pub async fn withdraw(&self, batch_id: i64) -> Result<Batch, RegisterError> {
        let row = sqlx::query(
            "update batches set withdrawn_at = now() where batch_id = $1 and withdrawn_at is null
             returning batch_id, file_name, sha256, record_kind, row_count, replaced, simulated,
                 imported_at, withdrawn_at",
        )
        .bind(batch_id)
        .fetch_optional(&self.pool)
        .await?;
        if let Some(row) = row {
            return batch(&row);
        }
        let exists: bool =
            sqlx::query_scalar("select exists (select from batches where batch_id = $1)")
                .bind(batch_id)
                .fetch_one(&self.pool)
                .await?;
        Err(if exists {
            RegisterError::AlreadyWithdrawn(batch_id)
        } else {
            RegisterError::NoSuchBatch(batch_id)
        })
    }

    /// What the register holds, by kind of record.
    ///
    /// # Errors
    ///
    /// When reading fails.
    pub async fn counts(&self) -> Result<Vec<Counts>, RegisterError> {
        let mut counts = Vec::with_capacity(RecordKind::ALL.len());
        for record_kind in RecordKind::ALL {
            let (records, versions): (i64, i64) =
                sqlx::query_as(count_query(record_kind)).fetch_one(&self.pool).await?;
            let batches = sqlx::query_scalar(
                "select count(*) from batches where record_kind = $1 and withdrawn_at is null",
            )
            .bind(record_kind.table())
            .fetch_one(&self.pool)
            .await?;
            counts.push(Counts { record_kind, records, versions, batches });
        }
        Ok(counts)
    }
}

const fn count_query(kind: RecordKind) -> &'static str {
    macro_rules! of {
        ($view:literal) => {
            concat!("select count(distinct record_id), count(*) from ", $view)
        };
    }
    match kind {
        RecordKind::Cases => of!("current_cases"),
        RecordKind::Petitions => of!("current_petitions"),
        RecordKind::Receptions => of!("current_receptions"),
        RecordKind::Dialogues => of!("current_dialogues"),
        RecordKind::Referrals => of!("current_referrals"),
        RecordKind::ControlTotals => of!("current_control_totals"),
    }
}

fn batch(row: &PgRow) -> Result<Batch, RegisterError> {
    let id: i64 = row.try_get("batch_id")?;
    let code: &str = row.try_get("record_kind")?;
    let record_kind = RecordKind::from_code(code).ok_or_else(|| RegisterError::UnknownCode {
        record_id: format!("batch {id}"),
        column: "record_kind",
        value: code.to_owned(),
    })?;
    let Instant(imported_at) = row.try_get("imported_at")?;
    let withdrawn_at: Option<Instant> = row.try_get("withdrawn_at")?;
    Ok(Batch {
        id,
        file_name: row.try_get("file_name")?,
        sha256: row.try_get("sha256")?,
        record_kind,
        rows: row.try_get("row_count")?,
        replaced: row.try_get("replaced")?,
        simulated: row.try_get("simulated")?,
        imported_at,
        withdrawn_at: withdrawn_at.map(|Instant(at)| at),
    })
}
