//! A thousand series nobody would draw by hand, three that somebody did, and the
//! stylesheet's share of what a drawing relies on.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use super::label::{Anchor, Area, Label, Style};
use super::*;

const CSS: &str = include_str!("../../../themes/default/css/chart.css");
const MONTHS: [&str; 12] = ["Oct", "Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep"];

// ---- fixtures ----

fn points(values: &[f64], text: impl Fn(f64) -> String) -> Vec<Point> {
    let point = |(i, v): (usize, &f64)| Point {
        label: MONTHS[i % 12].to_owned(),
        year: if i < 3 { "2025" } else { "2026" }.to_owned(),
        value: Some(*v),
        text: text(*v),
    };
    values.iter().enumerate().map(point).collect()
}

fn note(title: &str, words: &str) -> Note {
    Note { title: title.to_owned(), words: words.to_owned() }
}

fn flag(at: usize, wide: Note, short: Option<Note>) -> Flag {
    Flag { at, note: wide, short }
}

fn target(value: f64, text: &str, by: &str) -> Option<Target> {
    Some(Target { value, text: text.to_owned(), by: by.to_owned() })
}

fn loyalty() -> Chart {
    let values = [62., 62., 61., 63., 62., 61., 59., 58., 58., 60., 63., 65., 67.];
    Chart {
        name: "Repeat rate".to_owned(),
        caption: "Repeat rate by month".to_owned(),
        period: "Month".to_owned(),
        points: points(&values, |v| v.to_string()),
        unit: Unit::percent(),
        now: "67 %".to_owned(),
        target: target(72.0, "72 %", "by March"),
        flags: vec![flag(5, note("2 March", "One package, two names"), None), flag(10, note("3 August", "Names put right"), None)],
        ..Chart::default()
    }
}

fn team_table() -> Chart {
    let values = [38., 36., 37., 35., 34., 19., 14., 12., 11., 12., 24., 33., 37.];
    let series: Vec<_> = values.iter().map(|v| Some(*v)).collect();
    let missing = missing(&series, 5).unwrap();
    assert_eq!((missing.level, missing.sum, missing.until), (36.0, 127.0, 12));
    Chart {
        name: "Bookings".to_owned(),
        caption: "Team Table bookings by month".to_owned(),
        period: "Month".to_owned(),
        points: points(&values, |v| v.to_string()),
        unit: Unit::count(),
        now: "37".to_owned(),
        flags: vec![
            flag(5, note("2 March: renamed on the flyer only", ""), Some(note("2 March", ""))),
            flag(10, note("3 August: everyone told", ""), Some(note("3 August", ""))),
        ],
        shortfall: Some(Shortfall {
            level: missing.level,
            from: 5,
            title: "127 bookings".to_owned(),
            words: "short of the winter level, 36".to_owned(),
        }),
        ..Chart::default()
    }
}

fn revenue() -> Chart {
    let values = [212., 214., 216., 211., 214., 203., 198., 199., 203., 209., 221., 231., 236.];
    let values = values.map(|v| v * 1000.0);
    Chart {
        name: "Monthly revenue".to_owned(),
        period: "Month".to_owned(),
        points: points(&values, |v| format!("£{}k", v / 1000.0)),
        unit: Unit::money("£"),
        now: "£236k".to_owned(),
        target: target(260e3, "£260k", "by March 2027"),
        flags: vec![
            flag(5, note("March: the lunch is renamed", "and Sales is not told"), Some(note("Lunch renamed", "in March"))),
            flag(10, note("August: one name again", "and an answer in 4 hours"), Some(note("One name again", "in August"))),
        ],
        ..Chart::default()
    }
}

fn finding() -> Finding {
    Finding {
        words: "£236k in October: £24k to go, five months left".to_owned(),
        link: Some(Link { href: "goals/revenue/".to_owned(), words: "The numbers".to_owned() }),
    }
}

