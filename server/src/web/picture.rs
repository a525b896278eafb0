//! Charts as picture files. The SVG is the page's own drawing; the PNG is that SVG in pixels, with
//! the portal's typeface built in, whatever the server has installed.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::{Database, ID};
use resvg::usvg::{FontResolver, ImageHrefResolver, Options, Tree};
use tokio::sync::Semaphore;

/// Pixels for each unit of the drawing.
const SCALE: f32 = 2.0;
/// A picture higher than this is not drawn: no slice that has a drawing comes near it.
const MOST_PIXELS: u32 = 12_000;
/// So many pictures are drawn at once; others wait.
const AT_ONCE: usize = 2;
/// Who has waited this long is told to come back.
const WAIT: Duration = Duration::from_secs(10);

/// Be Vietnam Pro as the pages have it, in its two weights.
const FONTS: [&[u8]; 2] = [
    include_bytes!("../../../public/fonts/be-vietnam-pro-400.woff2"),
    include_bytes!("../../../public/fonts/be-vietnam-pro-600.woff2"),
];

static TYPEFACE: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut faces = Database::new();
    for packed in FONTS {
        match wuff::decompress_woff2(packed) {
            Ok(font) => faces.load_font_data(font),
            // The files are built in, and a test reads them: this is not met.
            Err(error) => tracing::error!(?error, "cannot unpack a font"),
        }
    }
    Arc::new(faces)
});

static DRAWING: Semaphore = Semaphore::const_new(AT_ONCE);

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub(super) enum PictureError {
    /// Too many are being drawn.
    #[error("too many pictures are being drawn")]
    Busy,
    /// It does not read as SVG.
    #[error("the drawing does not read as SVG")]
    Unreadable(#[from] resvg::usvg::Error),
    /// It is larger than any picture should be.
    #[error("a picture of {0} by {1} pixels is too large")]
    TooLarge(u32, u32),
    /// It cannot be packed.
    #[error("the picture cannot be packed: {0}")]
    Unpacked(String),
    /// The thread that drew it is gone.
    #[error("drawing was interrupted")]
    Interrupted(#[from] tokio::task::JoinError),
}

/// `svg` as PNG, drawn off the threads that answer requests.
///
/// # Errors
///
/// [`PictureError`].
pub(super) async fn png(svg: String) -> Result<Vec<u8>, PictureError> {
    let turn = tokio::time::timeout(WAIT, DRAWING.acquire()).await;
    // A closed semaphore and one that is long waited for are the same to the reader.
    let Ok(Ok(turn)) = turn else { return Err(PictureError::Busy) };
    tokio::task::spawn_blocking(move || {
        // Kept until the drawing is done, also if nobody waits for it any more.
        let _turn = turn;
        draw(&svg)
    })
    .await?
}

fn draw(svg: &str) -> Result<Vec<u8>, PictureError> {
    let tree = Tree::from_str(svg, &options())?;
    let size = tree.size().to_int_size().scale_by(SCALE);
    let (width, height) = size.map_or((0, 0), |s| (s.width(), s.height()));
    if width.max(height) > MOST_PIXELS {
        return Err(PictureError::TooLarge(width, height));
    }
    let mut pixels = Pixmap::new(width, height).ok_or(PictureError::TooLarge(width, height))?;
    resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| PictureError::Unpacked(error.to_string()))
}

/// The typeface alone: no file of the server and no address is read.
fn options() -> Options<'static> {
    let fonts = FontResolver {
        select_font: FontResolver::default_font_selector(),
        select_fallback: Box::new(|_, tried, faces| other_letters(tried, faces)),
    };
    let images = ImageHrefResolver {
        resolve_data: Box::new(|_, _, _| None),
        resolve_string: Box::new(|_, _| None),
    };
    Options {
        fontdb: Arc::clone(&TYPEFACE),
        font_resolver: fonts,
        font_family: "Be Vietnam Pro".to_owned(),
        image_href_resolver: images,
        ..Options::default()
    }
}

