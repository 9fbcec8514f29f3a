//! The door to the csv crate: a metric's series, `date,value[,note]`, each cell with its place.

use super::{Problem, Trouble};
use crate::diagnostic::{FileId, Span};

/// One row of a file, its header aside.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The cells, as many as the row has.
    pub cells: Vec<Cell>,
}

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Without quotes and outer white space.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// The header and the rows of a file; rows the parser cannot read are problems.
pub fn parse(file: FileId, text: &str) -> (Vec<Cell>, Vec<Row>, Vec<Problem>) {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut problems = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) => {
                let start = record.position().map_or(0, |p| usize::try_from(p.byte()).unwrap_or(0));
                let row = row(file, text, start, &record);
                if row.cells.iter().any(|c| !c.text.is_empty()) {
                    rows.push(row);
                }
            }
            Err(error) => {
                let at = error.position().map_or(0, |p| usize::try_from(p.byte()).unwrap_or(0));
                problems.push(Problem::new(Span::new(file, at, at), Trouble::Syntax(error.to_string())));
            }
        }
    }
    let mut rows = rows.into_iter();
    let header = rows.next().map(|r| r.cells).unwrap_or_default();
    (header, rows.collect(), problems)
}

/// Finds each cell's place by reading forward through the row's own text.
fn row(file: FileId, text: &str, start: usize, record: &csv::StringRecord) -> Row {
    let mut at = start + text.get(start..).map_or(0, |t| t.len() - t.trim_start_matches(['\n', '\r']).len());
    let mut cells = Vec::new();
    for field in record {
        let quoted = text.get(at..).is_some_and(|t| t.starts_with('"'));
        let from = at + usize::from(quoted);
        let length = if quoted { field.replace('"', "\"\"").len() } else { field.len() };
        let lead = field.len() - field.trim_start().len();
        let word = field.trim();
        cells.push(Cell { text: word.to_owned(), span: Span::new(file, from + lead, from + lead + word.len()) });
        at = from + length + usize::from(quoted) + 1;
    }
    Row { cells }
}
