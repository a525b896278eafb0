//! A release bundle: a directory of plain files that outlives the application.
//!
//! | file | content |
//! |---|---|
//! | `manifest.json` | what the release is; every other file with its SHA-256; root of the figures |
//! | `checkpoint` | signed note over the log of releases up to this one |
//! | `tables/ID.csv` | the figures, one a row |
//! | `tables/ID.csv-metadata.json` | CSV on the Web description of the columns |
//! | `tables.json` | the definitions of the tables, in order |
//! | `datapackage.json` | Frictionless description of the whole |
//! | `figures.json` | names of all members and items in both languages |
//! | `disclosure.json` | rules, and figures withheld by table |
//! | `gate.json` | what the gate looked at when it passed the release |
//! | `revisions.csv` | figures that differ from an earlier release |

use std::fs;
use std::path::Path;

use model::figure::Address;
use model::table::TableDefinition;
use model::{Cell, Dim, Item, Locale, Period, ReleaseId, Status};
use proof::{FileEntry, Log, LogError, Manifest, Tree, canonical_line};
use serde_json::{Value, json};

use super::error::BuildError;

/// A table with its figures, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What it counts, and where.
    pub definition: TableDefinition,
    /// The figures.
    pub cells: Vec<Cell>,
}

impl Table {
    /// Number of figures with `status`.
    pub fn count(&self, status: Status) -> usize {
        self.cells.iter().filter(|c| c.status == status).count()
    }
}

/// The content of a release, before it is signed.
#[derive(Clone, Debug)]
pub struct Release {
    /// Its name.
    pub id: ReleaseId,
    /// When it becomes public.
    pub visible_from: jiff::Timestamp,
    /// True for demonstration data.
    pub simulated: bool,
    /// Tables, in order.
    pub tables: Vec<Table>,
    /// `disclosure.json`.
    pub disclosure: Value,
    /// `gate.json`.
    pub gate: Value,
}

/// A bundle as read back and checked.
#[derive(Clone, Debug)]
pub struct Bundle {
    /// What it holds.
    pub release: Release,
    /// The manifest, byte for byte.
    pub manifest: Vec<u8>,
    /// The same, parsed.
    pub parsed: Manifest,
    /// The signed checkpoint.
    pub checkpoint: String,
}

impl Bundle {
    /// Checks that the checkpoint is signed by `verifier` and covers exactly `log`, in which this
    /// bundle's manifest is the last entry. `dir` is where the bundle was read, for the message.
    ///
    /// # Errors
    ///
    /// When the manifest or the checkpoint is not what was signed, or `verifier` is no key.
    pub fn verify(&self, dir: &Path, log: &Log, verifier: &str) -> Result<(), BuildError> {
        log.verify(&self.checkpoint, verifier).map_err(|error| match error {
            LogError::VerifierKey => BuildError::Log(error),
            error => BuildError::Bundle {
                bundle: dir.to_owned(),
                why: format!("manifest.json and checkpoint are not what was signed: {error}"),
            },
        })
    }
}

/// The columns of a table's file.
fn columns(definition: &TableDefinition) -> Vec<&'static str> {
    let dims = definition.dimensions();
    ["period"]
        .into_iter()
        .chain(dims.into_iter().map(Dim::code))
        .chain(["item", "unit", "value", "status"])
        .collect()
}

fn table_csv(table: &Table) -> Result<Vec<u8>, BuildError> {
    let wrong = || BuildError::format::<csv::Error>(format!("tables/{}.csv", table.definition.id));
    let dims = table.definition.dimensions();
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(columns(&table.definition)).map_err(wrong())?;
    for cell in &table.cells {
        let address = &cell.address;
        let mut row = vec![address.period.to_string()];
        row.extend(dims.iter().map(|&d| address.member(d).to_owned()));
        row.push(address.item.code().to_owned());
        row.push(address.item.unit().code().to_owned());
        row.push(cell.value.map_or_else(String::new, |v| v.to_string()));
        row.push(cell.status.mark().to_owned());
        out.write_record(&row).map_err(wrong())?;
    }
    out.into_inner().map_err(BuildError::format(table.definition.id.clone()))
}