fn amount(value: f64, text: &str) -> Amount {
    Amount { value, text: text.to_owned() }
}

// ---- three that somebody drew ----

/// One tag a line, so that a difference is a line.
fn lines(html: &Html) -> String {
    html.as_str().replace("><", ">\n<") + "\n"
}

fn compare(html: &Html, golden: &str, name: &str) {
    let now = lines(html);
    assert!(now == golden, "golden/{name} should now be:\n{now}");
}

#[test]
fn a_goal_with_its_flags_looks_as_before() {
    compare(&chart(&loyalty()), include_str!("golden/goal.html"), "goal.html");
}

#[test]
fn a_shortfall_looks_as_before() {
    compare(&chart(&team_table()), include_str!("golden/shortfall.html"), "shortfall.html");
}

#[test]
fn home_looks_as_before() {
    let html = home_chart(&revenue(), &finding());
    compare(&html, include_str!("golden/home.html"), "home.html");
}

// ---- numbers ----

#[test]
fn ticks_are_three_round_numbers() {
    assert_eq!(ticks(58.0, 67.0), [55.0, 60.0, 65.0]);
    assert_eq!(ticks(0.0, 38.0), [0.0, 20.0, 40.0]);
    assert_eq!(ticks(0.0, 1e12), [0.0, 5e11, 1e12]);
    assert_eq!(ticks(-12.0, 9.0), [-20.0, 0.0, 20.0]);
    assert_eq!(ticks(0.1, 0.3), [0.1, 0.2, 0.3]);
    for (low, high) in [(5.0, 5.0), (f64::NAN, 1.0), (f64::INFINITY, 1.0), (3.0, -3.0)] {
        let ticks = ticks(low, high);
        assert!(ticks.len() == 3 && ticks.iter().all(|t| t.is_finite()), "{ticks:?}");
    }
}

#[test]
fn numbers_of_a_scale_are_written_alike() {
    assert_eq!(Unit::money("£").labels(&[0.0, 115e3, 230e3]), ["£0", "£115k", "£230k"]);
    assert_eq!(Unit::percent().labels(&[55.0, 62.5]), ["55.0\u{a0}%", "62.5\u{a0}%"]);
    assert_eq!(Unit::count().labels(&[0.0, 20.0, 40.0]), ["0", "20", "40"]);
    assert_eq!(Unit::count().labels(&[0.0, 2500.0, 5000.0]), ["0", "2,500", "5,000"]);
    assert_eq!(Unit::money("£").labels(&[-2e6, 0.0, 2.5e6]), ["\u{2212}£2.0m", "£0", "£2.5m"]);
    assert_eq!(Unit::of("hours").label(4.0), "4\u{a0}hours");
}

#[test]
fn only_a_scale_that_starts_higher_is_explained() {
    assert_eq!(scale_note(&loyalty()).as_deref(), Some("The scale starts at 55\u{a0}%."));
    assert_eq!(scale_note(&team_table()), None);
    assert_eq!(scale_note(&revenue()), None);
}

#[test]
fn home_counts_back_from_the_goal() {
    let html = home_chart(&revenue(), &finding());
    assert!(html.as_str().contains(">£230k</text>") && html.as_str().contains(">£200k</text>"));
}

#[test]
fn only_the_last_thirteen_points_are_shown() {
    let mut long = loyalty();
    let mut earlier = points(&[1.0, 2.0, 3.0, 4.0, 5.0], |v| format!("early{v}"));
    earlier.append(&mut long.points);
    long.points = earlier;
    for flag in &mut long.flags {
        flag.at += 5;
    }
    long.flags.push(flag(2, note("Long ago", ""), None));
    let same = loyalty();
    assert_eq!(chart(&long).as_str(), chart(&same).as_str());
}

