//! What earlier releases did with the cells, and which of them have to be shown.

use std::path::Path;

use disclosure::{Before, Published, Visibility};

use super::Cube;
use crate::protect::spec::Plan;
use crate::protect::{ProtectError, mask};

impl Cube {
    /// What the release of these figures with the mask in `path` did with each cell.
    pub(super) fn published_by(
        &self,
        plan: &Plan,
        path: &Path,
    ) -> Result<Vec<Option<Before>>, ProtectError> {
        let shown = mask::read(plan, self, path)?;
        let cells = self.population.cells.iter().zip(shown).enumerate();
        let before = cells.map(|(position, (cell, shown))| {
            let published = if shown { Published::Shown } else { Published::Withheld };
            Some(Before {
                value: cell.value,
                contributors: cell.contributors,
                fingerprint: cell.fingerprint,
                published: (position < self.published).then_some(published),
                known_zero: false,
            })
        });
        Ok(before.collect())
    }

    /// Binds cells to what an earlier mask did with them.
    pub(super) fn bind(&mut self, plan: &Plan, path: &Path) -> Result<(), ProtectError> {
        self.each(plan, path, &["value", "status"], |cell, [value, status]| {
            let published = match status {
                "shown" => Published::Shown,
                "primary" | "secondary" => Published::Withheld,
                other => {
                    return Err(format!("`{other}` is not shown, primary or secondary"));
                }
            };
            if published == Published::Shown && value.parse() != Ok(cell.value) {
                return Err(
                    "was shown with another value: name that release under [revises]".into()
                );
            }
            cell.visibility = Visibility::Fixed(published);
            Ok(())
        })
    }

    pub(super) fn force(&mut self, plan: &Plan, path: &Path) -> Result<(), ProtectError> {
        self.each(plan, path, &[], |cell, []: [&str; 0]| {
            if cell.visibility == Visibility::Public {
                cell.visibility = Visibility::Forced;
            }
            Ok(())
        })
    }
}
