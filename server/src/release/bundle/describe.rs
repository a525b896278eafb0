//! The files of a bundle that describe the others: for CSV on the Web, Frictionless, and people.

use model::table::TableDefinition;
use model::{Dim, Locale};
use serde_json::{Value, json};

use super::{Release, columns};

pub(super) fn csvw(definition: &TableDefinition) -> Value {
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

pub(super) fn datapackage(release: &Release) -> Value {
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

pub(super) fn labels(release: &Release) -> Value {
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
