//! What became of what entered: of each period the share settled by so many days, cumulatively. The newest
//! line is strong, that of the year before dashed, the others thin.

use chart::line::lines_at;
use chart::scale::{Ticks, ticks_of_shares};
use chart::{Frame, text_width, unit};
use leptos::prelude::*;
use model::format::{integer, per_mille, percent};
use model::{Item, Locale};

use super::sheet::{SHEET_WIDTH, Sheet};
use super::wide_and_narrow;
use crate::components::figure::{mark, plain};
use crate::data::{Figures, Value};
use crate::text::text;

/// The days by which is counted, each with the item that counts what was settled since the one before.
pub(crate) const BY: [(i64, Item); 4] = [
    (30, Item::Followed30),
    (60, Item::Followed60),
    (90, Item::Followed90),
    (180, Item::Followed180),
];

/// Days on the axis: that of reception, and those of [`BY`].
const DAYS: [i64; 5] = [0, BY[0].0, BY[1].0, BY[2].0, BY[3].0];

/// Sizes of type, as the style sheet has them for `.axis` and `.end`.
const AXIS: f64 = 12.0;
const END: f64 = 13.0;
/// Between two labels at the ends of lines, and between two names above a narrow drawing.
const LINE: f64 = 16.0;
/// From a name's sample of its line to its text.
const KEY_TEXT: f64 = 24.0;

/// How a line looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    /// That of the period shown.
    Newest,
    /// That of the same period of the year before.
    YearBefore,
    /// That of another period.
    Before,
}

impl Look {
    const fn class(self) -> &'static str {
        match self {
            Self::Newest => "line-done",
            Self::YearBefore => "line-year",
            Self::Before => "line-before",
        }
    }
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Curve {
    /// When its cases entered.
    pub(crate) name: String,
    /// How it looks.
    pub(crate) look: Look,
    /// How many entered.
    pub(crate) entered: Value,
    /// How many of them were settled by each of [`BY`]; from the first withheld figure on, none of them is
    /// known.
    pub(crate) settled: [Value; 4],
}

impl Curve {
    /// The line of `figures`.
    pub(crate) fn of(name: String, look: Look, figures: &Figures) -> Self {
        let mut so_far = Value::Shown(0);
        let settled = BY.map(|(_, item)| {
            so_far = match (so_far, figures.get(item)) {
                (Value::Shown(sum), Value::Shown(more)) => Value::Shown(sum + more),
                (Value::Shown(_), missing) => missing,
                (missing, _) => missing,
            };
            so_far
        });
        Self { name, look, entered: figures.get(Item::Followed), settled }
    }

    /// Part and whole of the share settled by the day at `index` of [`BY`], if both are shown and something
    /// entered.
    pub(crate) fn share(&self, index: usize) -> Option<(i64, i64)> {
        let of = self.entered.shown().filter(|of| *of > 0)?;
        let part = self.settled.get(index)?.shown()?;
        (0..=of).contains(&part).then_some((part, of))
    }

    /// The value that stands in the way of that share; `None` also for a share of nothing.
    pub(crate) fn missing(&self, index: usize) -> Option<Value> {
        let values = [Some(self.entered), self.settled.get(index).copied()];
        values.into_iter().flatten().find(|v| v.shown().is_none())
    }

    /// True if it has a point.
    pub(crate) fn is_drawn(&self) -> bool {
        self.share(0).is_some()
    }

    /// True if it ends before the last day because a figure is withheld.
    pub(crate) fn breaks_off(&self) -> bool {
        (0..BY.len()).any(|i| self.missing(i) == Some(Value::Withheld))
    }

    /// Tenths of a percent at each of [`DAYS`].
    fn points(&self) -> Vec<Option<i64>> {
        let share = |i| self.share(i).and_then(|(part, of)| per_mille(part, of));
        let first = self.is_drawn().then_some(0);
        std::iter::once(first).chain((0..BY.len()).map(share)).collect()
    }