fn read_table(definition: TableDefinition, bytes: &[u8]) -> Result<Table, BuildError> {
    let name = format!("tables/{}.csv", definition.id);
    let wrong = |why: String| BuildError::Format { what: name.clone(), why };
    let mut reader = csv::Reader::from_reader(bytes);
    let headers = reader.headers().map_err(|e| wrong(e.to_string()))?.clone();
    if headers.iter().ne(columns(&definition)) {
        return Err(wrong("the columns are not those of the table's definition".into()));
    }
    let dims = definition.dimensions();
    let mut cells = Vec::new();
    for (row, record) in reader.records().enumerate() {
        let record = record.map_err(|e| wrong(e.to_string()))?;
        let cell = read_cell(&record, &dims)
            .ok_or_else(|| wrong(format!("row {} is not a figure", row + 2)))?;
        cells.push(cell);
    }
    Ok(Table { definition, cells })
}

fn read_cell(record: &csv::StringRecord, dims: &[Dim]) -> Option<Cell> {
    let period: Period = record.get(0)?.parse().ok()?;
    let n = dims.len();
    let item = Item::from_code(record.get(n + 1)?)?;
    let mut address = Address::total(period, item);
    for (at, &dim) in dims.iter().enumerate() {
        let code = record.get(at + 1)?;
        dim.members().get(code)?;
        address = address.with(dim, code);
    }
    let (value, mark) = (record.get(n + 3)?, record.get(n + 4)?);
    let status = *Status::ALL.iter().find(|s| s.mark() == mark)?;
    match (status, value) {
        (Status::Shown, value) => Some(Cell::shown(address, value.parse().ok()?)),
        (_, "") => Some(Cell::missing(address, status)),
        _ => None,
    }
}

fn csvw(definition: &TableDefinition) -> Value {
    let title = |code: &str| match Dim::from_code(code) {
        Some(dim) => json!({"vi": dim.name(Locale::Vi), "en": dim.name(Locale::En)}),
        None => match code {
            "period" => json!({"vi": "Kỳ báo cáo", "en": "Report period"}),
            "item" => json!({"vi": "Chỉ tiêu", "en": "Item"}),
            "unit" => json!({"vi": "Đơn vị tính", "en": "Unit"}),
            "value" => json!({"vi": "Giá trị", "en": "Value"}),
            _ => {
                json!({"vi": "Ký hiệu (trống: công bố; x: giữ kín; :: không thu thập; .: không áp dụng)",
                        "en": "Mark (empty: published; x: withheld; :: not collected; .: not applicable)"})
            }
        },
    };
    let columns: Vec<Value> = columns(definition)
        .into_iter()
        .map(|name| {
            let datatype = if name == "value" { "integer" } else { "string" };
            json!({"name": name, "titles": title(name), "datatype": datatype})
        })
        .collect();
    json!({
        "@context": "http://www.w3.org/ns/csvw",
        "url": format!("{}.csv", definition.id),
        "dc:title": {"vi": definition.title.vi, "en": definition.title.en},
        "dc:description": {"vi": definition.lead.vi, "en": definition.lead.en},
        "tableSchema": {"columns": columns},
    })
}

fn datapackage(release: &Release) -> Value {
    let resources: Vec<Value> = release
        .tables
        .iter()
        .map(|t| {
            let fields: Vec<Value> = columns(&t.definition)
                .into_iter()
                .map(|name| {
                    let kind = if name == "value" { "integer" } else { "string" };
                    json!({"name": name, "type": kind})
                })
                .collect();
            json!({
                "name": t.definition.id,
                "title": t.definition.title.vi,
                "path": format!("tables/{}.csv", t.definition.id),
                "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
                "schema": {"fields": fields},
            })
        })
        .collect();
    let title = if release.simulated {
        "Khiếu nại, tố cáo, kiến nghị ở Thanh Hóa (dữ liệu mô phỏng / simulated data)"
    } else {
        "Khiếu nại, tố cáo, kiến nghị ở Thanh Hóa"
    };
    json!({
        "name": "thanh-hoa-complaints",
        "id": release.id.to_string(),
        "title": title,
        "version": release.id.to_string(),
        "resources": resources,
    })
}

