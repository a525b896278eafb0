//! Reads `locales/*.json` and generates the interface texts as code, so that a text which is
//! missing in one language fails the build.
//!
//! Generates with `leptos_i18n_codegen`, as `leptos_i18n_build` does, which would also bring ICU
//! data, an HTTP client and a TLS stack that nothing here needs.

use std::{env, error::Error, fs, path::PathBuf};

use leptos_i18n_codegen::gen_code;
use leptos_i18n_parser::parse_locales::{
    options::{Config, ParseOptions},
    parse_locales,
};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let options = ParseOptions::new().interpolate_display(true);
    let config = Config::new("vi")?.add_locale("en")?.parse_options(options);
    let texts = parse_locales(None, config)?;
    for path in texts.tracked_files.iter().flatten() {
        println!("cargo::rerun-if-changed={path}");
    }
    for warning in texts.diag.warnings().iter() {
        println!("cargo::error=locales: {warning}");
    }
    for error in texts.diag.errors().iter() {
        println!("cargo::error=locales: {error}");
    }
    let code = gen_code(&texts, None, false, None, false)?;
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("i18n.rs"), code.to_string())?;
    Ok(())
}
