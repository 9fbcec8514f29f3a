//! How wide a text will be, without a font at hand.
//!
//! A map is drawn when the site is built, and a builder has no browser to ask.
//! So a table says how far each letter moves the pen: for every letter the
//! widest of Atkinson Hyperlegible Next and Inter (the system faces are
//! narrower), plus six percent. A text is never wider than it is said to be;
//! what is laid out by this table cannot run into its neighbour.

/// A size and weight of text, under the class the stylesheet knows it by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Font {
    /// The class in `diagram.css`, which sets the same size and weight.
    pub class: &'static str,
    /// Size in px.
    pub size: f64,
    /// Whether it is set heavier than 500.
    pub bold: bool,
}

/// What a cut text ends with.
const CUT: &str = "…";

/// The width of `text` in px, at least as wide as any of the faces sets it.
pub(super) fn width(text: &str, font: Font) -> f64 {
    let thousandths: u64 = text.chars().map(|c| advance(c, font.bold)).sum();
    thousandths as f64 * font.size / 1000.0
}

/// One line of plain text: no control characters, no direction overrides, single spaces.
pub(super) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let c = if c.is_control() || c.is_whitespace() { ' ' } else { c };
        let hidden = matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}' | '\u{fdd0}'..='\u{fdef}' | '\u{feff}')
            || (c as u32) & 0xfffe == 0xfffe;
        if hidden || (c == ' ' && (out.is_empty() || out.ends_with(' '))) {
            continue;
        }
        out.push(c);
    }
    if out.ends_with(' ') {
        out.pop();
    }
    out
}

/// `text` if it fits into `max`, else its beginning and "…"; nothing if not even that fits.
pub(super) fn cut(text: &str, font: Font, max: f64) -> String {
    if width(text, font) <= max {
        return text.to_owned();
    }
    let mut left = max - width(CUT, font);
    let mut out = String::new();
    for c in text.chars() {
        left -= advance(c, font.bold) as f64 * font.size / 1000.0;
        if left < 0.0 {
            break;
        }
        out.push(c);
    }
    let kept = out.trim_end().len();
    out.truncate(kept);
    if !out.is_empty() {
        out.push_str(CUT);
    }
    out
}

/// `text` in at most `lines` lines no wider than `max`, the last one cut if need be.
/// Two lines are made as even as they can be.
pub(super) fn wrap(text: &str, font: Font, max: f64, lines: usize) -> Vec<String> {
    if text.is_empty() || lines == 0 {
        return Vec::new();
    }
    if lines == 1 || width(text, font) <= max {
        return some(cut(text, font, max));
    }
    if let Some((a, b)) = halves(text, font, max) {
        return vec![a, b];
    }
    let mut out = Vec::new();
    let mut rest = text;
    while out.len() + 1 < lines && width(rest, font) > max {
        let Some(at) = breaks(rest).take_while(|at| head(rest, *at, font) <= max).last() else {
            break;
        };
        let (a, b) = rest.split_at(at);
        out.push(a.trim_end().to_owned());
        rest = b.trim_start();
    }
    out.extend(some(cut(rest, font, max)));
    out
}

/// A list of the text, or of nothing.
fn some(text: String) -> Vec<String> {
    if text.is_empty() { Vec::new() } else { vec![text] }
}

/// The width of `text` up to `at`, without the space it ends with.
fn head(text: &str, at: usize, font: Font) -> f64 {
    width(text.get(..at).unwrap_or(text).trim_end(), font)
}

/// The most even way to break `text` once so that both parts fit.
fn halves(text: &str, font: Font, max: f64) -> Option<(String, String)> {
    let mut best: Option<(f64, usize)> = None;
    if width(text, font) > 2.2 * max {
        return None;
    }
    for at in breaks(text) {
        let tail = width(text.get(at..).unwrap_or("").trim_start(), font);
        let widest = head(text, at, font).max(tail);
        if widest <= max && best.is_none_or(|(w, _)| widest < w) {
            best = Some((widest, at));
        }
    }
    let (_, at) = best?;
    let (a, b) = text.split_at(at);
    Some((a.trim_end().to_owned(), b.trim_start().to_owned()))
}

/// Where a line may end: after a space, after a hyphen between letters, beside an ideograph.
fn breaks(text: &str) -> impl Iterator<Item = usize> + '_ {
    let mut before: Option<char> = None;
    text.char_indices().filter_map(move |(at, c)| {
        let may = before.is_some_and(|b| b == ' ' || b == '-' || ideograph(b) || ideograph(c));
        before = Some(c);
        (may && c != ' ').then_some(at)
    })
}

