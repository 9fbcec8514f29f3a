//! Prose, block by block and then word by word: a section that moved has moved, and a paragraph that was wrapped anew is the same.

use super::datum::{folded, renamed};
use super::kin::Kin;
use crate::diagnostic::Files;
use crate::diagnostic::difference::stretches;
use crate::model::record::Target;
use crate::model::types::brackets;
use crate::model::{Body, Name};

/// Stands for a space inside a reference, so that it is one word.
const JOINT: char = '\u{1}';

/// So many words are shown before and after those that differ.
const AROUND: usize = 6;

/// A text that was rewritten.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rewritten {
    /// Its blocks, as they stand now; what is gone stands where it was.
    pub blocks: Vec<Block>,
    /// How many of a hundred of its words are others, 1 at least.
    pub percent: usize,
    /// How many words those are.
    pub words: usize,
}

/// A block of prose: a paragraph, a heading, a list, a table, fenced lines.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// As it was.
    Same(String),
    /// As it was, in another place.
    Moved(String),
    /// New.
    Added(String),
    /// Gone.
    Removed(String),
    /// Some of its words are others.
    Changed(Vec<Piece>),
}

/// Some words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// As they were.
    Kept(String),
    /// New.
    Added(String),
    /// Gone.
    Removed(String),
}

impl Rewritten {
    /// Whether sections only stand in another order.
    pub fn is_only_moved(&self) -> bool {
        self.blocks.iter().any(|b| matches!(b, Block::Moved(_)))
            && self.blocks.iter().all(|b| matches!(b, Block::Same(_) | Block::Moved(_)))
    }

    /// The blocks that differ, with `[+ +]` around what came and `[- -]` around what went.
    pub fn marked(&self) -> Vec<String> {
        self.drawn(("[+", "+]"), ("[-", "-]"), &str::to_owned)
    }

    /// The same as Markdown, with `<ins>` and `<del>`.
    pub fn markdown(&self) -> Vec<String> {
        self.drawn(("<ins>", "</ins>"), ("<del>", "</del>"), &super::say::safe)
    }

    /// The places where it says something else; words that stay are shortened where they are many.
    pub fn places(&self) -> Vec<Vec<Piece>> {
        let piece = |piece: &Piece| match piece {
            Piece::Kept(words) => Piece::Kept(shortened(words)),
            other => other.clone(),
        };
        let place = |block: &Block| match block {
            Block::Same(_) | Block::Moved(_) => None,
            Block::Added(words) => Some(vec![Piece::Added(words.clone())]),
            Block::Removed(words) => Some(vec![Piece::Removed(words.clone())]),
            Block::Changed(pieces) => Some(pieces.iter().map(piece).collect()),
        };
        self.blocks.iter().filter_map(place).collect()
    }

    fn drawn(&self, came: (&str, &str), went: (&str, &str), text: &dyn Fn(&str) -> String) -> Vec<String> {
        let wrap = |(open, close): (&str, &str), words: &str| format!("{open}{}{close}", text(words));
        let piece = |piece: &Piece| match piece {
            Piece::Kept(words) => text(words),
            Piece::Added(words) => wrap(came, words),
            Piece::Removed(words) => wrap(went, words),
        };
        self.places().iter().map(|pieces| pieces.iter().map(piece).collect::<Vec<_>>().join(" ")).collect()
    }
}

/// Words that stay, shortened where they are many: what differs is what is read.
fn shortened(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() <= AROUND * 2 + 4 {
        return text.to_owned();
    }
    let (head, tail) = (words.get(..AROUND).unwrap_or_default(), words.get(words.len() - AROUND..).unwrap_or_default());
    format!("{} … {}", head.join(" "), tail.join(" "))
}

/// The one form of a text: what its links lead to, in the place of how they are written; each block on one line, fenced lines as they are.
pub fn plain_form(files: &Files, body: &Body, kin: &Kin) -> String {
    let text = files.slice(body.span);
    let from = body.span.start as usize;
    let mut edits: Vec<(usize, usize, String)> = Vec::new();
    for reference in &body.outline.references {
        if let Some(Target::Reference(to)) = body.links.get(&reference.start) {
            let fact = to.fact.as_ref().map_or_else(String::new, |f| format!("#{f}"));
            edits.push((reference.span.start as usize, reference.span.end as usize, format!("{}{fact}", to.name)));
        }
    }
    for link in body.outline.links.iter().filter(|l| files.slice(l.span) == l.target) {
        let to = match body.links.get(&link.start) {
            Some(Target::Reference(to)) => format!("[[{}]]", to.name),
            Some(Target::Heading(name, anchor)) => format!("[[{name}#{anchor}]]"),
            Some(Target::File(path)) => path.clone(),
            _ => continue,
        };
        edits.push((link.span.start as usize, link.span.end as usize, to));
    }
    for table in body.matrices.iter().map(|start| *start as usize) {
        // Its rows are activities, and are told as such.
        let rows = table.checked_sub(from).and_then(|at| text.get(at..)).unwrap_or("");
        let end = rows.split_inclusive('\n').take_while(|line| line.contains('|')).map(str::len).sum::<usize>();
        edits.retain(|(start, ..)| *start < table || *start >= table + end);
        edits.push((table, table + end, String::new()));
    }
    edits.sort();
    let mut out = String::with_capacity(text.len());
    let mut at = from;
    for (start, end, with) in edits {
        if let Some(before) = start.checked_sub(from).and_then(|s| text.get(at - from..s)) {
            out.push_str(before);
            out.push_str(&with);
            at = end;
        }
    }
    out.push_str(text.get(at - from..).unwrap_or(""));
    blocks(&renamed(&out, kin)).join("\n\n")
}

