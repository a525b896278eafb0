//! A mask as any tool may write it: what is shown of each cell.

use std::path::Path;

use super::ProtectError;
use super::columns::Columns;
use super::cube::Cube;
use super::spec::Plan;

/// Columns that say whether a cell is shown, the first that is there.
const STATES: [(&str, Kind); 4] = [
    ("status", Kind::Word),
    ("suppressed", Kind::Withheld),
    ("withheld", Kind::Withheld),
    ("shown", Kind::Shown),
];

#[derive(Clone, Copy)]
enum Kind {
    /// A word.
    Word,
    /// True where it is withheld.
    Withheld,
    /// True where it is shown.
    Shown,
}

/// Reads whether each cell of the cube is shown; a cell that only links tables never is.
///
/// # Errors
///
/// Names file, row, column and remedy where a cell is missing, unknown, there twice, or shown with
/// another value than the data give.
pub(super) fn read(plan: &Plan, cube: &Cube, path: &Path) -> Result<Vec<bool>, ProtectError> {
    let mut file = Columns::open(path)?;
    let names: Vec<&str> = plan.hierarchies.iter().map(|h| h.name.as_str()).collect();
    let keys = file.find(&names)?;
    let state = STATES.iter().find(|(name, _)| file.has(name)).ok_or_else(|| {
        let names = STATES.map(|(name, _)| name).join(", ");
        ProtectError::spec(path, format!("no column says what is shown: name one of {names}"))
    })?;
    let at = file.find(&[state.0])?[0];
    let value = ["value", plan.spec.measure.as_str()].into_iter().find(|name| file.has(name));
    let value = value.map(|name| file.find(&[name])).transpose()?.map(|found| found[0]);
    let mut seen: Vec<Option<(bool, u64)>> = vec![None; cube.published];
    file.each(|row| {
        let codes: Vec<&str> = keys.iter().map(|&at| row.get(at)).collect();
        for ((code, dimension), &column) in codes.iter().zip(&cube.population.dimensions).zip(&keys)
        {
            if !dimension.members().iter().any(|member| member == code) {
                let why = format!("is no code of {}: check the data", dimension.name());
                return Err(row.problem(column, &why));
            }
        }
        let cell = cube.find(&codes).filter(|&cell| cell < cube.published).ok_or_else(|| {
            row.problem(keys[0], "makes, with the other codes, no cell of the tables: leave it out")
        })?;
        if let Some((_, first)) = seen[cell] {
            let why = format!("has its cell a second time, after row {first}: keep one of them");
            return Err(row.problem(keys[0], &why));
        }
        let shown = shown(state.1, row.get(at)).map_err(|why| row.problem(at, why))?;
        let truth = cube.population.cells[cell].value;
        if let Some(column) = value.filter(|&column| shown && row.get(column).parse() != Ok(truth))
        {
            let why =
                format!("is shown where the data give {truth}: audit the data it was made of");
            return Err(row.problem(column, &why));
        }
        seen[cell] = Some((shown, row.number()));
        Ok(())
    })?;
    if let Some(cell) = seen.iter().position(Option::is_none) {
        let label = cube.population.label(&cube.population.cells[cell].key);
        let missing = seen.iter().filter(|cell| cell.is_none()).count();
        let why = format!(
            "there is no row for {label}, one of {missing} missing: a mask has every cell of the \
             tables"
        );
        return Err(ProtectError::spec(path, why));
    }
    let shown = seen.into_iter().map(|cell| cell.is_some_and(|(shown, _)| shown));
    let linking = cube.population.cells.len() - cube.published;
    Ok(shown.chain(std::iter::repeat_n(false, linking)).collect())
}

fn shown(kind: Kind, text: &str) -> Result<bool, &'static str> {
    let text = text.to_lowercase();
    let truth = || match text.as_str() {
        "true" | "t" | "1" | "yes" => Ok(true),
        "false" | "f" | "0" | "no" => Ok(false),
        _ => Err("is neither TRUE nor FALSE"),
    };
    match kind {
        Kind::Shown => truth(),
        Kind::Withheld => truth().map(|withheld| !withheld),
        Kind::Word => match text.as_str() {
            "shown" => Ok(true),
            "primary" | "secondary" | "withheld" | "suppressed" | "hidden" | "x" => Ok(false),
            _ => Err("is not shown, primary, secondary or withheld"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, shown};

    #[test]
    fn each_tools_words_for_withheld_are_understood_and_others_refused() {
        assert_eq!(shown(Kind::Word, "Secondary"), Ok(false));
        assert_eq!(shown(Kind::Word, "shown"), Ok(true));
        assert_eq!(shown(Kind::Withheld, "TRUE"), Ok(false));
        assert_eq!(shown(Kind::Shown, "1"), Ok(true));
        assert!(shown(Kind::Word, "").is_err() && shown(Kind::Withheld, "maybe").is_err());
    }
}
