//! Shares by the size of what they are shares of, around what all have in common, with the room that
//! chance gives to each size. Who stands outside it has a full dot and a name. Its table stands beside
//! it and holds everybody, also those that have no dot.

use chart::funnel::{Dot, Entry, Funnel, Type, funnel as geometry};
use chart::words::{centred, labels, wrap};
use chart::{Frame, text_width, unit};
use leptos::prelude::*;
use model::Locale;
use model::compare::{Room, Standing, limits};
use model::format::{integer, percent};

use super::wide_and_narrow;
use crate::text::text;

/// Size of type of names and of axes, as the style sheet has them.
const NAME: f64 = 13.0;
const AXIS: f64 = 12.0;
/// Between two lines of an axis.
const LINE: f64 = 15.0;
/// Beside the plot, for the common share.
const MARGIN: f64 = 56.0;

/// One of those compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Its name.
    pub(crate) name: String,
    /// The part and the whole; `None` if it is not compared.
    pub(crate) share: Option<(i64, i64)>,
    /// How it stands to the others.
    pub(crate) standing: Standing,
}

impl Mark {
    const fn outside(&self) -> bool {
        !matches!(self.standing, Standing::Within | Standing::TooFew)
    }
}

/// What a plot is drawn of.
#[derive(Clone, Copy)]
struct Plot<'a> {
    marks: &'a [Mark],
    /// Names without what all have in common.
    names: &'a [String],
    common: (i64, i64),
    /// What the sizes are.
    sizes: &'a str,
    locale: Locale,
}

/// The plot of `marks` around `common`; `sizes` says what the sizes are. `None` if nothing is compared.
pub(crate) fn funnel(
    title: &str,
    marks: &[Mark],
    common: (i64, i64),
    sizes: &str,
    locale: Locale,
) -> Option<AnyView> {
    let names = distinct(marks.iter().map(|m| m.name.as_str()).collect());
    let plot = Plot { marks, names: &names, common, sizes, locale };
    // Under the plot stand ticks and what they count.
    let frame = |width: f64, left: f64, bottom: f64| {
        let lines = wrap(sizes, AXIS, width - 4.0).len();
        let height = (0..lines).fold(bottom + 26.0, |height, _| height + LINE);
        Frame { width, height, left, right: width - MARGIN, top: 24.0, bottom }
    };
    let (wide, narrow) = (frame(640.0, 46.0, 348.0), frame(328.0, 40.0, 308.0));
    let share = percent(common.0, common.1, locale)?;
    let label = format!("{title}. {}: {share}", text!(locale, compare.common));
    let (drawn, lowest) = plot.drawing(wide, 170.0)?;
    let (small, _) = plot.drawing(narrow, 120.0)?;
    let starts = (lowest > 0).then(|| {
        let words = text!(locale, compare.axis, n = lowest);
        view! { <p class="small">{words}</p> }
    });
    Some(
        view! {
            {wide_and_narrow(
                "",
                label,
                ([wide.width, wide.height], drawn),
                ([narrow.width, narrow.height], small),
            )}
            {key(locale)}
            {starts}
        }
        .into_any(),
    )
}

/// What the lines and dots are.
fn key(locale: Locale) -> AnyView {
    let line = |class: &'static str, words: String| {
        view! {
            <li>
                <svg class="swatch long" viewBox="0 0 28 12" aria-hidden="true" focusable="false">
                    <line class=class x1="0" x2="28" y1="6" y2="6" />
                </svg>
                {words}
            </li>
        }
    };
    let dot = |standing: Standing, words: String| {
        view! {
            <li>
                <svg class="swatch" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
                    {dot(8.0, 8.0, standing)}
                </svg>
                {words}
            </li>
        }
    };
    view! {
        <ul class="legend">
            {line("centre", text!(locale, compare.common))}
            {line("limit", text!(locale, compare.limit))}
            {line("limit far", text!(locale, compare.limit_far))}
            {dot(Standing::Within, text!(locale, compare.within))}
            {dot(Standing::Higher, text!(locale, compare.outside))}
            {dot(Standing::FarHigher, text!(locale, compare.outside_far))}
        </ul>
    }
    .into_any()
}

