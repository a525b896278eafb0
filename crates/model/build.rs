//! Turns the reference tables in `data/` into constant arrays, so that neither the server nor the
//! browser parses CSV at run time.

use std::{env, error::Error, fmt::Write as _, fs, path::Path};

type Rows = Vec<csv::StringRecord>;

fn main() -> Result<(), Box<dyn Error>> {
    let mut code = String::new();
    let districts = rows("districts")?;
    writeln!(code, "pub(crate) static DISTRICTS: [District; {}] = [", districts.len())?;
    for r in &districts {
        writeln!(
            code,
            "District {{ code: {:?}, name: {:?}, full_name: {:?}, region: Region::{}, valid_to: {:?}, merged_into: {:?} }},",
            &r[0],
            &r[1],
            &r[2],
            region(&r[3]),
            &r[5],
            &r[6]
        )?;
    }
    code.push_str("];\n");

    let communes = rows("communes")?;
    writeln!(code, "pub(crate) static COMMUNES: [Commune; {}] = [", communes.len())?;
    for r in &communes {
        writeln!(
            code,
            "Commune {{ code: {:?}, name: {:?}, full_name: {:?}, name_en: {:?}, ward: {}, district: {:?}, region: Region::{}, straddles: {:?}, centre: ({}, {}), tile: ({}, {}) }},",
            &r[0],
            &r[1],
            &r[2],
            &r[3],
            &r[4] == "ward",
            &r[5],
            region(&r[6]),
            &r[10],
            &r[7],
            &r[8],
            &r[11],
            &r[12]
        )?;
    }
    code.push_str("];\n");

    let crosswalk = rows("crosswalk")?;
    writeln!(code, "pub(crate) static CROSSWALK: [OldCommune; {}] = [", crosswalk.len())?;
    for r in &crosswalk {
        writeln!(
            code,
            "OldCommune {{ code: {:?}, name: {:?}, district26: {:?}, district27: {:?}, successor: {:?}, split: {}, main_successor: {} }},",
            &r[0],
            &r[1],
            &r[2],
            &r[3],
            &r[4],
            &r[5] == "1",
            &r[6] == "1"
        )?;
    }
    code.push_str("];\n");

    let bodies = rows("bodies")?;
    writeln!(code, "pub(crate) static AGENCIES: [Agency; {}] = [", bodies.len())?;
    for r in &bodies {
        writeln!(
            code,
            "Agency {{ code: {:?}, unit: {:?}, name_vi: {:?}, name_en: {:?}, valid_from: {:?}, valid_to: {:?}, successor: {:?} }},",
            &r[0], &r[1], &r[2], &r[3], &r[4], &r[5], &r[6]
        )?;
    }
    code.push_str("];\n");

    fs::write(Path::new(&env::var("OUT_DIR")?).join("reference.rs"), code)?;
    Ok(())
}

fn rows(name: &str) -> Result<Rows, Box<dyn Error>> {
    let path = format!("data/{name}.csv");
    println!("cargo::rerun-if-changed={path}");
    Ok(csv::Reader::from_path(path)?.records().collect::<Result<_, _>>()?)
}

fn region(code: &str) -> &'static str {
    match code {
        "mountain" => "Mountain",
        "coast" => "Coast",
        _ => "Plain",
    }
}
