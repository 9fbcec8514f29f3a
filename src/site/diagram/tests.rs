//! What must hold for every map, shown on the fixtures and on thousands of random ones.

#![allow(clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::labels::NAME;
use super::scene::{Rect, Scene, Stroke};
use super::text::{clean, cut, width, wrap};
use super::{
    End, Handover, Lane, Loop, Map, Promise, Side, Source, Station, Ticket, WayBack, WayIn, WordBack, Words, Yard, fixtures, narrow, strip,
    wide_scene,
};

/// Every drawing of a map.
fn scenes(map: &Map, current: usize) -> Vec<Scene> {
    let mut all: Vec<Scene> = wide_scene(map).into_iter().map(|(s, _)| s).collect();
    all.extend(narrow::layout(map, narrow::PHONE));
    all.extend(strip::layouts(map, current).into_iter().map(|(s, _, _)| s));
    all
}

/// Every place at which a label meets another label or a stroke, or a ticket meets either.
fn meetings(scene: &Scene) -> Vec<String> {
    let mut out = Vec::new();
    for (i, a) in scene.taken.iter().enumerate() {
        let area = a.area.grown(-0.3);
        for (j, b) in scene.taken.iter().enumerate().skip(i + 1) {
            if a.on != Some(j) && b.on != Some(i) && overlap(area, b.area.grown(-0.3)) {
                out.push(format!("box {:?} meets box {:?}", a.area, b.area));
            }
        }
        if let Some(paper) = a.on.and_then(|p| scene.taken.get(p)) {
            if paper.area.with(a.area) != paper.area {
                out.push(format!("text {:?} leaves its ticket {:?}", a.area, paper.area));
            }
            continue;
        }
        let paper = scene.taken.iter().any(|t| t.on == Some(i));
        for s in scene.strokes.iter().filter(|s| !(paper && s.hair)) {
            if s.inside(area.y0, area.y1).is_some_and(|(x0, x1)| x0 < area.x1 && x1 > area.x0) {
                out.push(format!("box {:?} meets stroke {:?} {:?} {}", a.area, s.a, s.b, s.half));
            }
        }
    }
    out
}

/// Whether two rectangles share more than an edge.
fn overlap(a: Rect, b: Rect) -> bool {
    a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1
}

/// The rectangle a stroke fills.
fn bounds(s: &Stroke) -> Rect {
    Rect::sized(s.a.x, s.a.y, 0.0, 0.0).with(Rect::sized(s.b.x, s.b.y, 0.0, 0.0)).grown(s.half)
}

/// Whether everything is finite and inside the drawing.
fn inside(scene: &Scene) -> Result<(), String> {
    let page = Rect { x0: 0.0, y0: 0.0, x1: scene.w, y1: scene.h }.grown(0.6);
    let all = scene.strokes.iter().map(bounds).chain(scene.taken.iter().map(|t| t.area));
    for r in all {
        let finite = [r.x0, r.y0, r.x1, r.y1].iter().all(|n| n.is_finite());
        if !finite || page.with(r) != page {
            return Err(format!("{r:?} is not inside {} × {}", scene.w, scene.h));
        }
    }
    Ok(())
}

/// Reads markup as strictly as XML is read, and complains about what this module must not write.
fn well_formed(svg: &str) -> Result<(), String> {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = svg;
    while let Some(at) = rest.find('<') {
        text_is_fine(&rest[..at])?;
        let end = rest[at..].find('>').ok_or("a tag that does not end")? + at;
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Err(format!("</{name}> closes something else"));
            }
            continue;
        }
        let (tag, empty) = tag.strip_suffix('/').map_or((tag, false), |t| (t, true));
        let name = tag.split(' ').next().unwrap_or("");
        if !["div", "svg", "title", "a", "g", "path", "circle", "rect", "text", "tspan"].contains(&name) {
            return Err(format!("<{name}> is not ours"));
        }
        attributes(&tag[name.len()..])?;
        if !empty {
            open.push(name);
        }
    }
    text_is_fine(rest)?;
    if open.is_empty() { Ok(()) } else { Err(format!("{open:?} stay open")) }
}

