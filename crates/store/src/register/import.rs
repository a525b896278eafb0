//! Importing an extract: several files in one transaction, all or nothing.

use sqlx::postgres::{PgDatabaseError, Postgres};
use sqlx::{AssertSqlSafe, Transaction};

use super::{RecordKind, RegisterError, RegisterPool};

/// A file about to be imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewBatch {
    /// Name of the file.
    pub file_name: String,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: String,
    /// What its rows are.
    pub record_kind: RecordKind,
    /// True if the records are simulated.
    pub simulated: bool,
}

/// What a batch brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Imported {
    /// Its number.
    pub batch_id: i64,
    /// Its rows.
    pub rows: u64,
    /// Rows about a record that was there before, in an older or in the same version.
    pub replaced: u64,
}

/// An import that is under way. Dropped without [`Import::commit`] it leaves nothing behind.
#[derive(Debug)]
pub struct Import {
    transaction: Transaction<'static, Postgres>,
}

/// How much is collected before it is sent.
const CHUNK: usize = 1 << 20;

impl Import {
    /// Begins an import.
    ///
    /// # Errors
    ///
    /// When the database can't be reached.
    pub async fn begin(pool: &RegisterPool) -> Result<Self, RegisterError> {
        Ok(Self { transaction: pool.pool.begin().await? })
    }

    /// Begins the next file of the import.
    ///
    /// # Errors
    ///
    /// [`RegisterError::AlreadyImported`] if the same file was imported and not withdrawn, also
    /// earlier in this import.
    pub async fn batch(&mut self, new: NewBatch) -> Result<BatchCopy<'_>, RegisterError> {
        let batch_id: Option<i64> = sqlx::query_scalar(
            "insert into batches (file_name, sha256, record_kind, simulated)
             values ($1, $2, $3, $4)
             on conflict (sha256) where withdrawn_at is null do nothing returning batch_id",
        )
        .bind(&new.file_name)
        .bind(&new.sha256)
        .bind(new.record_kind.table())
        .bind(new.simulated)
        .fetch_optional(&mut *self.transaction)
        .await?;
        let Some(batch_id) = batch_id else {
            let batch_id = sqlx::query_scalar(
                "select batch_id from batches where sha256 = $1 and withdrawn_at is null",
            )
            .bind(&new.sha256)
            .fetch_one(&mut *self.transaction)
            .await?;
            return Err(RegisterError::AlreadyImported { batch_id });
        };
        // The default of the column batch_id, until the next batch or the transaction's end.
        sqlx::query("select set_config('portal.batch_id', $1, true)")
            .bind(batch_id.to_string())
            .execute(&mut *self.transaction)
            .await?;
        let record_kind = new.record_kind;
        Ok(BatchCopy { import: self, batch_id, record_kind, buffer: Vec::new(), rows: 0 })
    }

    /// Makes the import count.
    ///
    /// # Errors
    ///
    /// When the database fails; nothing was imported then.
    pub async fn commit(self) -> Result<(), RegisterError> {
        Ok(self.transaction.commit().await?)
    }
}

impl RegisterPool {
    /// [`Import::begin`].
    ///
    /// # Errors
    ///
    /// When the database can't be reached.
    pub async fn begin_import(&self) -> Result<Import, RegisterError> {
        Import::begin(self).await
    }
}

/// A file that is being imported.
#[derive(Debug)]
pub struct BatchCopy<'a> {
    import: &'a mut Import,
    batch_id: i64,
    record_kind: RecordKind,
    buffer: Vec<u8>,
    rows: u64,
}

impl BatchCopy<'_> {
    /// The batch's number.
    #[must_use]
    pub fn batch_id(&self) -> i64 {
        self.batch_id
    }

    /// Sends rows: CSV (RFC 4180) without a header, with all of [`RecordKind::columns`] in order.
    /// An empty unquoted field is no value; dates are `yyyy-MM-dd`; yes and no are `true` and
    /// `false` and never empty. Each call sends whole rows, each with its line end.
    ///
    /// # Errors
    ///
    /// [`RegisterError::RowRefused`]; the import can only be dropped then. As rows are collected
    /// before they are sent, the refusal may come with a later call or with
    /// [`BatchCopy::finish`].
    pub async fn send(&mut self, rows: &[u8]) -> Result<(), RegisterError> {
        self.buffer.extend_from_slice(rows);
        if self.buffer.len() >= CHUNK { self.flush().await } else { Ok(()) }
    }

    async fn flush(&mut self) -> Result<(), RegisterError> {
        if self.buffer.is_empty() {
            return Ok(());
        }
        let copy = async {
            let mut copy =
                self.import.transaction.copy_in_raw(&copy_query(self.record_kind)).await?;
            copy.send(self.buffer.as_slice()).await?;
            copy.finish().await
        };
        let copied = copy.await.map_err(|source| refused(self.record_kind, self.rows, source))?;
        self.rows += copied;
        self.buffer.clear();
        Ok(())
    }

    /// Ends the file.
    ///
    /// # Errors
    ///
    /// As [`BatchCopy::send`].
    pub async fn finish(mut self) -> Result<Imported, RegisterError> {
        self.flush().await?;
        let transaction = &mut self.import.transaction;
        // Only names of our own tables.
        let replaced: i64 = sqlx::query_scalar(AssertSqlSafe(format!(
            "select count(*) from {table} new where new.batch_id = $1 and exists (
                 select from {table} old join batches b using (batch_id)
                 where old.record_id = new.record_id and old.batch_id < $1
                     and b.withdrawn_at is null)",
            table = self.record_kind.table()
        )))
        .bind(self.batch_id)
        .fetch_one(&mut **transaction)
        .await?;
        sqlx::query("update batches set row_count = $2, replaced = $3 where batch_id = $1")
            .bind(self.batch_id)
            .bind(i64::try_from(self.rows).unwrap_or(i64::MAX))
            .bind(replaced)
            .execute(&mut **transaction)
            .await?;
        Ok(Imported { batch_id: self.batch_id, rows: self.rows, replaced: replaced.unsigned_abs() })
    }
}

fn copy_query(kind: RecordKind) -> String {
    format!("copy {} ({}) from stdin (format csv)", kind.table(), kind.columns().join(", "))
}

/// The error with the number of the row in the batch, which Postgres gives within the statement:
/// `COPY cases, line 3, column received_on: "..."`.
fn refused(record_kind: RecordKind, rows_before: u64, source: sqlx::Error) -> RegisterError {
    let sqlx::Error::Database(error) = &source else { return source.into() };
    let context = error.try_downcast_ref::<PgDatabaseError>().and_then(PgDatabaseError::r#where);
    let line = context.and_then(|text| {
        let rest = text.split_once("line ")?.1;
        rest.split(|c: char| !c.is_ascii_digit()).next()?.parse::<u64>().ok()
    });
    let message = error.message().to_owned();
    let row = line.map_or(0, |line| rows_before + line);
    RegisterError::RowRefused { record_kind, row, message, source }
}
