//! The reference as Markdown: for `docs/`, and a kind at a time for `explain`.

use crate::model::Kind;
use crate::model::reference::{Row, common, own, written};

/// Every kind and every field.
pub fn page() -> String {
    let mut out = String::from(
        "# Every kind and field\n\n\
         Made from the declarations that read content; `onside explain KIND` prints one kind, and every site has it all at `/reference/`.\n\
         What is **required** has to be there, or no page can be made. Absent, `\"\"` and `[]` are the same; `\"TODO\"` is undecided.\n\n\
         ## every record\n\n",
    );
    out.push_str(&table(&common()));
    for each in Kind::ALL {
        out.push_str(&format!("\n#{}", kind(each)));
    }
    out
}

/// One kind.
pub fn kind(kind: Kind) -> String {
    let rows = own(kind);
    let fields = if rows.is_empty() { "It has no fields of its own.\n".to_owned() } else { table(&rows) };
    format!("# {}\n\n{}. Written as {}.\n\n{fields}", kind.word(), capital(kind.about()), written(kind))
}

fn table(rows: &[Row]) -> String {
    let line = |row: &Row| {
        let required = if row.required { ", **required**" } else { "" };
        format!("| `{}` | {} | {}{required} | `{}` |\n", row.key, row.says, row.is.replace('|', "\\|"), row.example)
    };
    let lines: String = rows.iter().map(line).collect();
    format!("| field | says | is | for example |\n|---|---|---|---|\n{lines}")
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