    /// The share by the last day in per cent, or the mark of what stands in its way.
    fn end(&self, locale: Locale) -> String {
        let last = BY.len() - 1;
        let share = self.share(last).and_then(|(part, of)| percent(part, of, locale));
        let sign = || self.missing(last).and_then(|v| mark(v, locale)).map(|(sign, _)| sign);
        share.or_else(|| sign().map(ToOwned::to_owned)).unwrap_or_default()
    }
}

/// The drawing of `curves`, the strong one first.
pub(crate) fn completion(title: &str, curves: &[Curve], locale: Locale) -> AnyView {
    let data = Data { curves, locale };
    let description = data.describe(title);
    let boxed = |size: Size| {
        let frame = data.frame(size);
        ([frame.width, frame.height], data.drawing(size))
    };
    wide_and_narrow("", description, boxed(Size::Wide), boxed(Size::Narrow))
}

/// The same for a file.
pub(crate) fn completion_sheet(curves: &[Curve], locale: Locale) -> Sheet {
    let data = Data { curves, locale };
    Sheet { height: data.frame(Size::Sheet).height, content: data.drawing(Size::Sheet) }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Size {
    Wide,
    Narrow,
    /// In a file.
    Sheet,
}

struct Data<'a> {
    curves: &'a [Curve],
    locale: Locale,
}

