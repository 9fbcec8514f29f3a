//! How wide a text will be, without a font at hand.
//!
//! A map is drawn when the site is built, and a builder has no browser to ask.
//! So a table says how far each letter moves the pen in each of the faces a reader
//! may see: Atkinson Hyperlegible Next (with figures of Instrument Sans, where they
//! are wider), Inter, and Arial at the size the site falls back to. A text counts as
//! wide as the widest of the three sets it, plus six percent. What is laid out by
//! this measure cannot run into its neighbour.

/// A size and weight of text, under the class the stylesheet knows it by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::site) struct Font {
    /// The class in `diagram.css`, which sets the same size and weight.
    pub class: &'static str,
    /// Size in px.
    pub size: f64,
    /// Whether it is set heavier than 500.
    pub bold: bool,
}

/// What a cut text ends with.
pub(in crate::site) const CUT: &str = "…";

/// What every width is multiplied by, for faces that are not in the table.
pub(in crate::site) const SPARE: f64 = 1.06;

/// The width of `text` in px, at least as wide as any of the faces sets it.
pub(in crate::site) fn width(text: &str, font: Font) -> f64 {
    let mut pen = Pen::default();
    text.chars().for_each(|c| pen.add(c, font.bold));
    pen.width(font)
}

/// How far a text has come in each face, in thousandths of its size.
#[derive(Clone, Copy, Default)]
struct Pen([u64; 3]);

impl Pen {
    /// Moves on by one letter.
    fn add(&mut self, c: char, bold: bool) {
        let step = advance(c, bold);
        for (sum, by) in self.0.iter_mut().zip(step) {
            *sum += by;
        }
    }

    /// The widest of the three, in px.
    fn width(self, font: Font) -> f64 {
        self.0.into_iter().max().unwrap_or(0) as f64 * SPARE * font.size / 1000.0
    }
}