/// The blocks of a text: parted by empty lines; fenced lines are one, whatever they hold. White space says nothing but in those.
pub fn blocks(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut block: Vec<&str> = Vec::new();
    let mut fence: Option<String> = None;
    let mut close = |block: &mut Vec<&str>, fenced: bool| {
        if !block.is_empty() {
            all.push(if fenced { block.join("\n") } else { folded(&block.join(" ")) });
            block.clear();
        }
    };
    for line in text.lines() {
        let bare = line.trim();
        let mark: String = bare.chars().take_while(|c| matches!(c, '`' | '~')).collect();
        match &fence {
            Some(open) => {
                block.push(line.trim_end());
                if mark.len() >= open.len() && mark.starts_with(open.as_str()) && mark == bare {
                    close(&mut block, true);
                    fence = None;
                }
            }
            None if mark.len() >= 3 && (mark.starts_with("```") || mark.starts_with("~~~")) => {
                close(&mut block, false);
                block.push(line.trim_end());
                fence = Some(mark);
            }
            None if bare.is_empty() => close(&mut block, false),
            None if bare.starts_with('#') => {
                close(&mut block, false);
                block.push(bare);
                close(&mut block, false);
            }
            // In a table and in a list, lines say something.
            None if is_item(bare) => {
                close(&mut block, false);
                block.push(bare);
            }
            None => block.push(bare),
        }
    }
    close(&mut block, fence.is_some());
    all
}

/// Whether a line begins a row or a point.
fn is_item(line: &str) -> bool {
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    line.starts_with('|')
        || ["- ", "* ", "+ "].iter().any(|m| line.starts_with(m))
        || (number.len() < line.len() && (number.starts_with(". ") || number.starts_with(") ")))
}

/// What of a text was rewritten, both in their one form; `read` puts what references are called in their place.
pub fn rewritten(before: &str, after: &str, read: &dyn Fn(&str) -> String) -> Rewritten {
    let (old, new) = (blocks(before), blocks(after));
    let mut drawn: Vec<Block> = Vec::new();
    for stretch in stretches(&old, &new) {
        let (gone, come) = (old.get(stretch.before).unwrap_or_default(), new.get(stretch.after).unwrap_or_default());
        if stretch.same {
            drawn.extend(come.iter().map(|b| Block::Same(b.clone())));
        } else {
            paired(gone, come, &mut drawn);
        }
    }
    moved(&mut drawn);
    let (mut other, mut total) = ((0, 0), (0, 0));
    for block in &drawn {
        count(block, &mut other, &mut total);
    }
    let (other, total) = (other.0.max(other.1), total.0.max(total.1).max(1));
    let percent = (other * 100 / total).clamp(1, 100);
    Rewritten { blocks: drawn.into_iter().map(|b| b.read(read)).collect(), percent, words: other }
}

/// Words that are others and words there are, before and after.
fn count(block: &Block, other: &mut (usize, usize), total: &mut (usize, usize)) {
    let words = |text: &str| text.split_whitespace().count();
    let mut add = |text: &str, (gone, come): (bool, bool)| {
        let n = words(text);
        total.0 += if come && !gone { 0 } else { n };
        total.1 += if gone && !come { 0 } else { n };
        other.0 += if gone && !come { n } else { 0 };
        other.1 += if come && !gone { n } else { 0 };
    };
    match block {
        Block::Same(text) | Block::Moved(text) => add(text, (false, false)),
        Block::Added(text) => add(text, (false, true)),
        Block::Removed(text) => add(text, (true, false)),
        Block::Changed(pieces) => pieces.iter().for_each(|piece| match piece {
            Piece::Kept(text) => add(text, (false, false)),
            Piece::Added(text) => add(text, (false, true)),
            Piece::Removed(text) => add(text, (true, false)),
        }),
    }
}

/// Blocks that went and came at one place: those that are alike are one, changed.
fn paired(gone: &[String], come: &[String], drawn: &mut Vec<Block>) {
    let mut next = 0;
    for new in come {
        let alike = (next..gone.len().min(next + 8)).find(|at| gone.get(*at).is_some_and(|old| is_alike(old, new)));
        match alike.and_then(|at| gone.get(at).map(|old| (at, old))) {
            Some((at, old)) => {
                drawn.extend(gone.get(next..at).unwrap_or_default().iter().map(|b| Block::Removed(b.clone())));
                drawn.push(Block::Changed(words(old, new)));
                next = at + 1;
            }
            None => drawn.push(Block::Added(new.clone())),
        }
    }
    drawn.extend(gone.get(next..).unwrap_or_default().iter().map(|b| Block::Removed(b.clone())));
}

