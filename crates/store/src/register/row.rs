//! Columns of a record as the vocabulary's types.

use jiff::civil::Date;
use sqlx::postgres::{PgRow, Postgres};
use sqlx::{Decode, Row as _, Type};

use super::RegisterError;
use crate::day::Day;

/// A row of a record, whose `record_id` goes into each error.
pub(super) struct Record<'r>(pub(super) &'r PgRow);

impl<'r> Record<'r> {
    pub(super) fn get<T>(&self, column: &'static str) -> Result<T, RegisterError>
    where
        T: Decode<'r, Postgres> + Type<Postgres>,
    {
        Ok(self.0.try_get(column)?)
    }

    pub(super) fn id(&self) -> Result<String, RegisterError> {
        self.get("record_id")
    }

    pub(super) fn day(&self, column: &'static str) -> Result<Date, RegisterError> {
        let Day(day) = self.get(column)?;
        Ok(day)
    }

    pub(super) fn optional_day(&self, column: &'static str) -> Result<Option<Date>, RegisterError> {
        Ok(self.get::<Option<Day>>(column)?.map(|Day(day)| day))
    }

    /// A column that holds one of a closed list of codes.
    pub(super) fn code<T>(
        &self,
        column: &'static str,
        from_code: impl Fn(&str) -> Option<T>,
    ) -> Result<T, RegisterError> {
        let value: &str = self.get(column)?;
        from_code(value).ok_or_else(|| self.unknown(column, value))
    }

    /// The same, where the column may be empty.
    pub(super) fn optional_code<T>(
        &self,
        column: &'static str,
        from_code: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, RegisterError> {
        let value: Option<&str> = self.get(column)?;
        value.map(|v| from_code(v).ok_or_else(|| self.unknown(column, v))).transpose()
    }

    fn unknown(&self, column: &'static str, value: &str) -> RegisterError {
        RegisterError::UnknownCode {
            record_id: self.id().unwrap_or_default(),
            column,
            value: value.to_owned(),
        }
    }
}