impl Data<'_> {
    fn ticks(&self) -> Ticks {
        let most = self.curves.iter().flat_map(Curve::points).flatten().max().unwrap_or(0);
        ticks_of_shares(most, 1000, 4)
    }

    fn tick(&self, tenths: i64) -> String {
        match tenths % 10 {
            0 => format!("{}%", integer(tenths / 10, self.locale)),
            _ => percent(tenths, 1000, self.locale).unwrap_or_default(),
        }
    }

    /// The lines with a label at their end: all where there is room; on a phone, whose names stand above,
    /// those that are not thin.
    fn labelled(&self, size: Size) -> Vec<&Curve> {
        let named = |c: &&Curve| size != Size::Narrow || c.look != Look::Before;
        self.curves.iter().filter(named).collect()
    }

    fn label(&self, curve: &Curve, size: Size) -> (Option<String>, String) {
        ((size != Size::Narrow).then(|| curve.name.clone()), curve.end(self.locale))
    }

    /// Names above a narrow drawing, with the look of their line; the thin ones share one.
    fn key(&self) -> Vec<(Look, String)> {
        let drawn = || self.curves.iter().filter(|c| c.is_drawn());
        let own = drawn().filter(|c| c.look != Look::Before);
        let before = drawn().any(|c| c.look == Look::Before);
        let before = before.then(|| (Look::Before, text!(self.locale, table.cohorts_before)));
        own.map(|c| (c.look, c.name.clone())).chain(before).collect()
    }

    fn frame(&self, size: Size) -> Frame {
        let left = text_width(&self.tick(self.ticks().top), AXIS) + 8.0;
        let label = |curve: &Curve| {
            let (name, value) = self.label(curve, size);
            text_width(&format!("{} {value}", name.unwrap_or_default()), END)
        };
        let ends = self.labelled(size).into_iter().map(label).fold(0.0, f64::max) + 10.0;
        let key: f64 = match size {
            Size::Narrow => self.key().iter().map(|_| LINE).sum(),
            Size::Wide | Size::Sheet => 0.0,
        };
        let (width, plot) = match size {
            Size::Wide => (608.0, 220.0),
            Size::Narrow => (328.0, 180.0),
            Size::Sheet => (SHEET_WIDTH, 220.0),
        };
        let top = key + 12.0;
        let (right, bottom) = (width - ends, top + plot);
        Frame { width, height: bottom + 44.0, left, right, top, bottom }
    }

    fn drawing(&self, size: Size) -> AnyView {
        let frame = self.frame(size);
        let points = |curves: &[&Curve]| curves.iter().map(|c| c.points()).collect::<Vec<_>>();
        // The strong line is drawn last, over the others.
        let curves: Vec<&Curve> = self.curves.iter().rev().collect();
        let chart = lines_at(frame, &DAYS, &points(&curves), self.ticks(), LINE);
        let paths = curves.iter().zip(&chart.lines).map(|(curve, line)| {
            let class = curve.look.class();
            let dots = line.points.iter().skip(1).flatten();
            let dots = dots.filter(|_| curve.look != Look::Before).map(|p| {
                view! { <circle class=class cx=unit(p.x) cy=unit(p.y) r="3" /> }
            });
            view! { <path class=class d=line.path.clone() /> {dots.collect_view()} }
        });
        let labelled = self.labelled(size);
        let ends = lines_at(frame, &DAYS, &points(&labelled), self.ticks(), LINE).lines;
        let ends = labelled.iter().zip(ends).filter_map(|(curve, line)| {
            let (name, value) = self.label(curve, size);
            let class = format!("end {}", curve.look.class());
            let y = unit(line.label_y? + 4.5);
            Some(view! {
                <text class=class x=unit(frame.right + 9.0) y=y>
                    {name.map(|name| format!("{name} "))}
                    <tspan class="n">{value}</tspan>
                </text>
            })
        });
        view! {
            {self.axes(frame, &chart.xs, &chart.ticks)}
            {paths.collect_view()}
            {ends.collect_view()}
            {(size == Size::Narrow).then(|| self.named_above())}
        }
        .into_any()
    }

    fn axes(&self, frame: Frame, xs: &[f64], ticks: &[(i64, f64)]) -> AnyView {
        let [left, right, bottom] = [frame.left, frame.right, frame.bottom].map(unit);
        let grid = ticks.iter().map(|&(value, y)| {
            view! {
                <line class="grid" x1=left.clone() x2=right.clone() y1=unit(y) y2=unit(y) />
                <text class="axis" x=unit(frame.left - 7.0) y=unit(y + 4.0) text-anchor="end">
                    {self.tick(value)}
                </text>
            }
        });
        let days = DAYS.iter().zip(xs).map(|(day, &x)| {
            view! {
                <line
                    class="tick"
                    x1=unit(x)
                    x2=unit(x)
                    y1=bottom.clone()
                    y2=unit(frame.bottom + 5.0)
                />
                <text class="axis" x=unit(x) y=unit(frame.bottom + 19.0) text-anchor="middle">
                    {integer(*day, self.locale)}
                </text>
            }
        });
        view! {
            {grid.collect_view()}
            {days.collect_view()}
            <text class="axis" x=left.clone() y=unit(frame.bottom + 37.0)>
                {text!(self.locale, table.days_axis)}
            </text>
        }
        .into_any()
    }

    fn named_above(&self) -> AnyView {
        let name = |(row, (look, name)): (u8, (Look, String))| {
            let class = look.class();
            let y = 12.0 + LINE * f64::from(row);
            view! {
                <line class=class x1="0" x2="18" y1=unit(y - 4.0) y2=unit(y - 4.0) />
                <text class=format!("end {class}") x=unit(KEY_TEXT) y=unit(y)>
                    {name}
                </text>
            }
        };
        (0..).zip(self.key()).map(name).collect_view().into_any()
    }

    /// What the drawing says, in words: every share of the lines that are not thin, the last of the others.
    fn describe(&self, title: &str) -> String {
        let locale = self.locale;
        let share = |curve: &Curve, index: usize| {
            let share = curve.share(index).and_then(|(part, of)| percent(part, of, locale));
            let missing = || curve.missing(index).map(|value| plain(value, locale));
            share.or_else(missing).unwrap_or_else(|| text!(locale, dots.of_nothing))
        };
        let mut out = title.to_owned();
        for curve in self.curves {
            let from = if curve.look == Look::Before { BY.len() - 1 } else { 0 };
            let shares = BY.iter().enumerate().skip(from);
            let shares: Vec<String> = shares
                .map(|(i, (days, _))| {
                    text!(locale, table.by_day, days = days, share = share(curve, i))
                })
                .collect();
            out.push_str(&format!(". {}: {}", curve.name, shares.join(", ")));
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(of: Value, parts: [Value; 4]) -> Figures {
        let mut out = Figures::default();
        out.put(Item::Followed, of);
        BY.iter().zip(parts).for_each(|((_, item), value)| out.put(*item, value));
        out
    }

    fn curve(of: Value, parts: [Value; 4]) -> Curve {
        Curve::of("quý I/2026".into(), Look::Newest, &figures(of, parts))
    }

    const fn shown(values: [i64; 4]) -> [Value; 4] {
        let [a, b, c, d] = values;
        [Value::Shown(a), Value::Shown(b), Value::Shown(c), Value::Shown(d)]
    }

    #[test]
    fn shares_add_up_from_the_day_of_reception_on() {
        let curve = curve(Value::Shown(200), shown([50, 40, 30, 20]));
        assert_eq!(curve.points(), [0, 250, 450, 600, 700].map(Some));
        assert_eq!(curve.share(3), Some((140, 200)));
        assert!(!curve.breaks_off());
    }

    #[test]
    fn a_withheld_figure_gives_no_point_and_none_after_it() {
        let mut parts = shown([50, 40, 30, 20]);
        parts[2] = Value::Withheld;
        let broken = curve(Value::Shown(200), parts);
        assert_eq!(broken.points(), [Some(0), Some(250), Some(450), None, None]);
        assert_eq!(broken.missing(3), Some(Value::Withheld));
        assert!(broken.breaks_off() && broken.is_drawn());
        let html = completion("t", &[broken], Locale::Vi).to_html();
        assert!(!html.contains("60,0%") && !html.contains("70,0%"), "{html}");
        assert!(html.contains("giữ kín"), "told in words: {html}");

        let whole = curve(Value::Withheld, shown([50, 40, 30, 20]));
        assert_eq!(whole.points(), [None; 5]);
        assert!(!whole.is_drawn() && whole.breaks_off());
    }

    #[test]
    fn of_nothing_there_is_no_share_and_nothing_is_missing() {
        let none = curve(Value::Shown(0), shown([0; 4]));
        assert_eq!((none.share(0), none.missing(0)), (None, None));
        assert!(!none.breaks_off());
    }

    #[test]
    fn lines_are_told_apart_without_colour_and_named_at_their_ends() {
        let named = |name: &str, look| Curve {
            name: name.into(),
            look,
            ..curve(Value::Shown(200), shown([50, 40, 30, 20]))
        };
        let curves = [
            named("quý I/2026", Look::Newest),
            named("quý IV/2025", Look::Before),
            named("quý I/2025", Look::YearBefore),
        ];
        let html = completion("Tỷ lệ", &curves, Locale::Vi).to_html().replace("<!>", "");
        let (wide, narrow) = html.split_once("</svg>").unwrap();
        for name in ["quý I/2026", "quý IV/2025", "quý I/2025"] {
            assert!(wide.contains(&format!(">{name} <tspan class=\"n\">70,0%")), "{wide}");
        }
        for class in ["line-done", "line-year", "line-before"] {
            let drawn = |svg: &str| svg.matches(&format!(" class=\"{class}\"></path>")).count();
            assert_eq!((drawn(wide), drawn(narrow)), (1, 1), "{class}");
        }
        // On a phone the names stand above, and values at the ends of the two that are not thin.
        assert_eq!(narrow.matches("<tspan").count(), 2);
        assert!(narrow.contains("các kỳ trước") && narrow.contains(">quý I/2025<"), "{narrow}");
        assert!(wide.contains("30 ngày: 25,0%, 60 ngày: 45,0%"), "in words: {wide}");
    }
}
