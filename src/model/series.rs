//! A metric's series: `series/<id>.csv`, `date,value[,note]`.

use super::document::{Documents, Holds};
use super::kind::{Kind, Name};
use super::kinds::goal::Point;
use super::playbook::Playbook;
use super::value::Decimal;
use crate::diagnostic::Span;
use crate::source::csv::{Cell, Row};
use crate::source::{Problem, Trouble};
use jiff::civil::Date;

/// Gives each metric its series; gives their faults.
pub fn attach(playbook: &mut Playbook, documents: &Documents) -> Vec<Problem> {
    let mut problems = Vec::new();
    for document in documents.iter() {
        let Holds::Series(header, rows) = &document.holds else { continue };
        let inner = document.inner_path();
        let id = inner.trim_start_matches("series/").trim_end_matches(".csv");
        let name = Name::new(Kind::Metric, id);
        let mut note = |span, trouble| problems.push(Problem { span, record: name.to_string(), trouble });
        let top = header.first().map_or(Span::top(document.file), |c| c.span);
        let columns = columns(header);
        if playbook.metrics.get(id).is_none() {
            let ids: Vec<&str> = playbook.metrics.iter().map(super::Record::id).collect();
            let nearest = crate::diagnostic::suggest::nearest(id, ids).map(str::to_owned);
            note(top, Trouble::Orphan { wanted: "metric", id: id.to_owned(), nearest });
            continue;
        }
        let Some((date, value, words)) = columns else {
            let missing = "the first line must name the columns `date,value` or `date,value,note`";
            note(top, Trouble::Syntax(missing.to_owned()));
            continue;
        };
        if rows.is_empty() && document.problems.is_empty() {
            note(top, Trouble::Syntax("the series is empty: it has a header and no row".to_owned()));
        }
        let points: Vec<Point> = rows
            .iter()
            .filter_map(|row| match point(row, header.len(), (date, value, words)) {
                Ok(point) => Some(point),
                Err((span, what)) => {
                    note(span, Trouble::BrokenSeries(what));
                    None
                }
            })
            .collect();
        for (span, what) in disorder(&points) {
            note(span, Trouble::BrokenSeries(what));
        }
        if let Some(metric) = playbook.metrics.get_mut(id) {
            metric.own.series = points;
            metric.own.series.sort_by_key(|p| p.date);
            metric.own.series.dedup_by_key(|p| p.date);
        }
    }
    problems
}

/// The places of date, value and note.
fn columns(header: &[Cell]) -> Option<(usize, usize, Option<usize>)> {
    let find = |word: &str| header.iter().position(|c| c.text.eq_ignore_ascii_case(word));
    Some((find("date")?, find("value")?, find("note")))
}

fn point(row: &Row, width: usize, (date, value, note): (usize, usize, Option<usize>)) -> Result<Point, (Span, String)> {
    if let Some(extra) = row.cells.get(width).filter(|c| !c.text.is_empty()) {
        return Err((
            extra.span,
            "the row has more cells than the header; a number has a point, as in 3.5, and a note with a comma stands in quotes".to_owned(),
        ));
    }
    let row_span = row.cells.first().map(|c| c.span);
    let cell = |i: usize, word: &str| match (row.cells.get(i), row_span) {
        (Some(cell), _) => Ok(cell),
        (None, Some(span)) => Err((span, format!("the row has no {word}"))),
        (None, None) => Err((Span::top(crate::diagnostic::FileId(0)), format!("the row has no {word}"))),
    };
    let day = cell(date, "date")?;
    let parsed = day.text.parse::<Date>().ok().filter(|_| day.text.len() == 10);
    let parsed = parsed.ok_or_else(|| (day.span, format!("`{}` is not a date such as 2026-10-31", day.text)))?;
    let amount = cell(value, "value")?;
    let number = Decimal::parse(&amount.text).ok_or_else(|| (amount.span, format!("`{}` is not a number", amount.text)))?;
    let words = note.and_then(|i| row.cells.get(i)).map(|c| c.text.clone()).filter(|t| !t.is_empty());
    Ok(Point { date: parsed, value: number, note: words, span: day.span })
}

/// Dates that are doubled or go back.
fn disorder(points: &[Point]) -> Vec<(Span, String)> {
    let mut found = Vec::new();
    for pair in points.windows(2) {
        let [before, after] = pair else { continue };
        if after.date == before.date {
            found.push((after.span, format!("{} stands here twice", after.date)));
        } else if after.date < before.date {
            found.push((after.span, format!("{} comes after {}", after.date, before.date)));
        }
    }
    found
}