#[test]
fn nothing_to_draw_is_nothing() {
    let mut none = loyalty();
    none.points.iter_mut().for_each(|p| p.value = Some(f64::NAN));
    assert!(chart(&none).is_empty() && home_chart(&none, &finding()).is_empty());
    assert!(chart(&Chart::default()).is_empty());
    assert!(sparkline(&Spark::default(), 1).is_empty());
    assert_eq!(scale_note(&none), None);
}

// ---- the way ----

fn on_the_way(start: f64, now: Option<f64>, goal: f64) -> Way {
    let text = |v: f64| amount(v, &format!("{v}\u{a0}%"));
    Way { start: Some(text(start)), now: now.map(text), goal: text(goal), words: String::new() }
}

fn texts(html: &Html) -> Vec<String> {
    let parts = html.as_str().split("<text").skip(1);
    let inner = |part: &str| {
        let (_, rest) = part.split_once('>').unwrap();
        rest.split_once("</text>").unwrap().0.to_owned()
    };
    parts.map(inner).collect()
}

#[test]
fn a_way_says_the_numbers_that_have_room() {
    let shown = |start, now, goal| texts(&way(&on_the_way(start, now, goal), 1));
    assert_eq!(shown(62.0, Some(67.0), 72.0), ["72 %", "62 %", "67 %"]);
    assert_eq!(shown(48.0, Some(49.0), 65.0), ["65 %", "49 %"]);
    assert_eq!(shown(71.0, Some(94.0), 95.0), ["95 %", "71 %", "94 %"]);
    assert_eq!(shown(62.0, Some(72.0), 72.0), ["62 %", "72 %"]);
    assert_eq!(shown(62.0, Some(74.0), 72.0), ["74 %", "62 %", "72 %"]);
    assert_eq!(shown(62.0, None, 72.0), ["62 %", "72 %"]);
}

#[test]
fn a_way_down_runs_the_same_way() {
    let stand = |start, now, goal| way::stand(&on_the_way(start, Some(now), goal));
    assert_eq!(stand(14.0, 9.0, 4.0).dot, Some(0.5));
    assert_eq!(stand(14.0, 4.0, 4.0).dot, Some(1.0));
    let passed = stand(14.0, 2.0, 4.0);
    assert!(passed.dot == Some(1.0) && passed.bar > 0.8 && passed.bar < 0.9);
    assert_eq!(stand(14.0, 20.0, 4.0).dot, Some(0.0));
    assert_eq!(stand(5.0, 5.0, 5.0).dot, Some(1.0));
}

// ---- the stylesheet's share ----

/// The rule that follows a selector in the stylesheet.
fn rule(selector: &str) -> &'static str {
    let start = format!("\n  {selector} {{");
    let (_, rest) = CSS.split_once(&start).unwrap_or_else(|| panic!("no rule for {selector}"));
    rest.split_once('}').unwrap().0
}

#[test]
fn words_are_as_large_as_they_were_measured() {
    let drawn = Style::ALL.iter().filter(|s| s.class().starts_with("chart-"));
    for style in drawn {
        let font = style.font();
        let rule = rule(&format!(".{}", style.class()));
        assert!(rule.contains(&format!("font-size: {}px;", font.size)), "{style:?}: {rule}");
        let (_, weight) = rule.split_once("font-weight: ").unwrap();
        let weight: u16 = weight[..3].parse().unwrap();
        assert_eq!(weight > 500, font.bold, "{style:?}");
    }
}

#[test]
fn every_width_of_a_column_has_its_class() {
    let (wide, middle) = goal::column_steps();
    for (prefix, steps) in [("step", wide), ("mid", middle)] {
        for step in steps {
            let rule = format!(".{prefix}-{step} {{ --step: {step}px; }}");
            assert!(CSS.contains(&rule), "{rule}");
        }
    }
    for length in way::LENGTHS {
        assert!(CSS.contains(&format!(".way-{length} {{")), "way-{length}");
        assert!(CSS.contains(&format!(".way-till-{length} {{")), "way-till-{length}");
    }
}

// ---- a thousand that nobody drew ----

