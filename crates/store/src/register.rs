//! The register, as `portal_registrar`: importing extracts, withdrawing them, and reading the
//! records' histories for a release. Only the restricted commands use it.

mod batches;
mod histories;
mod import;
mod record_kind;
mod row;
mod versions;

use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};

pub use batches::{Batch, Counts};
pub use histories::{Records, Snapshot};
pub use import::{BatchCopy, Import, Imported, NewBatch};
pub use record_kind::RecordKind;
pub use versions::{
    CaseHistory, CaseVersion, ControlTotal, Decision, DialogueHistory, DialogueVersion,
    PetitionHistory, PetitionVersion, ReceptionHistory, ReceptionVersion, ReferralHistory,
    ReferralVersion,
};

/// Reading or changing the register failed; a change that failed left it as it was.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// The same file is in the register already.
    #[error("this file was imported already, as batch {batch_id}")]
    AlreadyImported {
        /// The batch that holds it.
        batch_id: i64,
    },
    /// The database refused a row.
    #[error("row {row} of {record_kind}: {message}")]
    RowRefused {
        /// What the file holds.
        record_kind: RecordKind,
        /// The row in the batch, from 1; 0 if the database did not say.
        row: u64,
        /// The database's reason.
        message: String,
        /// Where it came from.
        #[source]
        source: sqlx::Error,
    },
    /// There is no such batch.
    #[error("there is no batch {0}")]
    NoSuchBatch(i64),
    /// The batch was withdrawn before.
    #[error("batch {0} was withdrawn already")]
    AlreadyWithdrawn(i64),
    /// A record holds a code that this version of the portal doesn't know.
    #[error("record {record_id}: `{value}` is no {column}")]
    UnknownCode {
        /// The record.
        record_id: String,
        /// The column.
        column: &'static str,
        /// What it holds.
        value: String,
    },
    /// The database did not answer, or refused.
    #[error("cannot use the register")]
    Database(#[from] sqlx::Error),
}

/// Connections as `portal_registrar`.
#[derive(Clone, Debug)]
pub struct RegisterPool {
    pool: PgPool,
}

impl RegisterPool {
    /// Connects, with up to 4 connections.
    ///
    /// # Errors
    ///
    /// When the database can't be reached.
    pub async fn connect(options: PgConnectOptions) -> Result<Self, RegisterError> {
        let options = options.application_name("portal register");
        let pool = PgPoolOptions::new()
            .max_connections(4)
            .acquire_timeout(Duration::from_secs(10))
            .connect_with(options)
            .await?;
        Ok(Self { pool })
    }

    /// Closes all connections.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}