/// One line of plain text: no control characters, no direction overrides, single spaces.
pub(in crate::site) fn clean(text: &str) -> String {
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

/// `text` if it fits into `max`, else its beginning, to the end of a word if one is near, and "…";
/// nothing if not even that fits.
pub(in crate::site) fn cut(text: &str, font: Font, max: f64) -> String {
    if width(text, font) <= max {
        return text.to_owned();
    }
    let most = max - width(CUT, font);
    let mut pen = Pen::default();
    let mut out = String::new();
    for c in text.chars() {
        pen.add(c, font.bold);
        if pen.width(font) > most {
            break;
        }
        out.push(c);
    }
    let word = out.rfind(' ').filter(|at| at * 2 >= out.len());
    let kept = word.unwrap_or_else(|| out.trim_end().len());
    out.truncate(kept);
    if !out.is_empty() {
        out.push_str(CUT);
    }
    out
}

/// `text` in at most `lines` lines no wider than `max`, the last one cut if need be.
/// Its lines are made even.
pub(in crate::site) fn wrap(text: &str, font: Font, max: f64, lines: usize) -> Vec<String> {
    if text.is_empty() || lines == 0 {
        return Vec::new();
    }
    if lines == 1 || width(text, font) <= max {
        return some(cut(text, font, max));
    }
    if let Some((a, b)) = halves(text, font, max) {
        return vec![a, b];
    }
    let mut best = filled(text, font, max, lines);
    for part in 1..8 {
        let next = filled(text, font, max * (1.0 - 0.05 * f64::from(part)), lines);
        if next.len() > best.len() || next.last().is_some_and(|line| line.ends_with(CUT)) {
            break;
        }
        best = next;
    }
    best
}

/// `text` in lines as full as they can be, the last one cut if need be.
fn filled(text: &str, font: Font, max: f64, lines: usize) -> Vec<String> {
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

/// The most even way to break `text` once so that both parts fit, best at a comma.
fn halves(text: &str, font: Font, max: f64) -> Option<(String, String)> {
    let mut best: Option<(f64, usize)> = None;
    if width(text, font) > 2.2 * max {
        return None;
    }
    for at in breaks(text) {
        let (a, b) = text.split_at(at);
        let widest = head(text, at, font).max(width(b.trim_start(), font));
        let pause = a.trim_end().ends_with([',', ';', ':', '.']);
        let cost = if pause { widest - 0.12 * max } else { widest };
        if widest <= max && best.is_none_or(|(least, _)| cost < least) {
            best = Some((cost, at));
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

/// How far one character moves the pen in each face, in thousandths of the size.
fn advance(c: char, bold: bool) -> [u64; 3] {
    let faces = if bold { &BOLD } else { &REGULAR };
    let code = c as usize;
    let place = match code {
        0x20..=0x7e => code - 0x20,
        0xa0..=0xff => code - 0xa0 + 95,
        _ => return [other(c); 3],
    };
    std::array::from_fn(|k| faces.get(k).and_then(|f| f.get(place)).map_or(1000, |n| u64::from(*n)))
}

/// The same for a character that no table has; generous, since its face is unknown.
fn other(c: char) -> u64 {
    match c {
        '\u{2018}' | '\u{2019}' | '\u{2009}' => 280,
        '\u{201c}' | '\u{201d}' => 500,
        '\u{2013}' => 560,
        '\u{300}'..='\u{36f}' => 0,
        '\u{100}'..='\u{58f}' | '\u{1e00}'..='\u{1fff}' if c.is_lowercase() => 780,
        '\u{590}'..='\u{8ff}' => 850,
        '\u{1f000}'..='\u{1ffff}' | '\u{fdf0}'..='\u{fdff}' => 1400,
        _ => 1060,
    }
}

/// Normal letters of U+20 to U+7E and U+A0 to U+FF: Atkinson Hyperlegible Next, Inter, Arial as fallback.
const REGULAR: [[u16; 191]; 3] = [
    [
        280, 286, 301, 651, 592, 919, 731, 160, 299, 299, 485, 606, 210, 362, 210, 387, 648, 407, 548, 576, 614, 588, 598, 510, 615, 595,
        210, 210, 553, 628, 553, 480, 778, 626, 613, 645, 669, 569, 552, 694, 694, 392, 512, 631, 541, 824, 693, 714, 592, 724, 614, 592,
        558, 690, 593, 856, 623, 575, 607, 317, 387, 344, 552, 372, 243, 525, 566, 485, 564, 538, 314, 558, 550, 252, 245, 492, 262, 845,
        550, 548, 566, 574, 349, 471, 326, 540, 461, 684, 481, 449, 460, 344, 237, 344, 555, 280, 286, 485, 610, 580, 575, 237, 528, 368,
        798, 371, 562, 602, 600, 798, 356, 352, 579, 382, 383, 243, 600, 509, 240, 265, 256, 380, 562, 816, 820, 867, 450, 626, 626, 626,
        626, 626, 626, 891, 645, 569, 569, 569, 569, 392, 392, 392, 392, 689, 693, 714, 714, 714, 714, 714, 532, 714, 690, 690, 690, 690,
        575, 592, 582, 525, 525, 525, 525, 525, 525, 866, 485, 538, 538, 538, 538, 252, 252, 252, 266, 565, 550, 548, 548, 548, 548, 548,
        606, 548, 540, 540, 540, 540, 449, 566, 449,
    ],
    [
        281, 278, 403, 631, 638, 812, 639, 222, 362, 362, 500, 659, 280, 460, 276, 357, 625, 464, 605, 636, 642, 608, 624, 571, 616, 624,
        276, 280, 659, 659, 659, 507, 936, 676, 651, 727, 719, 598, 587, 743, 740, 264, 543, 652, 562, 889, 753, 761, 635, 761, 639, 638,
        642, 741, 676, 949, 642, 665, 625, 362, 357, 362, 469, 452, 497, 564, 621, 558, 621, 582, 361, 609, 591, 237, 237, 544, 237, 869,
        585, 597, 609, 609, 372, 523, 364, 581, 557, 812, 540, 557, 541, 362, 327, 362, 659, 281, 278, 558, 631, 723, 548, 266, 551, 591,
        915, 449, 540, 540, 460, 670, 449, 455, 659, 420, 430, 497, 622, 599, 276, 267, 313, 449, 540, 884, 926, 949, 507, 676, 676, 676,
        676, 676, 676, 990, 727, 598, 598, 598, 598, 264, 264, 264, 264, 719, 753, 761, 761, 761, 761, 761, 659, 761, 741, 741, 741, 741,
        665, 631, 609, 564, 564, 564, 564, 564, 564, 925, 558, 582, 582, 582, 582, 237, 237, 237, 237, 580, 585, 597, 597, 597, 597, 597,
        659, 597, 581, 581, 581, 581, 557, 609, 557,
    ],
    [
        275, 275, 351, 551, 551, 880, 660, 189, 330, 330, 385, 578, 275, 330, 275, 275, 551, 551, 551, 551, 551, 551, 551, 551, 551, 551,
        275, 275, 578, 578, 578, 551, 1005, 660, 660, 715, 715, 660, 605, 770, 715, 275, 495, 660, 551, 825, 715, 770, 660, 770, 715, 660,
        605, 715, 660, 934, 660, 660, 605, 275, 275, 275, 465, 551, 330, 551, 551, 495, 551, 551, 275, 551, 551, 220, 220, 495, 220, 825,
        551, 551, 551, 551, 330, 495, 275, 551, 495, 715, 495, 495, 495, 331, 257, 331, 578, 275, 330, 551, 551, 551, 551, 257, 551, 330,
        729, 366, 551, 578, 330, 729, 547, 396, 543, 330, 330, 330, 570, 532, 275, 330, 330, 362, 551, 826, 826, 826, 605, 660, 660, 660,
        660, 660, 660, 990, 715, 660, 660, 660, 660, 275, 275, 275, 275, 715, 715, 770, 770, 770, 770, 770, 578, 770, 715, 715, 715, 715,
        660, 660, 605, 551, 551, 551, 551, 551, 551, 880, 495, 551, 551, 551, 551, 275, 275, 275, 275, 551, 551, 551, 551, 551, 551, 551,
        543, 605, 551, 551, 551, 551, 495, 551, 495,
    ],
];

/// Heavy letters of U+20 to U+7E and U+A0 to U+FF: Atkinson Hyperlegible Next, Inter, Arial as fallback.
const BOLD: [[u16; 191]; 3] = [
    [
        308, 300, 376, 747, 607, 961, 726, 203, 329, 329, 485, 596, 262, 371, 262, 432, 658, 435, 574, 596, 622, 605, 621, 534, 623, 585,
        262, 262, 567, 614, 567, 536, 781, 670, 638, 656, 686, 593, 564, 715, 700, 420, 553, 659, 550, 853, 714, 742, 623, 752, 644, 607,
        599, 687, 636, 881, 675, 638, 617, 336, 432, 344, 577, 395, 281, 548, 591, 506, 591, 559, 357, 588, 568, 293, 257, 546, 309, 876,
        568, 571, 591, 595, 372, 503, 368, 563, 519, 731, 531, 510, 499, 376, 251, 376, 540, 308, 300, 506, 631, 591, 638, 251, 551, 422,
        798, 388, 636, 613, 600, 798, 379, 388, 606, 399, 404, 281, 600, 519, 285, 293, 280, 399, 636, 841, 848, 912, 515, 670, 670, 670,
        670, 670, 670, 954, 656, 593, 593, 593, 593, 420, 420, 420, 420, 706, 714, 742, 742, 742, 742, 742, 535, 742, 687, 687, 687, 687,
        638, 623, 615, 548, 548, 548, 548, 548, 548, 876, 506, 559, 559, 559, 559, 293, 293, 293, 307, 584, 568, 571, 571, 571, 571, 571,
        596, 571, 563, 563, 563, 563, 510, 591, 510,
    ],
    [
        240, 317, 394, 646, 652, 852, 668, 211, 401, 401, 554, 676, 299, 467, 294, 384, 678, 485, 626, 656, 672, 638, 654, 591, 653, 654,
        294, 299, 676, 676, 676, 553, 1015, 736, 659, 748, 726, 610, 585, 758, 745, 278, 565, 683, 567, 911, 738, 778, 646, 779, 653, 652,
        664, 732, 736, 1021, 702, 714, 660, 401, 384, 401, 484, 472, 497, 577, 633, 582, 633, 595, 381, 629, 619, 266, 266, 575, 266, 905,
        616, 611, 629, 629, 403, 555, 384, 615, 581, 844, 568, 581, 567, 401, 366, 401, 676, 240, 317, 582, 665, 758, 568, 332, 586, 544,
        915, 481, 612, 573, 467, 665, 545, 459, 676, 423, 440, 497, 659, 608, 294, 357, 320, 479, 614, 880, 918, 962, 553, 736, 736, 736,
        736, 736, 736, 1023, 748, 610, 610, 610, 610, 278, 278, 278, 278, 726, 738, 778, 778, 778, 778, 778, 676, 778, 732, 732, 732, 732,
        714, 664, 655, 577, 577, 577, 577, 577, 577, 915, 582, 595, 595, 595, 595, 266, 266, 266, 266, 596, 616, 611, 611, 611, 611, 611,
        676, 611, 615, 615, 615, 615, 581, 612, 581,
    ],
    [
        264, 316, 450, 528, 528, 845, 686, 226, 316, 316, 370, 555, 264, 316, 264, 264, 528, 528, 528, 528, 528, 528, 528, 528, 528, 528,
        316, 316, 555, 555, 555, 580, 926, 686, 686, 686, 686, 634, 580, 739, 686, 264, 528, 686, 580, 791, 686, 739, 634, 739, 686, 634,
        580, 686, 634, 897, 634, 634, 580, 316, 264, 316, 555, 528, 316, 528, 580, 528, 580, 528, 316, 580, 580, 264, 264, 528, 264, 845,
        580, 580, 580, 580, 370, 528, 316, 580, 528, 739, 528, 528, 475, 370, 266, 370, 555, 264, 316, 528, 528, 528, 528, 266, 528, 316,
        700, 352, 528, 555, 316, 700, 525, 380, 521, 316, 316, 316, 547, 528, 264, 316, 316, 347, 528, 792, 792, 792, 580, 686, 686, 686,
        686, 686, 686, 950, 686, 634, 634, 634, 634, 264, 264, 264, 264, 686, 686, 739, 739, 739, 739, 739, 555, 739, 686, 686, 686, 686,
        634, 634, 580, 528, 528, 528, 528, 528, 528, 845, 528, 528, 528, 528, 528, 264, 264, 264, 264, 580, 580, 580, 580, 580, 580, 580,
        521, 580, 580, 580, 580, 580, 528, 580, 528,
    ],
];