/// Attributes: quoted, once each, no style, no script, numbers with one decimal.
fn attributes(mut rest: &str) -> Result<(), String> {
    let mut seen = Vec::new();
    while !rest.trim_start().is_empty() {
        let (name, tail) = rest.trim_start().split_once("=\"").ok_or("an attribute without a value")?;
        let (value, tail) = tail.split_once('"').ok_or("a value that does not end")?;
        rest = tail;
        text_is_fine(value)?;
        if seen.contains(&name) || name == "style" || name.starts_with("on") {
            return Err(format!("attribute {name}"));
        }
        seen.push(name);
        if ["x", "y", "width", "height", "cx", "cy", "r", "rx", "d", "dx", "viewBox"].contains(&name) {
            for n in value.split(|c: char| !(c.is_ascii_digit() || c == '.' || c == '-')).filter(|n| !n.is_empty()) {
                let decimals = n.split_once('.').map_or(0, |(_, d)| d.len());
                if decimals > 1 || n.parse::<f64>().is_err() || n == "-0" {
                    return Err(format!("{name} has {n}"));
                }
            }
            if value.contains("NaN") || value.contains("inf") {
                return Err(format!("{name} is {value}"));
            }
        }
    }
    Ok(())
}

/// Text: no control characters, every & begins an entity of ours.
fn text_is_fine(text: &str) -> Result<(), String> {
    if text.chars().any(|c| (c.is_control() && c != '\n') || matches!(c, '>' | '\u{fffe}' | '\u{ffff}')) {
        return Err(format!("text {text:?}"));
    }
    let entities = ["amp;", "lt;", "gt;", "quot;", "#39;"];
    match text.split('&').skip(1).find(|s| !entities.iter().any(|e| s.starts_with(e))) {
        Some(bad) => Err(format!("entity {bad:?}")),
        None => Ok(()),
    }
}

/// Everything that must hold for a map.
fn hold(name: &str, map: &Map, current: usize) {
    for scene in scenes(map, current) {
        let met = meetings(&scene);
        assert!(met.is_empty(), "{name}: {} of {} × {}:\n{}\n{map:#?}", met.len(), scene.w, scene.h, met.join("\n"));
        inside(&scene).unwrap_or_else(|e| panic!("{name}: {e}\n{map:#?}"));
    }
    for svg in [super::wide(map), super::narrow(map), super::strip(map, current)] {
        well_formed(svg.as_str()).unwrap_or_else(|e| panic!("{name}: {e}\n{}", svg.as_str()));
    }
}

#[test]
fn no_label_meets_anything_in_the_fixtures() {
    for (name, map) in fixtures::all() {
        for current in [0, 2, usize::MAX] {
            hold(name, &map, current);
        }
    }
}

#[test]
fn an_empty_map_is_nothing() {
    for html in [super::wide(&Map::default()), super::narrow(&Map::default()), super::strip(&Map::default(), 0)] {
        assert!(html.is_empty());
    }
}

#[test]
fn the_sample_stands_as_it_was_drawn() {
    let map = fixtures::sample();
    let svg = super::wide(&map);
    let svg = svg.as_str();
    assert!(svg.starts_with("<div class=\"map-frame\">\n<svg class=\"map map-wide\" viewBox=\"0 0 1344 985\""), "{}", &svg[..120]);
    for disc in [
        "cx=\"27\" cy=\"202\" r=\"8\"",
        "cx=\"242\" cy=\"202\" r=\"8\"",
        "cx=\"672\" cy=\"380\" r=\"14\"",
        "cx=\"1212\" cy=\"558\" r=\"8\"",
    ] {
        assert!(svg.contains(disc), "{disc}");
    }
    assert!(svg.contains("class=\"map-ring\" cx=\"295.8\" cy=\"270\" r=\"11\""));
    assert!(svg.contains("class=\"map-capsule hue-1\""));
    assert!(!svg.contains('…'), "nothing of the sample is cut");
    assert_eq!(svg.matches("map-paper").count(), 4, "every promise has its ticket");
    assert_eq!(svg.matches("<a ").count(), 3 + 10 + 4 + 3 + 5 + 1, "lanes, stations, tickets, ends, ways back, yard");
    let whole = [super::narrow(&map).as_str().to_owned(), svg.to_owned()];
    let texts = map.stations.iter().map(|s| &s.name).chain(map.ways_back.iter().map(|w| &w.name)).chain(map.ends.iter().map(|e| &e.name));
    for text in texts.chain(map.ways_in.iter().map(|w| &w.name)) {
        assert!(whole.iter().all(|s| s.contains(&format!(">{text}<"))), "{text}");
    }
}

#[test]
fn the_same_map_is_the_same_drawing() {
    for (_, map) in fixtures::all() {
        assert_eq!(super::wide(&map), super::wide(&map.clone()));
        assert_eq!(super::narrow(&map), super::narrow(&map.clone()));
    }
}

#[test]
fn many_stages_stand_upright() {
    let svg = super::wide(&fixtures::stairs(20, 5));
    assert!(svg.as_str().contains("map-tall") && svg.as_str().contains("viewBox=\"0 0 480 "));
    let svg = super::wide(&fixtures::stairs(3, 2));
    assert!(svg.as_str().contains("map-small"));
}

