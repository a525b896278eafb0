//! What proves a figure, in words, and the files to check it with.

use leptos::prelude::*;
use model::Locale;

use super::{entry, number};
use crate::data::figure::FigurePage as Data;
use crate::routes::Page;
use crate::text::text;

/// The section of the page.
pub(super) fn section(data: &Data, locale: Locale) -> AnyView {
    let proved = &data.proved;
    let (file, manifest) = (&proved.file, &proved.manifest);
    let name = format!("{}.proof.json", data.name());
    let href = format!("/api/v1/figures/{name}");
    let release = data.release.id.to_string();
    let in_release = text!(
        locale,
        figure.in_release,
        leaf = number(file.evidence.leaf + 1, locale),
        figures = number(manifest.figures, locale),
    );
    let in_log = text!(
        locale,
        figure.in_log,
        entry = number(manifest.log_index + 1, locale),
        size = number(proved.log_size, locale),
    );
    let code = |text: String| view! { <code class="hash">{text}</code> };
    view! {
        <section aria-labelledby="proof">
            <h2 id="proof">{text!(locale, figure.proof)}</h2>
            <p class="lead">{text!(locale, figure.proof_lead)}</p>
            <dl class="terms proof">
                {entry(
                    text!(locale, figure.line),
                    view! {
                        {code(file.evidence.line.clone())}
                        <p class="small">{text!(locale, figure.line_more)}</p>
                    }
                        .into_any(),
                )}
                {entry(
                    text!(locale, figure.release),
                    view! {
                        <p>
                            <a class="unbroken" href=Page::Release.path_of(locale, &release)>
                                {release.clone()}
                            </a>
                            ": "
                            {in_release}
                        </p>
                        {code(manifest.root.clone())}
                    }
                        .into_any(),
                )}
                {entry(text!(locale, figure.log), in_log.into_any())}
                {entry(text!(locale, figure.key), code(file.key.clone()).into_any())}
            </dl>
            {check(&href, &file.evidence.line, &file.key, locale)}
            <p class="small downloads">
                {text!(locale, files.download)}
                " "
                <a href=href download>
                    {text!(locale, figure.proof_file)}
                </a>
            </p>
            <p class="small">{text!(locale, figure.proof_how)} " " <code class="hash">"portal verify " {name} " --key " {file.key.clone()}</code></p>
        </section>
    }
    .into_any()
}

/// The button that checks the proof in the browser, and the words for what comes of it: hidden, until
/// `public/verify.js` shows them with `{…}` filled in. Without scripts there is no button.
fn check(proof: &str, line: &str, key: &str, locale: Locale) -> AnyView {
    let facts = [
        ("handed_over", text!(locale, verify.fact_handed_over)),
        ("signed", text!(locale, verify.fact_signed)),
        ("first", text!(locale, verify.fact_first)),
        ("continues", text!(locale, verify.fact_continues)),
        ("logged", text!(locale, verify.fact_logged)),
        ("held", text!(locale, verify.fact_held)),
        ("simulated", text!(locale, verify.simulated)),
    ];
    let facts = facts.map(|(name, words)| view! { <li data-fact=name hidden>{words}</li> });
    let outcomes = [
        ("busy", text!(locale, verify.busy)),
        ("proved", text!(locale, verify.proved)),
        ("refused", text!(locale, verify.refused)),
        ("failed", text!(locale, verify.failed)),
        ("unavailable", text!(locale, verify.unavailable)),
    ];
    let outcomes = outcomes.map(|(name, words)| view! { <p data-outcome=name hidden>{words}</p> });
    let refusals = [
        ("key", text!(locale, verify.no_key)),
        ("page", text!(locale, verify.no_page)),
        ("page_key", text!(locale, verify.no_page_key)),
        ("format", text!(locale, verify.no_format)),
        ("checkpoint", text!(locale, verify.no_checkpoint)),
        ("handover", text!(locale, verify.no_handover)),
        ("shorter", text!(locale, verify.no_shorter)),
        ("changed", text!(locale, verify.no_changed)),
        ("manifest", text!(locale, verify.no_manifest)),
        ("not_logged", text!(locale, verify.no_not_logged)),
        ("line", text!(locale, verify.no_line)),
        ("other_release", text!(locale, verify.no_other_release)),
        ("not_held", text!(locale, verify.no_not_held)),
        ("other_figure", text!(locale, verify.no_other_figure)),
        ("hash", text!(locale, verify.no_hash)),
    ];
    let refusals = refusals.map(|(name, words)| view! { <p data-refusal=name hidden>{words}</p> });
    view! {
        <div
            class="verify onscreen"
            data-verify=proof.to_owned()
            data-line=line.to_owned()
            data-key=key.to_owned()
        >
            <button type="button">{text!(locale, verify.check)}</button>
            <div role="status">
                <ol>{facts.collect_view()}</ol>
                {outcomes.collect_view()}
                {refusals.collect_view()}
            </div>
            <button type="button" data-forget hidden>
                {text!(locale, verify.forget)}
            </button>
        </div>
    }
    .into_any()
}
