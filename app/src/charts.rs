//! Charts: the geometry of `chart` drawn as SVG. Each answers its heading, names its lines itself,
//! says in words what it shows, and stands beside its table. A phone gets a drawing of its own;
//! the style sheet decides which of the two is shown.

pub(crate) mod bars;
pub(crate) mod completion;
pub(crate) mod dots;
pub(crate) mod flow;
pub(crate) mod funnel;
pub(crate) mod map;
pub(crate) mod multiples;
pub(crate) mod share;
pub(crate) mod sheet;
pub(crate) mod trend;

use chart::unit;
use leptos::prelude::*;

/// What is drawn in a box of that width and height.
pub(crate) type Boxed = ([f64; 2], AnyView);

/// A drawing, and the one for phones that says the same. The style sheet shows one of the two; `class` is the
/// wide one's own.
pub(crate) fn wide_and_narrow(
    class: &'static str,
    description: String,
    wide: Boxed,
    narrow: Boxed,
) -> AnyView {
    let one = |class: String, description: String, ([width, height], content): Boxed| {
        let view_box = format!("0 0 {} {}", unit(width), unit(height));
        view! {
            <svg class=class viewBox=view_box role="img" aria-label=description>
                {content}
            </svg>
        }
    };
    let class = format!("wide {class}").trim_end().to_owned();
    view! {
        {one(class, description.clone(), wide)}
        {one("narrow".to_owned(), description, narrow)}
    }
    .into_any()
}

/// The hatching of withheld figures, as a pattern with the given id. Each drawing on a page has its
/// own.
pub(crate) fn hatch(id: &'static str) -> AnyView {
    hatch_scaled(id, 1.0)
}

/// The same where `scale` units of the drawing are one of others, so that the grain is the same.
pub(crate) fn hatch_scaled(id: &'static str, scale: f64) -> AnyView {
    let transform = match scale {
        1.0 => "rotate(45)".to_owned(),
        scale => format!("rotate(45) scale({})", unit(scale)),
    };
    view! {
        <defs>
            <pattern
                id=id
                width="5"
                height="5"
                patternUnits="userSpaceOnUse"
                patternTransform=transform
            >
                <rect class="hatch-ground" width="5" height="5" />
                <line class="hatch-line" x1="0" y1="0" x2="0" y2="5" />
            </pattern>
        </defs>
    }
    .into_any()
}