/// Steele's SplitMix64: the same numbers everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.roll() % n as u64) as usize
    }

    fn part(&mut self) -> f64 {
        (self.roll() >> 11) as f64 / (1u64 << 53) as f64
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    fn value(&mut self, kind: usize, size: f64) -> Option<f64> {
        match (kind, self.below(12)) {
            (0, _) => Some(size),
            (1, 0..6) => None,
            (2, 0) => Some(f64::NAN),
            (2, 1) => Some(f64::INFINITY),
            (2, 2) => Some(f64::MAX),
            (3, _) => Some((self.part() - 0.5) * size),
            (4, _) => Some(-self.part() * size),
            (5, _) => Some(0.0),
            (6, _) => Some(size * (1.0 + self.part() * 0.01)),
            _ => Some(self.part() * size),
        }
    }

    fn text(&mut self) -> String {
        let hostile = [
            "<script>alert(1)</script>",
            "\" onload=\"x",
            "\u{202e}desrever",
            "a\nb\tc\0d",
            "]]>&amp;<!--",
            "客様は大切です",
            "👩‍👩‍👧",
            "",
            " ",
        ];
        match self.below(6) {
            0 => self.one(&hostile).to_owned(),
            1 => "W".repeat(self.below(90)),
            2 => "word ".repeat(self.below(18)),
            _ => self.one(&["2 March", "67 %", "by March 2027", "Names put right", "£1.2m", "3 Aug"]).to_owned(),
        }
    }

    fn note(&mut self) -> Note {
        Note { title: self.text(), words: self.text() }
    }

    fn unit(&mut self) -> Unit {
        match self.below(5) {
            0 => Unit::count(),
            1 => Unit::percent(),
            2 => Unit::money("£"),
            3 => Unit::of("hours"),
            _ => Unit { before: self.text(), after: self.text(), ..Unit::default() },
        }
    }

    fn chart(&mut self) -> Chart {
        let count = self.one(&[1, 1, 2, 3, 4, 5, 8, 12, 13, 13, 13, 13, 14, 30]);
        let kind = self.below(12);
        let size = 10_f64.powi(self.below(22) as i32 - 6);
        let is_plain = self.below(3) > 0;
        let points: Vec<Point> = (0..count)
            .map(|i| Point {
                label: if is_plain { MONTHS[i % 12].to_owned() } else { self.text() },
                year: if is_plain { (2020 + i / 12).to_string() } else { self.text() },
                value: self.value(kind, size),
                text: if is_plain { i.to_string() } else { self.text() },
            })
            .collect();
        let near = (self.part() * 3.0 - 1.0) * size;
        let far = self.one(&[f64::NAN, f64::NEG_INFINITY, size * 1e3, -size * 1e3, size]);
        let aim = if self.below(4) == 0 { far } else { near };
        let crowd = self.one(&[0, 0, 1, 2, 3, 6, 13]);
        Chart {
            name: self.text(),
            caption: self.text(),
            period: self.text(),
            unit: self.unit(),
            now: self.text(),
            target: (self.below(4) > 0).then(|| Target { value: aim, text: self.text(), by: self.text() }),
            flags: (0..crowd)
                .map(|_| Flag { at: self.below(count + 2), note: self.note(), short: (self.below(2) == 0).then(|| self.note()) })
                .collect(),
            shortfall: (self.below(4) == 0).then(|| Shortfall {
                level: self.part() * size,
                from: self.below(count + 1),
                title: self.text(),
                words: self.text(),
            }),
            points,
            words: Words::default(),
        }
    }
}

/// One tag of a page: its name, its attributes, and the text that follows it.
struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
    after: String,
}

impl Tag {
    fn get(&self, key: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(k, _)| k == key);
        found.map(|(_, v)| v.as_str())
    }

    fn coordinate(&self, key: &str) -> f64 {
        self.get(key).unwrap().parse().unwrap()
    }
}