/// The dot of one that stands so: hollow within, full outside, with a ring far outside.
fn dot(x: f64, y: f64, standing: Standing) -> AnyView {
    let far = matches!(standing, Standing::FarHigher | Standing::FarLower);
    let within = matches!(standing, Standing::Within | Standing::TooFew);
    let class = if within { "peer" } else { "ink" };
    let ring = far.then(|| view! { <circle class="ring" cx=unit(x) cy=unit(y) r="7" /> });
    view! {
        <circle class=class cx=unit(x) cy=unit(y) r="4" />
        {ring}
    }
    .into_any()
}

impl Plot<'_> {
    /// The drawing, and the per cent at which its axis of shares begins.
    fn drawing(self, frame: Frame, width: f64) -> Option<(AnyView, i64)> {
        let Self { marks, names, common, sizes, locale } = self;
        let centre = ratio(common);
        let entries: Vec<Entry<'_>> = marks
            .iter()
            .zip(names)
            .map(|(mark, name)| Entry {
                at: mark.share.map(|share| (ratio(share), share.1)),
                name: mark.outside().then_some(name.as_str()),
            })
            .collect();
        let rooms = [Room::Usual, Room::Wide];
        let bounds = |of: i64| rooms.map(|room| limits(centre, of, room).map(|i| (i.low, i.high)));
        let drawn = geometry(&entries, centre, bounds, frame, Type { size: NAME, width })?;
        let lowest = drawn.shares.first().map_or(0, |tick| tick.0);
        let curves = drawn.curves.iter().zip(["limit", "limit far"]).map(|(curves, class)| {
            view! {
                <path class=class d=curves.low.clone() />
                <path class=class d=curves.high.clone() />
            }
        });
        let curves = curves.collect_view();
        let dots = marks.iter().zip(&drawn.dots);
        let dots = dots.filter_map(|(m, d)| Some(one(m, d.as_ref()?, locale))).collect_view();
        let shown = percent(common.0, common.1, locale);
        let [left, right, y] = [frame.left, frame.right, drawn.common].map(unit);
        let grid = axes(&drawn, frame, locale);
        let view = view! {
            {grid}
            <text class="axis" x="0" y="12">
                {text!(locale, share)}
            </text>
            {counted(sizes, frame)}
            {curves}
            <line class="centre" x1=left x2=right y1=y.clone() y2=y />
            <text class="row n" x=unit(frame.right + 6.0) y=unit(drawn.common + 4.5)>
                {shown}
            </text>
            {dots}
        };
        Some((view.into_any(), lowest))
    }
}

fn axes(drawn: &Funnel, frame: Frame, locale: Locale) -> AnyView {
    let shares = drawn.shares.iter().map(|&(value, y)| {
        view! {
            <line class="grid" x1=unit(frame.left) x2=unit(frame.right) y1=unit(y) y2=unit(y) />
            <text class="axis" x=unit(frame.left - 6.0) y=unit(y + 4.0) text-anchor="end">
                {format!("{value}%")}
            </text>
        }
    });
    let sizes = drawn.sizes.iter().map(|&(value, x)| {
        let words = integer(value, locale);
        let from = centred(x, text_width(&words, AXIS), 0.0, frame.width);
        let [bottom, under] = [frame.bottom, frame.bottom + 4.0].map(unit);
        view! {
            <line class="tick" x1=unit(x) x2=unit(x) y1=bottom y2=under />
            <text class="axis" x=unit(from) y=unit(frame.bottom + 17.0)>
                {words}
            </text>
        }
    });
    view! {
        {shares.collect_view()}
        {sizes.collect_view()}
    }
    .into_any()
}

/// What the sizes are, under their ticks, at the right as far as there is room.
fn counted(sizes: &str, frame: Frame) -> AnyView {
    let lines = wrap(sizes, AXIS, frame.width - 4.0);
    let line = labels(lines, 0.0, frame.bottom + 36.0, LINE).into_iter().map(|line| {
        let from = (frame.right - text_width(&line.text, AXIS)).max(0.0);
        view! {
            <text class="axis" x=unit(from) y=unit(line.y)>
                {line.text}
            </text>
        }
    });
    line.collect_view().into_any()
}