#[test]
fn text_is_cut_to_measure() {
    for text in ["Proposal", "Not this quarter", "x", "見込み客を育成", "a-very-long-word-of-many-parts", "  two  spaces "] {
        let text = clean(text);
        for max in [0.0, 5.0, 20.0, 45.0, 90.0, 300.0] {
            assert!(width(&cut(&text, NAME, max), NAME) <= max);
            for lines in 0..4 {
                let wrapped = wrap(&text, NAME, max, lines);
                assert!(wrapped.len() <= lines && wrapped.iter().all(|l| width(l, NAME) <= max), "{wrapped:?}");
            }
        }
    }
    assert_eq!(clean(" a\u{0}\n\tb\u{202e}c "), "a bc");
    assert_eq!(wrap("persuading the boss", NAME, 110.0, 2), ["persuading", "the boss"]);
}

/// A small generator of numbers, the same on every machine.
struct Dice(u64);

impl Dice {
    fn upto(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % (n + 1)
    }

    fn often(&mut self, percent: usize) -> bool {
        self.upto(99) < percent
    }

    /// An index, now and then one that points nowhere.
    fn index(&mut self, n: usize) -> usize {
        if self.often(4) { [usize::MAX, n, n + 7][self.upto(2)] } else { self.upto(n.saturating_sub(1)) }
    }

    fn text(&mut self) -> String {
        const WORDS: [&str; 16] = [
            "Proposal",
            "a",
            "account",
            "the budget opens",
            "Qualified",
            "within 90 days,",
            "negotiation",
            "W",
            "<b>&\"'",
            "名前",
            "مرحبا",
            "Sales lead",
            "self-order",
            "x\u{0}y",
            "Unternehmensentwicklungsgesellschaft",
            "👩‍👧",
        ];
        let count = [0, 1, 1, 2, 3, 12][self.upto(5)];
        (0..count).map(|_| WORDS[self.upto(15)]).collect::<Vec<_>>().join(" ")
    }

    fn many<T>(&mut self, most: usize, mut make: impl FnMut(&mut Self) -> T) -> Vec<T> {
        (0..self.upto(most)).map(|_| make(self)).collect()
    }

    fn ticket(&mut self) -> Ticket {
        let promises = self.many(3, |d| Promise { who: d.text(), what: d.text(), hue: d.upto(255) as u8 });
        Ticket { name: self.text(), href: self.text(), promises }
    }

    fn map(&mut self) -> Map {
        let n = [0, 1, 2, 3, 5, 8, 10, 12, 16, 26][self.upto(9)];
        let lanes = self.upto(7);
        let steady = self.often(50);
        let mut at = 0;
        let stations = (0..n)
            .map(|_| {
                at = if steady { (at + usize::from(self.often(35))).min(lanes.max(1) - 1) } else { self.index(lanes) };
                Station { name: self.text(), owner: self.text(), buyer: self.text(), href: self.text(), lane: at, won: self.often(15) }
            })
            .collect();
        Map {
            title: self.text(),
            lanes: (0..lanes).map(|_| Lane { name: self.text(), says: self.text(), href: self.text(), hue: self.upto(12) as u8 }).collect(),
            stations,
            sides: self.many(3, |d| Side { name: d.text(), first: d.index(n), last: d.index(n) }),
            ways_in: self.many(5, |d| WayIn { station: d.index(n), name: d.text(), note: d.text() }),
            handovers: self.many(8, |d| Handover { from: d.index(n), to: d.index(n), ticket: d.ticket() }),
            loops: self.many(3, |d| Loop { from: d.index(n), to: d.index(n), word: d.text() }),
            ends: self.many(5, |d| End { station: d.index(n), name: d.text(), note: d.text(), href: d.text() }),
            yards: self.many(3, |d| {
                let ticket = d.often(50).then(|| d.ticket());
                Yard { name: d.text(), says: d.text(), back_here: d.text(), href: d.text(), hue: 3, ticket }
            }),
            ways_back: self.many(14, |d| WayBack {
                from: if d.often(60) { Source::Station(d.index(n)) } else { Source::End(d.index(3)) },
                to: d.index(n),
                yard: d.often(80).then(|| d.index(2)),
                name: d.text(),
                calls: d.text(),
                href: d.text(),
            }),
            words_back: self.many(2, |d| WordBack { station: d.index(n), name: d.text(), note: d.text(), ticket: d.ticket() }),
            words: Words::default(),
        }
    }
}

#[test]
fn random_maps_hold() {
    let rounds: u64 = 600;
    for seed in 0..rounds {
        let mut dice = Dice(seed);
        (0..4).for_each(|_| {
            dice.upto(1);
        });
        let map = dice.map();
        let current = dice.upto(map.stations.len());
        hold(&format!("seed {seed}"), &map, current);
    }
}