/// A block that went here and came there has moved.
fn moved(drawn: &mut Vec<Block>) {
    let gone: Vec<String> = drawn.iter().filter_map(|b| if let Block::Removed(text) = b { Some(text.clone()) } else { None }).collect();
    let mut found = Vec::new();
    for block in drawn.iter_mut() {
        if let Block::Added(text) = block
            && gone.iter().filter(|g| *g == text).count() > found.iter().filter(|f| *f == text).count()
        {
            found.push(text.clone());
            *block = Block::Moved(text.clone());
        }
    }
    drawn.retain(|block| match block {
        Block::Removed(text) => found.iter().position(|f| f == text).map(|at| found.remove(at)).is_none(),
        _ => true,
    });
}

/// Whether two blocks share half of the words of the shorter one, and more than a word or two.
fn is_alike(old: &str, new: &str) -> bool {
    let (a, b): (Vec<&str>, Vec<&str>) = (old.split_whitespace().collect(), new.split_whitespace().collect());
    let shared: usize = stretches(&a, &b).iter().filter(|s| s.same).map(|s| s.before.len()).sum();
    let shorter = a.len().min(b.len());
    shared * 2 >= shorter && shared >= shorter.min(3) && shared > 0
}

/// Two blocks word by word.
pub fn words(old: &str, new: &str) -> Vec<Piece> {
    let (old, new) = (joined(old), joined(new));
    let (a, b): (Vec<&str>, Vec<&str>) = (old.split_whitespace().collect(), new.split_whitespace().collect());
    let mut pieces = Vec::new();
    for stretch in stretches(&a, &b) {
        let text = |words: Option<&[&str]>| words.unwrap_or_default().join(" ").replace(JOINT, " ");
        let (gone, come) = (text(a.get(stretch.before)), text(b.get(stretch.after)));
        if stretch.same {
            pieces.push(Piece::Kept(come));
        } else {
            pieces.extend((!gone.is_empty()).then_some(Piece::Removed(gone)));
            pieces.extend((!come.is_empty()).then_some(Piece::Added(come)));
        }
    }
    pieces
}

/// A reference is one word, whatever its label.
fn joined(text: &str) -> String {
    let mut out = text.replace(JOINT, " ");
    for (range, target, _) in brackets(text).into_iter().rev() {
        if Name::parse(target.split('#').next().unwrap_or(target)).is_some()
            && let Some(inner) = out.get(range.clone()).map(|t| t.replace(' ', "\u{1}"))
        {
            out.replace_range(range, &inner);
        }
    }
    out
}

impl Block {
    fn read(self, read: &dyn Fn(&str) -> String) -> Self {
        match self {
            Block::Same(text) => Block::Same(read(&text)),
            Block::Moved(text) => Block::Moved(read(&text)),
            Block::Added(text) => Block::Added(read(&text)),
            Block::Removed(text) => Block::Removed(read(&text)),
            Block::Changed(pieces) => Block::Changed(pieces.into_iter().map(|p| p.read(read)).collect()),
        }
    }
}

impl Piece {
    fn read(self, read: &dyn Fn(&str) -> String) -> Self {
        match self {
            Piece::Kept(text) => Piece::Kept(read(&text)),
            Piece::Added(text) => Piece::Added(read(&text)),
            Piece::Removed(text) => Piece::Removed(read(&text)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(before: &str, after: &str) -> Rewritten {
        rewritten(before, after, &str::to_owned)
    }

    #[test]
    fn a_wrapped_paragraph_is_the_same_and_a_moved_one_has_moved() {
        assert_eq!(blocks("a b\nc\n\nd"), blocks("a\nb c\n\n\nd\n"));
        let moved = of("# A\n\none two three\n\n# B\n\nfour five six", "# B\n\nfour five six\n\n# A\n\none two three");
        assert!(moved.is_only_moved(), "{moved:?}");
    }

    #[test]
    fn words_are_marked_and_counted() {
        let told = of("We ring within one day, and write it down.", "We ring within four hours, and write it down.");
        assert_eq!(told.marked(), ["We ring within [-one day,-] [+four hours,+] and write it down."]);
        assert_eq!(told.percent, 22);
        assert_eq!(of("it is x <b>", "it is x <i>").markdown(), ["it is x <del>\\<b></del> <ins>\\<i></ins>"]);
    }

    #[test]
    fn fenced_lines_are_one_block() {
        assert_eq!(blocks("```quiz\na = 1\n\nb = 2\n```\ntext"), ["```quiz\na = 1\n\nb = 2\n```", "text"]);
    }
}