/// Letters that stand without spaces between words.
fn ideograph(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

/// How far one character moves the pen, in thousandths of the size.
fn advance(c: char, bold: bool) -> u64 {
    let (ascii, latin) = if bold { (&BOLD_ASCII, &BOLD_LATIN) } else { (&REGULAR_ASCII, &REGULAR_LATIN) };
    let code = c as usize;
    let known = match code {
        0x20..=0x7e => ascii.get(code - 0x20),
        0xa0..=0xff => latin.get(code - 0xa0),
        _ => None,
    };
    match (known, c) {
        (Some(n), _) => u64::from(*n),
        (None, '\u{2018}' | '\u{2019}' | '\u{2009}') => 280,
        (None, '\u{201c}' | '\u{201d}') => 495,
        (None, '\u{2013}') => 535,
        (None, '\u{300}'..='\u{36f}') => 0,
        (None, '\u{100}'..='\u{58f}' | '\u{1e00}'..='\u{1fff}') if c.is_lowercase() => 800,
        (None, '\u{590}'..='\u{8ff}') => 900,
        (None, '\u{1f000}'..='\u{1ffff}' | '\u{fdf0}'..='\u{fdff}') => 1450,
        (None, _) => 1100,
    }
}

const REGULAR_ASCII: [u16; 95] = [
    298, 303, 428, 690, 676, 974, 775, 235, 384, 384, 530, 699, 297, 488, 292, 410, 687, 492,
    641, 675, 681, 644, 661, 605, 653, 661, 292, 297, 699, 699, 699, 538, 992, 717, 690, 771,
    762, 634, 622, 787, 784, 416, 575, 691, 596, 943, 798, 807, 673, 807, 678, 676, 681, 786,
    717, 1006, 681, 705, 662, 384, 410, 384, 585, 479, 527, 598, 658, 592, 658, 617, 382, 646,
    626, 267, 260, 577, 278, 921, 620, 632, 646, 646, 394, 554, 385, 616, 590, 861, 572, 590,
    574, 384, 346, 384, 699,
];
const REGULAR_LATIN: [u16; 96] = [
    298, 303, 592, 669, 766, 610, 282, 584, 626, 970, 476, 596, 638, 488, 846, 476, 482, 699,
    446, 456, 527, 659, 635, 292, 283, 332, 476, 596, 937, 982, 1006, 538, 717, 717, 717, 717,
    717, 717, 1049, 771, 634, 634, 634, 634, 416, 416, 416, 416, 762, 798, 807, 807, 807, 807,
    807, 699, 807, 786, 786, 786, 786, 705, 669, 646, 598, 598, 598, 598, 598, 598, 980, 592,
    617, 617, 617, 617, 267, 267, 267, 282, 614, 620, 632, 632, 632, 632, 632, 699, 632, 616,
    616, 616, 616, 590, 646, 590,
];
const BOLD_ASCII: [u16; 95] = [
    326, 344, 416, 792, 694, 1019, 770, 221, 434, 434, 599, 720, 321, 497, 315, 458, 730, 519,
    668, 699, 719, 683, 700, 631, 701, 700, 315, 321, 720, 720, 720, 596, 1092, 793, 701, 797,
    771, 649, 620, 806, 791, 445, 604, 731, 602, 970, 779, 829, 687, 830, 696, 694, 708, 773,
    793, 1098, 757, 768, 707, 434, 458, 434, 612, 505, 527, 615, 673, 623, 673, 634, 409, 671,
    662, 311, 288, 617, 328, 967, 659, 650, 670, 670, 433, 595, 412, 659, 621, 901, 608, 621,
    606, 434, 396, 434, 720,
];
const BOLD_LATIN: [u16; 96] = [
    326, 344, 623, 712, 811, 676, 366, 629, 567, 970, 516, 674, 650, 497, 846, 599, 487, 720,
    449, 469, 527, 707, 646, 315, 397, 340, 514, 674, 932, 971, 1023, 596, 793, 793, 793, 793,
    793, 793, 1092, 797, 649, 649, 649, 649, 445, 445, 445, 445, 771, 779, 829, 829, 829, 829,
    829, 720, 829, 773, 773, 773, 773, 768, 711, 704, 615, 615, 615, 615, 615, 615, 969, 623,
    634, 634, 634, 634, 311, 311, 311, 325, 635, 659, 650, 650, 650, 650, 650, 720, 650, 659,
    659, 659, 659, 621, 650, 621,
];
