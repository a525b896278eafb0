//! The releases as news: what came out when, a revision as well as a first publication.

use jiff::Timestamp;
use model::format::integer;
use model::{Locale, ReleaseId};

use crate::components::period_with_dates;
use crate::data::ReleaseInfo;
use crate::data::releases::Account;
use crate::error::PortalError;
use crate::pages::releases::edition;
use crate::published::{Published, info, unavailable};
use crate::routes::Page;
use crate::text::text;

/// All releases, the one published last first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    /// What it is called.
    pub title: String,
    /// The page that it is about.
    pub page: String,
    /// The releases.
    pub entries: Vec<Entry>,
}

/// A release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Which.
    pub release: ReleaseId,
    /// When it became public.
    pub published: Timestamp,
    /// What it is called; of simulated figures it says so.
    pub title: String,
    /// Its period with the days, and whether it revises an earlier edition.
    pub summary: String,
    /// Its page.
    pub page: String,
}

/// The feed in the language `locale`.
///
/// # Errors
///
/// [`PortalError::Unavailable`] when the database does not answer.
pub async fn feed(published: &Published, locale: Locale) -> Result<Feed, PortalError> {
    let releases = published.pool().releases().await.map_err(unavailable)?;
    let mut entries = Vec::with_capacity(releases.len());
    for release in &releases {
        let ReleaseInfo { id, simulated, .. } = info(release);
        let period = period_with_dates(id.period, locale);
        let title = text!(locale, release.title, id = id);
        let edition = edition(id, locale);
        let note =
            simulated.then(|| format!(" ({})", text!(locale, notice.simulated).to_lowercase()));
        let mut summary = format!("{period}. {}: {edition}.", text!(locale, releases.kind));
        let Account { reason, notes, .. } = published.account(id).await?;
        if let Some(reason) = reason {
            let changes = published.count_changes(id).await?;
            let changes = integer(i64::try_from(changes).unwrap_or(i64::MAX), locale);
            let changed = text!(locale, release.changes_lead, n = changes);
            summary.push_str(&format!(" {changed} {}.", reason.name(locale)));
        }
        if let Some(notes) = notes {
            summary.push_str(&format!(" {}", notes.get(locale)));
        }
        entries.push(Entry {
            release: id,
            published: release.visible_from,
            title: format!("{title}{}", note.unwrap_or_default()),
            summary,
            page: Page::Release.path_of(locale, &id.to_string()),
        });
    }
    Ok(Feed {
        title: format!("{} – {}", text!(locale, site.full_name), text!(locale, nav.releases)),
        page: Page::Releases.path(locale),
        entries,
    })
}