fn one(mark: &Mark, drawn: &Dot, locale: Locale) -> AnyView {
    let name = drawn.name.iter().map(|line| {
        view! {
            <text class="row" x=unit(line.x) y=unit(line.y)>
                {line.text.clone()}
            </text>
        }
    });
    let share = mark.share.and_then(|(n, of)| percent(n, of, locale)).unwrap_or_default();
    view! {
        <g>
            <title>{format!("{}: {share}", mark.name)}</title>
            {dot(drawn.at.x, drawn.at.y, mark.standing)}
            {name.collect_view()}
        </g>
    }
    .into_any()
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn ratio((n, of): (i64, i64)) -> f64 {
    n as f64 / of as f64
}

/// `names` without the words with which all begin, and those with which all end: in a drawing of former
/// districts alone none has to say that it is one. Proper names stay whole, however they begin or end.
fn distinct(names: Vec<&str>) -> Vec<String> {
    let words: Vec<Vec<&str>> = names.iter().map(|n| n.split(' ').collect()).collect();
    let shortest = words.iter().map(Vec::len).min().unwrap_or(0);
    let Some(first) = words.first().filter(|_| words.len() > 1) else {
        return names.into_iter().map(ToOwned::to_owned).collect();
    };
    let proper = |word: &str| word.starts_with(char::is_uppercase);
    let most = shortest.saturating_sub(1);
    let same = (0..most).take_while(|&i| words.iter().all(|w| w[i] == first[i])).count();
    let start = (0..=same).rev().find(|&i| i <= 1 || !proper(first[i - 1])).unwrap_or(0);
    let at_end = |i: usize| {
        let last = first[first.len() - 1 - i];
        !proper(last) && words.iter().all(|w| w[w.len() - 1 - i] == last)
    };
    let end = (0..most - start).take_while(|&i| at_end(i)).count();
    let capital = |w: &Vec<&str>| crate::components::capital(&w[start..w.len() - end].join(" "));
    words.iter().map(capital).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_a_drawing_leave_out_what_all_of_them_say() {
        let districts = ["Huyện Bá Thước (cũ)", "Huyện Lang Chánh (cũ)"];
        assert_eq!(distinct(districts.into()), ["Bá Thước", "Lang Chánh"]);
        let mixed = ["Huyện Nga Sơn (cũ)", "Thành phố Sầm Sơn (cũ)"];
        assert_eq!(distinct(mixed.into()), ["Huyện Nga Sơn", "Thành phố Sầm Sơn"]);
        let communes = ["UBND xã Hoằng Châu", "UBND xã Hoằng Phú"];
        assert_eq!(distinct(communes.into()), ["Hoằng Châu", "Hoằng Phú"]);
        assert_eq!(distinct(vec!["Sở Xây dựng"]), ["Sở Xây dựng"]);
        assert_eq!(distinct(vec!["Sở", "Sở Xây dựng"]), ["Sở", "Sở Xây dựng"]);
        assert!(distinct(Vec::new()).is_empty());
    }

    #[test]
    fn what_is_not_compared_is_not_in_the_drawing() {
        let mark = |name: &str, share, standing| Mark { name: name.into(), share, standing };
        let marks = [
            mark("Bá Thước", Some((90, 100)), Standing::Higher),
            mark("Lang Chánh", None, Standing::TooFew),
            mark("Mường Lát", Some((80, 100)), Standing::Within),
        ];
        let owner = Owner::new();
        let html = owner.with(|| {
            funnel("Đúng hạn", &marks, (170, 200), "Mẫu số", Locale::Vi).unwrap().to_html()
        });
        assert!(html.contains("Bá Thước: 90,0%") && html.contains("85,0%"));
        assert!(!html.contains("Lang Chánh"));
        let none = [mark("Lang Chánh", None, Standing::TooFew)];
        assert!(funnel("", &none, (170, 200), "", Locale::Vi).is_none());
    }
}
