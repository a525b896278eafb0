//! Remarks on figures that can be seen.

use model::figure::Address;

use super::{PublishedError, PublishedPool};
use crate::cell_row::RowError;
use crate::remark::{Challenge, Explanation, challenge, explanation, select_challenges};

impl PublishedPool {
    /// What bodies explain of the figure with the name `figure` at `address` in `table`, of itself or
    /// with all figures of its body and period; the newest first.
    ///
    /// # Errors
    ///
    /// When reading fails.
    pub async fn explanations_of(
        &self,
        figure: [u8; 10],
        table: &str,
        address: &Address,
    ) -> Result<Vec<Explanation>, PublishedError> {
        let rows = sqlx::query(
            "select body, figure, period, table_id, release_id, dated, text_vi, text_en
             from explanations
             where figure = $1 or (body = $2 and period = $3 and coalesce(table_id, $4) = $4)
             order by dated desc, explanation_id desc",
        )
        .bind(&figure[..])
        .bind(&address.body)
        .bind(address.period.to_string())
        .bind(table)
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.iter().map(explanation).collect::<Result<_, RowError>>()?)
    }

    /// Challenges to the figure with the name `figure`, the newest first.
    ///
    /// # Errors
    ///
    /// When reading fails.
    pub async fn challenges_to(&self, figure: [u8; 10]) -> Result<Vec<Challenge>, PublishedError> {
        let rows = sqlx::query(select_challenges!(
            "where c.figure = $1 order by c.received desc, c.challenge_id desc"
        ))
        .bind(&figure[..])
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.iter().map(challenge).collect::<Result<_, RowError>>()?)
    }

    /// All challenges, the newest first.
    ///
    /// # Errors
    ///
    /// When reading fails.
    pub async fn challenges(&self) -> Result<Vec<Challenge>, PublishedError> {
        let rows = sqlx::query(select_challenges!("order by c.received desc, c.challenge_id desc"))
            .fetch_all(&self.pool)
            .await?;
        Ok(rows.iter().map(challenge).collect::<Result<_, RowError>>()?)
    }
}