fn labels(release: &Release) -> Value {
    let mut dims = serde_json::Map::new();
    for dim in Dim::ALL {
        let members: serde_json::Map<String, Value> = dim
            .members()
            .all()
            .iter()
            .map(|m| (m.code.clone(), json!({"vi": m.name.vi, "en": m.name.en})))
            .collect();
        dims.insert(dim.code().to_owned(), Value::Object(members));
    }
    let items: serde_json::Map<String, Value> = release
        .tables
        .iter()
        .flat_map(|t| &t.definition.items)
        .map(|i| {
            let label = json!({
                "vi": i.name(Locale::Vi), "en": i.name(Locale::En), "unit": i.unit().code(),
            });
            (i.code().to_owned(), label)
        })
        .collect();
    json!({"dimensions": dims, "items": items})
}

fn pretty(value: &impl serde::Serialize, name: &str) -> Result<Vec<u8>, BuildError> {
    let mut bytes = serde_json::to_vec_pretty(value).map_err(BuildError::format(name))?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// The tree over the figures of `tables`, in the order of the tables and of their files' rows.
///
/// # Errors
///
/// Never for a release that fits in memory.
pub fn tree(release: ReleaseId, tables: &[Table]) -> Result<Tree, BuildError> {
    let mut tree = Tree::default();
    for table in tables {
        for cell in &table.cells {
            let line = canonical_line(release, &table.definition.id, cell);
            tree.push(line.as_bytes()).map_err(BuildError::format("tree of figures"))?;
        }
    }
    Ok(tree)
}

/// Size and root of the tree over the figures of `tables`.
fn root(release: ReleaseId, tables: &[Table]) -> Result<(u64, String), BuildError> {
    let tree = tree(release, tables)?;
    Ok((tree.size(), tree.root_hex().map_err(BuildError::format("tree of figures"))?))
}

/// Writes the files of `release` into `dir` and returns the manifest's bytes; the checkpoint
/// follows when the log is signed.
///
/// # Errors
///
/// When a file cannot be written.
pub fn write(dir: &Path, release: &Release, log_index: u64) -> Result<Vec<u8>, BuildError> {
    let definitions: Vec<&TableDefinition> = release.tables.iter().map(|t| &t.definition).collect();
    let mut files: Vec<(String, Vec<u8>)> = vec![
        ("tables.json".into(), pretty(&definitions, "tables.json")?),
        ("figures.json".into(), pretty(&labels(release), "figures.json")?),
        ("disclosure.json".into(), pretty(&release.disclosure, "disclosure.json")?),
        ("gate.json".into(), pretty(&release.gate, "gate.json")?),
        ("datapackage.json".into(), pretty(&datapackage(release), "datapackage.json")?),
        (
            "revisions.csv".into(),
            b"table,period,area,body,kind,field,referrer,item,old,new,reason,approved_by\n".into(),
        ),
    ];
    for table in &release.tables {
        let id = &table.definition.id;
        files.push((format!("tables/{id}.csv"), table_csv(table)?));
        let name = format!("tables/{id}.csv-metadata.json");
        let content = pretty(&csvw(&table.definition), &name)?;
        files.push((name, content));
    }
    if release.simulated {
        let note = "Dữ liệu mô phỏng, không phải số liệu của tỉnh Thanh Hóa.\n\
                    Simulated data, not figures of Thanh Hoa province.\n";
        files.push(("SIMULATED.txt".into(), note.as_bytes().to_vec()));
    }
    files.sort();

    let (figures, root) = root(release.id, &release.tables)?;
    let manifest = Manifest {
        format: proof::manifest::FORMAT.to_owned(),
        release: release.id,
        period: release.id.period,
        period_start: release.id.period.start().to_string(),
        period_end: release.id.period.end().to_string(),
        visible_from: release.visible_from.to_string(),
        simulated: release.simulated,
        figures,
        root,
        log_index,
        tables: release.tables.iter().map(|t| t.definition.id.clone()).collect(),
        files: files.iter().map(|(path, content)| FileEntry::of(path, content)).collect(),
    };
    let manifest = pretty(&manifest, "manifest.json")?;

    let tables = dir.join("tables");
    fs::create_dir_all(&tables).map_err(BuildError::file(&tables))?;
    for (path, content) in &files {
        let path = dir.join(path);
        fs::write(&path, content).map_err(BuildError::file(&path))?;
    }
    let path = dir.join("manifest.json");
    fs::write(&path, &manifest).map_err(BuildError::file(&path))?;
    Ok(manifest)
}

/// Reads a bundle and checks it against its manifest: every file's hash, nothing missing, nothing
/// added, and the root over the figures.
///
/// # Errors
///
/// Says which file is missing, added, changed or unreadable.
pub fn read(dir: &Path) -> Result<Bundle, BuildError> {
    let refuse = |why: String| BuildError::Bundle { bundle: dir.to_owned(), why };
    let file = |name: &str| -> Result<Vec<u8>, BuildError> {
        let path = dir.join(name);
        fs::read(&path).map_err(BuildError::file(&path))
    };
    let manifest = file("manifest.json")?;
    let parsed: Manifest =
        serde_json::from_slice(&manifest).map_err(BuildError::format("manifest.json"))?;
    if parsed.format != proof::manifest::FORMAT {
        return Err(refuse(format!("its format is `{}`, not known here", parsed.format)));
    }
    for entry in &parsed.files {
        if entry.path.split('/').any(|part| part.is_empty() || part.starts_with('.')) {
            return Err(refuse(format!("`{}` is no path within the bundle", entry.path)));
        }
        if !entry.matches(&file(&entry.path)?) {
            return Err(refuse(format!("{} is not the file that was signed", entry.path)));
        }
    }
    for name in file_names(dir)? {
        let known = name == "manifest.json"
            || name == "checkpoint"
            || parsed.files.iter().any(|f| f.path == name);
        if !known {
            return Err(refuse(format!("{name} is not part of the release")));
        }
    }
    let definitions: Vec<TableDefinition> =
        serde_json::from_slice(&file("tables.json")?).map_err(BuildError::format("tables.json"))?;
    let mut tables = Vec::with_capacity(definitions.len());
    for definition in definitions {
        let bytes = file(&format!("tables/{}.csv", definition.id))?;
        tables.push(read_table(definition, &bytes)?);
    }
    let (figures, root) = root(parsed.release, &tables)?;
    if (figures, &root) != (parsed.figures, &parsed.root) {
        return Err(refuse("the figures are not those of the manifest's root".into()));
    }
    let json = |name: &str| -> Result<Value, BuildError> {
        serde_json::from_slice(&file(name)?).map_err(BuildError::format(name))
    };
    let release = Release {
        id: parsed.release,
        visible_from: parsed.visible_from.parse().map_err(BuildError::format("visible_from"))?,
        simulated: parsed.simulated,
        tables,
        disclosure: json("disclosure.json")?,
        gate: json("gate.json")?,
    };
    let checkpoint =
        String::from_utf8(file("checkpoint")?).map_err(BuildError::format("checkpoint"))?;
    Ok(Bundle { release, manifest, parsed, checkpoint })
}

/// Paths of all files below `dir`, with `/`.
fn file_names(dir: &Path) -> Result<Vec<String>, BuildError> {
    let mut out = Vec::new();
    let mut queue = vec![(dir.to_owned(), String::new())];
    while let Some((folder, prefix)) = queue.pop() {
        for entry in fs::read_dir(&folder).map_err(BuildError::file(&folder))? {
            let entry = entry.map_err(BuildError::file(&folder))?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                queue.push((entry.path(), format!("{name}/")));
            } else {
                out.push(name);
            }
        }
    }
    out.sort();
    Ok(out)
}