/// The face with the other letters, in the same weight: each of the two holds only some.
fn other_letters(tried: &[ID], faces: &Database) -> Option<ID> {
    let weight = faces.face(*tried.first()?)?.weight;
    faces.faces().find(|f| f.weight == weight && !tried.contains(&f.id)).map(|f| f.id)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use model::event::events;
    use model::item::Population;
    use model::{Dim, Locale};
    use resvg::usvg::{Group, Node};

    use super::*;

    const NEEDED: &str = "ếữộỬẠđĐơƯ₫aZ09 “”–−%·²";

    fn drawing(text: &str, weight: u16) -> String {
        format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='600' height='40'>\
             <text x='4' y='30' font-family='Be Vietnam Pro' font-size='20' \
             font-weight='{weight}'>{text}</text></svg>"
        )
    }

    /// Each glyph of the texts in `group`: its number, and the weight of its face.
    fn glyphs(group: &Group, out: &mut Vec<(u32, u16)>) {
        for node in group.children() {
            match node {
                Node::Group(inner) => glyphs(inner, out),
                Node::Text(text) => {
                    for glyph in text.layouted().iter().flat_map(|s| &s.positioned_glyphs) {
                        out.push((glyph.id.0, TYPEFACE.face(glyph.font).unwrap().weight.0));
                    }
                }
                _ => {}
            }
        }
    }

    #[test]
    fn every_vietnamese_letter_is_drawn_in_its_weight_from_the_built_in_typeface() {
        for weight in [400, 600] {
            let tree = Tree::from_str(&drawing(NEEDED, weight), &options()).unwrap();
            let mut drawn = Vec::new();
            glyphs(tree.root(), &mut drawn);
            assert_eq!(drawn.len(), NEEDED.chars().count(), "{drawn:?}");
            for (letter, (glyph, of)) in NEEDED.chars().zip(&drawn) {
                assert_ne!(*glyph, 0, "{letter} is missing at {weight}");
                assert_eq!(*of, weight, "{letter}");
            }
        }
    }

    #[test]
    fn what_is_said_of_events_is_drawn_whole() {
        let events = Population::ALL.iter().flat_map(|&of| events(of, Dim::Body.total()));
        let said: HashSet<String> = events
            .flat_map(|e| [e.name, e.detail])
            .flat_map(|words| Locale::ALL.map(|locale| words.get(locale).to_owned()))
            .collect();
        assert!(said.len() > 4, "{said:?}");
        for words in said {
            let tree = Tree::from_str(&drawing(&words, 400), &options()).unwrap();
            let mut drawn = Vec::new();
            glyphs(tree.root(), &mut drawn);
            assert!(drawn.iter().all(|(glyph, _)| *glyph != 0), "{words}");
        }
    }

    #[test]
    fn letters_that_differ_by_their_marks_alone_give_different_pictures() {
        let pictures: HashSet<Vec<u8>> = ["e", "ê", "ế", "ề", "ể", "ễ", "ệ", "\u{e000}"]
            .map(|letter| draw(&drawing(letter, 400)).unwrap())
            .into();
        assert_eq!(pictures.len(), 8);
    }

    #[test]
    fn what_is_too_large_or_no_drawing_is_refused() {
        let wide = "<svg xmlns='http://www.w3.org/2000/svg' width='600' height='9000'/>";
        assert!(matches!(draw(wide), Err(PictureError::TooLarge(1200, 18_000))));
        assert!(matches!(draw("<p>"), Err(PictureError::Unreadable(_))));
    }

    #[tokio::test]
    async fn a_picture_is_twice_as_wide_as_its_drawing() {
        let png = png(drawing("Tiếp nhận", 400)).await.unwrap();
        let picture = Pixmap::decode_png(&png).unwrap();
        assert_eq!((picture.width(), picture.height()), (1200, 80));
        assert!(picture.pixels().iter().any(|p| p.alpha() > 0));
    }

    #[tokio::test(start_paused = true)]
    async fn who_waits_too_long_is_told_to_come_back() {
        let all = DRAWING.acquire_many(u32::try_from(AT_ONCE).unwrap()).await.unwrap();
        assert!(matches!(png(drawing("1", 400)).await, Err(PictureError::Busy)));
        drop(all);
    }
}