/// Reads markup the way a strict parser would, and fails where it would.
fn read(html: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut rest = html;
    assert!(rest.is_empty() || rest.starts_with('<'), "{html}");
    while let Some(at) = rest.strip_prefix('<') {
        let (tag, after) = at.split_once('>').expect("a tag that ends");
        assert!(!tag.contains('<'), "a tag in a tag: {tag}");
        let (text, next) = after.split_at(after.find('<').unwrap_or(after.len()));
        assert!(!text.contains('>'), "a stray > in {text}");
        rest = next;
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "closes what is open");
            continue;
        }
        let is_empty = tag.ends_with('/');
        let tag = tag.trim_end_matches('/');
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        if !is_empty && name != "col" {
            open.push(name.to_owned());
        }
        tags.push(Tag { name: name.to_owned(), attributes: attributes_of(attributes), after: text.to_owned() });
    }
    assert!(open.is_empty() && rest.is_empty(), "{open:?} {rest}");
    tags
}

fn attributes_of(mut text: &str) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    while !text.trim().is_empty() {
        let (key, rest) = text.trim_start().split_once("=\"").expect("a quoted attribute");
        let (value, rest) = rest.split_once('"').expect("a closing quote");
        assert!(key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'), "{key}");
        assert!(all.iter().all(|(k, _)| k != key), "{key} twice");
        all.push((key.to_owned(), value.to_owned()));
        text = rest;
    }
    all
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
}

/// A number as it may stand in a drawing: finite, with one decimal at most.
fn number(text: &str) -> f64 {
    let decimals = text.split_once('.').map_or(0, |(_, d)| d.len());
    assert!(decimals <= 1 && !text.contains(['e', 'N', 'i']), "{text}");
    text.parse().unwrap_or_else(|_| panic!("not a number: {text}"))
}

fn label_of(tags: &[Tag], at: usize) -> Label {
    let tag = &tags[at];
    let style = |tag: &Tag| {
        let class = tag.get("class").unwrap().split(' ').next().unwrap();
        *Style::ALL.iter().find(|s| s.class() == class).unwrap()
    };
    let tail = tags.get(at + 1).filter(|t| t.name == "tspan");
    Label {
        style: style(tag),
        x: tag.coordinate("x"),
        y: tag.coordinate("y"),
        anchor: match tag.get("text-anchor") {
            Some("middle") => Anchor::Middle,
            Some("end") => Anchor::End,
            _ => Anchor::Start,
        },
        text: unescaped(&tag.after).trim_end().to_owned(),
        tail: tail.map(|t| (style(t), unescaped(&t.after))),
    }
}

/// Every place of a tag's own geometry.
fn places(tag: &Tag) -> Vec<(f64, f64)> {
    match tag.name.as_str() {
        "circle" => vec![(number(tag.get("cx").unwrap()), number(tag.get("cy").unwrap()))],
        "text" => vec![(number(tag.get("x").unwrap()), number(tag.get("y").unwrap()))],
        "path" => {
            let d = tag.get("d").unwrap().trim_end_matches('Z');
            let pairs = d.split(['M', 'L']).filter(|p| !p.is_empty());
            let place = |pair: &str| {
                let (x, y) = pair.split_once(' ').unwrap();
                (number(x), number(y))
            };
            pairs.map(place).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether a series' line passes through an area.
fn is_crossed(area: &Area, tags: &[Tag]) -> bool {
    let series = tags.iter().filter(|t| t.get("class") == Some("chart-line"));
    series.map(places).any(|places| {
        places.windows(2).any(|pair| {
            let [(x1, y1), (x2, y2)] = [pair[0], pair[1]];
            if x2 <= area.left || x1 >= area.right {
                return false;
            }
            let y_at = |x: f64| y1 + (x.clamp(x1, x2) - x1) / (x2 - x1) * (y2 - y1);
            let (a, b) = (y_at(area.left), y_at(area.right));
            a.min(b) < area.bottom && a.max(b) > area.top
        })
    })
}

/// Whether one drawing keeps to its sheet and its words to themselves.
fn inspect(tags: &[Tag]) {
    let [sheet, ..] = tags else { return };
    let (width, height) = (sheet.coordinate("width"), sheet.coordinate("height"));
    assert!(width <= 800.0 && height <= 420.0, "{width} × {height}");
    let mut areas: Vec<(Area, String)> = Vec::new();
    for (at, tag) in tags.iter().enumerate() {
        for (x, y) in places(tag) {
            let inside = (0.0..=width).contains(&x) && (0.0..=height).contains(&y);
            assert!(inside, "{} at {x}, {y} of {width} × {height}", tag.name);
        }
        if tag.name == "text" {
            let label = label_of(tags, at);
            let area = label.area();
            let inside = area.left >= -0.1 && area.right <= width + 0.1 && area.top >= 0.0 && area.bottom <= height;
            assert!(inside, "{label:?} leaves {width} × {height}");
            assert!(!is_crossed(&area, tags), "the line passes through {label:?}");
            let other = areas.iter().find(|(other, _)| other.meets(&area));
            assert!(other.is_none(), "{:?} meets {label:?}", other.unwrap().1);
            areas.push((area, format!("{label:?}")));
        }
    }
}

fn check(html: &Html) {
    let text = html.as_str();
    let tags = read(text);
    for tag in &tags {
        assert!(tag.get("style").is_none() && tag.get("onload").is_none());
        assert!(!matches!(tag.name.as_str(), "script" | "style" | "!--"), "{}", tag.name);
    }
    assert!(!text.contains(['\0', '\u{202e}']), "{text}");
    let starts: Vec<usize> = (0..tags.len()).filter(|i| tags[*i].name == "svg").collect();
    for (i, start) in starts.iter().enumerate() {
        let end = starts.get(i + 1).copied().unwrap_or(tags.len());
        inspect(&tags[*start..end]);
    }
}

#[test]
fn a_thousand_series_stay_on_paper() {
    let mut dice = Dice(20261102);
    for _ in 0..1000 {
        let data = dice.chart();
        let drawn = chart(&data);
        check(&drawn);
        assert_eq!(drawn.as_str(), chart(&data).as_str());
        check(&home_chart(&data, &finding()));
        let values: Vec<_> = data.points.iter().map(|p| p.value).collect();
        let spark = Spark { values: values.clone(), target: data.target.as_ref().map(|t| t.value) };
        check(&sparkline(&spark, dice.below(12) as u8));
        let _ = missing(&values, dice.below(40));
        if let Some(note) = scale_note(&data) {
            assert!(!note.contains("NaN") && !note.contains("inf"));
        }
    }
}

#[test]
fn a_thousand_ways_stay_on_the_line() {
    let mut dice = Dice(7);
    for _ in 0..1000 {
        let size = 10_f64.powi(dice.below(16) as i32 - 3);
        let mut some = |n: usize| amount(dice.value(n, size).unwrap_or(f64::NAN), &dice.text());
        let (start, now, goal) = (some(3), some(2), some(6));
        let data = Way {
            start: Some(start).filter(|_| dice.below(4) > 0),
            now: Some(now).filter(|_| dice.below(4) > 0),
            goal,
            words: dice.text(),
        };
        let stand = way::stand(&data);
        assert!((0.0..=1.0).contains(&stand.bar) && stand.dot.is_none_or(|d| (0.0..=1.0).contains(&d)));
        let html = way(&data, dice.below(255) as u8);
        for tag in read(html.as_str()) {
            for key in ["x", "x1", "x2", "cx"] {
                let Some(place) = tag.get(key) else { continue };
                let place = number(place.trim_end_matches('%'));
                assert!((0.0..=100.0).contains(&place), "{key} {place}");
            }
        }
    }
}
