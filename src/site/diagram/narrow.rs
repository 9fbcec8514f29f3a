//! The map for a phone: a quarter turn clockwise.
//!
//! Down is forward, left is the next team, ways back are at the far left, and all
//! words stand at one left edge. It is a list of rows; each row has a height, and
//! the line is drawn through them. The same form, a little wider, serves a funnel
//! that has too many stages for one row.

use super::feet::{TRACK, chevron};
use super::labels::{NOTE, PATH, heard, several};
use super::net::{Net, promised, spoken};
use super::scene::{Anchor, Layer, Point, Rect, Scene, Shape, Span, at, band, breadth, pen, span};
use super::svg::num;
use super::text::{Font, cut, width, wrap};
use super::{Loop, Map, Source, ticket};

/// The width on a phone, and in a column.
pub(super) const PHONE: f64 = 343.0;
pub(super) const COLUMN: f64 = 480.0;

const NAME: Font = Font { class: "t-stop", size: 17.0, bold: true };
const OWNER: Font = Font { class: "t-owner", size: 14.0, bold: false };
const BUYER: Font = Font { class: "t-buyer", size: 13.5, bold: false };

/// The room for the sign of a loop that leads back to its own station.
const TURN: f64 = 18.0;

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Head,
    Handover,
    WayIn,
    Station,
    Word(usize),
    End(usize),
    Back(usize),
}

/// A row: what it is, of which station, where, and its lines beneath its middle.
#[derive(Clone, Debug)]
struct Row {
    kind: Kind,
    station: usize,
    y: f64,
    lines: Vec<(f64, Vec<Span>)>,
}

/// The columns: words, lanes, trunks; and the rows.
struct Plan<'a> {
    net: &'a Net,
    w: f64,
    text: f64,
    lanes: Vec<f64>,
    /// The stations one comes back to, each with its trunk.
    trunks: Vec<(usize, f64)>,
    rows: Vec<Row>,
    h: f64,
}

impl Plan<'_> {
    /// The column of a station's lane.
    fn x(&self, station: usize) -> f64 {
        self.lanes.get(self.net.lane(station)).copied().unwrap_or(96.0)
    }

    /// The height of a row of a station.
    fn y(&self, station: usize, kind: Kind) -> Option<f64> {
        self.rows.iter().find(|r| r.station == station && r.kind == kind).map(|r| r.y)
    }

    /// A station's place.
    fn stop(&self, station: usize) -> Point {
        at(self.x(station), self.y(station, Kind::Station).unwrap_or(0.0))
    }

    /// The colour of a station's lane.
    fn hue(&self, station: usize) -> u8 {
        self.net.hue(self.net.lane(station))
    }
}

/// The upright map laid out; nothing if it is empty.
pub(super) fn layout(map: &Map, w: f64) -> Option<Scene> {
    let net = Net::new(map)?;
    let plan = plan(&net, w);
    let mut scene = Scene::new(plan.w, plan.h);
    line(&plan, &mut scene);
    loops(&plan, &mut scene);
    trunks(&plan, &mut scene);
    for row in &plan.rows {
        signs(&plan, &mut scene, row);
    }
    for row in &plan.rows {
        words(&plan, &mut scene, row);
    }
    turns(&plan, &mut scene);
    Some(scene)
}

/// Columns and rows.
fn plan(net: &Net, w: f64) -> Plan<'_> {
    let mut homes: Vec<usize> = net.ways.iter().map(|way| way.to).collect();
    homes.sort_unstable();
    homes.dedup();
    let pitch = 12.0_f64.min(48.0 / homes.len().max(1) as f64);
    let trunks: Vec<(usize, f64)> = homes.iter().enumerate().map(|(k, i)| (*i, 12.0 + pitch * k as f64)).collect();
    let count = net.map.lanes.len();
    let step = match count {
        0..=3 => 26.0,
        4..=5 => 18.0,
        _ => 0.0,
    };
    let leftmost = 96.0 - step * (count - 1) as f64;
    let shift = trunks.last().map_or(0.0, |(_, x)| (x + 32.0 - leftmost).max(0.0));
    let lanes = (0..count).map(|l| 96.0 + shift - step * l as f64).collect();
    let mut plan = Plan { net, w, text: 124.0 + shift, lanes, trunks, rows: Vec::new(), h: 0.0 };
    let mut top = 0.0;
    for i in 0..net.len() {
        rows(&mut plan, i, &mut top);
    }
    plan.h = top + 4.0;
    plan
}

/// The rows of one station, from what leads to it down to what leaves it.
fn rows(plan: &mut Plan, i: usize, top: &mut f64) {
    let net = plan.net;
    let room = plan.w - plan.text;
    let mut all = arriving(net, i, room);
    let lines = station_lines(net, i, room);
    let more = lines.last().map_or(0.0, |l| l.0) - 24.0;
    all.push((Kind::Station, 20.0, 62.0 + more.max(0.0), lines));
    all.extend(leaving(net, i, room));
    for (kind, offset, h, lines) in all {
        plan.rows.push(Row { kind, station: i, y: *top + offset, lines });
        *top += h;
    }
}

/// A row under way: what it is, how far down its middle is, its height, its lines.
type Draft = (Kind, f64, f64, Vec<(f64, Vec<Span>)>);

/// What leads to a station: its hand-over, its lane's head, its ways in.
fn arriving(net: &Net, i: usize, room: f64) -> Vec<Draft> {
    let mut out = Vec::new();
    if net.changes(i) {
        let form = net.ticket(i).map(|t| ticket::tall(&t.promises, room - 1.0));
        let form = form.filter(|f| f.h > 0.0);
        let (offset, h) = form.map_or((30.0, 56.0), |f| (12.0 + f.above(), 28.0 + f.h));
        out.push((Kind::Handover, offset, h, Vec::new()));
    }
    if i == 0 || net.changes(i) {
        let h = if i == 0 { 35.0 } else { 40.0 };
        out.push((Kind::Head, 15.5, h, Vec::new()));
    }
    for w in net.ways_in(i) {
        let lines = title_and_note(&w.name, &w.note, room, 2);
        let base = if lines.len() > 1 { 58.0 } else { 44.0 };
        out.push((Kind::WayIn, 20.0, height(&lines, base), lines));
    }
    out
}

/// What leaves a station: words back, ways back, ends with the ways that begin there.
fn leaving(net: &Net, i: usize, room: f64) -> Vec<Draft> {
    let mut out = Vec::new();
    for (k, w) in net.words(i) {
        let lines = stacked(&w.name, &w.note, room);
        out.push((Kind::Word(k), 20.0, height(&lines, 62.0), lines));
    }
    let back = |k: usize| {
        let lines = back_lines(net, k, room);
        (Kind::Back(k), 20.0, height(&lines, 50.0), lines)
    };
    out.extend(net.own(i).into_iter().map(back));
    let from = |k: &usize| net.ways.get(*k).map(|w| w.from);
    for (e, end) in net.ends(i) {
        let lines = title_and_note(&end.name, &end.note, room, 4);
        let base = if lines.len() > 1 { 58.0 } else { 46.0 };
        out.push((Kind::End(e), 20.0, height(&lines, base), lines));
        let tails = net.tails(i).into_iter();
        out.extend(tails.filter(|k| from(k) == Some(Source::End(e))).map(back));
    }
    out
}

/// A row's height: `base` for two lines, more for more.
fn height(lines: &[(f64, Vec<Span>)], base: f64) -> f64 {
    base + 15.5 * lines.len().saturating_sub(2) as f64
}

/// A name with its note on the same line, or with the note beneath.
fn title_and_note(name: &str, note: &str, room: f64, most: usize) -> Vec<(f64, Vec<Span>)> {
    let rest = room - width(name, PATH) - 7.0;
    if note.is_empty() || width(note, NOTE) > rest {
        let mut lines = stacked(name, note, room);
        lines.truncate(1 + most);
        return lines;
    }
    let note = Span { gap: 7.0, ..span(NOTE, note) };
    vec![(5.0, vec![span(PATH, name), note])]
}

/// A name, and beneath it a note of at most four lines.
fn stacked(name: &str, note: &str, room: f64) -> Vec<(f64, Vec<Span>)> {
    let mut lines = vec![(5.0, vec![span(PATH, cut(name, PATH, room))])];
    let notes = wrap(note, NOTE, room, 4).into_iter().enumerate();
    lines.extend(notes.map(|(k, text)| (21.0 + 15.5 * k as f64, vec![span(NOTE, text)])));
    lines
}

/// The lines of a way back: its names, and what calls them back.
fn back_lines(net: &Net, k: usize, room: f64) -> Vec<(f64, Vec<Span>)> {
    let Some(way) = net.ways.get(k) else {
        return Vec::new();
    };
    let [(name, _)] = way.names.as_slice() else {
        let mut lines = stacked("", &way.calls, room);
        let names: Vec<Span> = several(&way.names, room);
        if let Some(first) = lines.first_mut() {
            first.1 = names;
        }
        return lines;
    };
    stacked(name, &way.calls, room)
}

/// The lines of a station; what the buyer does stands at the right unless it would touch the name.
fn station_lines(net: &Net, i: usize, room: f64) -> Vec<(f64, Vec<Span>)> {
    let Some(station) = net.map.stations.get(i) else {
        return Vec::new();
    };
    let names = wrap(&station.name, NAME, room, 2);
    let buyer = width(&station.buyer, BUYER);
    let beside = names.len() == 1 && width(&station.name, NAME) + 8.0 + buyer <= room;
    let mut lines: Vec<(f64, Vec<Span>)> = Vec::new();
    let mut y = 5.5;
    for name in names {
        lines.push((y, vec![span(NAME, name)]));
        y += 18.5;
    }
    let back = net.ways.iter().find(|w| w.to == i).and_then(|w| net.map.yards.get(w.yard)).map(|y| y.back_here.as_str());
    let mut rest = vec![(OWNER, station.owner.as_str())];
    if beside && !station.buyer.is_empty() {
        lines.push((6.0, vec![span(BUYER, station.buyer.clone())]));
    } else {
        rest.push((BUYER, station.buyer.as_str()));
    }
    rest.push((NOTE, back.unwrap_or("")));
    for (font, text) in rest.into_iter().filter(|(_, text)| !text.is_empty()) {
        lines.push((y, vec![span(font, cut(text, font, room))]));
        y += 17.0;
    }
    for l in net.map.loops.iter().filter(|l| l.from == i && l.to == i && !l.word.is_empty()).take(1) {
        let word = span(NOTE, cut(&l.word, NOTE, room - TURN));
        lines.push((y, vec![Span { gap: TURN, ..word }]));
    }
    lines
}

/// The line, its rings, and the thin line on from the last station.
fn line(plan: &Plan, scene: &mut Scene) {
    let net = plan.net;
    let thick = |i: usize| pen("map-line", 7.0, 14.0).hue(plan.hue(i));
    if let Some(first) = plan.rows.iter().find(|r| r.kind == Kind::WayIn && r.station == 0) {
        scene.path(Layer::Line, &[at(plan.x(0), first.y + 20.0), plan.stop(0)], thick(0));
    }
    for i in 1..net.len() {
        let (a, b) = (plan.stop(i - 1), plan.stop(i));
        let Some(y) = plan.y(i, Kind::Handover) else {
            scene.path(Layer::Line, &[a, b], thick(i));
            continue;
        };
        let ring = at((a.x + b.x) / 2.0, y);
        let half = (a.x - b.x).abs() / 2.0;
        scene.path(Layer::Line, &[a, at(a.x, y - half), ring], thick(i - 1));
        scene.path(Layer::Line, &[ring, at(b.x, y + half), b], thick(i));
    }
    let last = net.len() - 1;
    let leaves = |r: &&Row| r.station == last && matches!(r.kind, Kind::Word(_) | Kind::End(_) | Kind::Back(_));
    if let Some(lowest) = plan.rows.iter().rfind(leaves) {
        let end = if matches!(lowest.kind, Kind::Back(_)) { lowest.y - 10.0 } else { lowest.y };
        scene.path(Layer::Back, &[plan.stop(last), at(plan.x(last), end)], pen("map-back", TRACK, 0.0));
    }
}

/// How far right of its lane a loop reaches.
fn reach(plan: &Plan, l: &Loop) -> f64 {
    26.0_f64.min(plan.text - 8.0 - 3.5 - plan.x(l.from)).max(8.0)
}

/// The loops that can be drawn: within one lane, none over another.
fn drawn<'a>(plan: &'a Plan) -> Vec<&'a Loop> {
    let mut out: Vec<&Loop> = Vec::new();
    for l in &plan.net.map.loops {
        let level = (l.to..=l.from).all(|i| plan.net.lane(i) == plan.net.lane(l.from));
        if level && l.to < l.from && out.iter().all(|o| l.to >= o.from || l.from <= o.to) {
            out.push(l);
        }
    }
    out
}

/// Loops, right of the line.
fn loops(plan: &Plan, scene: &mut Scene) {
    for l in drawn(plan) {
        let (b, a) = (plan.stop(l.from), plan.stop(l.to));
        let x = b.x + reach(plan, l);
        let points = [b, at(x, b.y), at(x, a.y), a];
        scene.path(Layer::Line, &points, pen("map-line", 7.0, 14.0).hue(plan.hue(l.from)));
        chevron(scene, Layer::Ring, at(x, (a.y + b.y) / 2.0 - 2.0), (0.0, -1.0), "map-turning");
    }
}

/// The words of the loops, where there is room between two names.
fn turns(plan: &Plan, scene: &mut Scene) {
    for l in drawn(plan) {
        let x = plan.x(l.from) + reach(plan, l) + 12.0;
        let (low, high) = (plan.stop(l.from).y, plan.stop(l.to).y);
        let wide = width(&l.word, NOTE);
        let ys = (0..8).map(|k| low - 18.0 - 6.0 * f64::from(k)).filter(|y| *y > high + 20.0);
        let free = |y: &f64| scene.right(x, band(*y, NOTE.size), 200.0) >= wide;
        if let Some(y) = ys.into_iter().find(free) {
            scene.write(Layer::Word, at(x, y), Anchor::Start, vec![span(NOTE, l.word.clone())], None);
        }
    }
}

/// The trunks by which one comes back, one for each station that is returned to.
fn trunks(plan: &Plan, scene: &mut Scene) {
    let ink = pen("map-back", TRACK, 10.0);
    for (home, x) in &plan.trunks {
        let p = plan.stop(*home);
        let joins = |r: &&Row| matches!(r.kind, Kind::Back(k) if plan.net.ways.get(k).is_some_and(|w| w.to == *home));
        let ys: Vec<f64> = plan.rows.iter().filter(joins).map(|r| r.y).collect();
        let low = ys.iter().copied().fold(p.y, f64::max);
        let high = ys.iter().copied().fold(p.y, f64::min);
        if low > p.y {
            scene.path(Layer::Back, &[at(*x, low - 10.0), at(*x, p.y), p], ink);
        }
        if high < p.y {
            scene.path(Layer::Back, &[at(*x, high + 10.0), at(*x, p.y), p], ink);
        }
        if low > p.y + 60.0 {
            chevron(scene, Layer::Back, at(*x, p.y + 44.0), (0.0, -1.0), "map-chevron");
        }
        if low > p.y + 600.0 {
            chevron(scene, Layer::Back, at(*x, (p.y + low) / 2.0), (0.0, -1.0), "map-chevron");
        }
        waiting(plan, scene, *home, *x);
    }
}

/// The capsule on a trunk: where they wait until something calls them.
fn waiting(plan: &Plan, scene: &mut Scene, home: usize, x: f64) {
    let p = plan.stop(home);
    let here = plan.net.ways.iter().find(|w| w.to == home);
    let Some(yard) = here.and_then(|w| plan.net.map.yards.get(w.yard)).filter(|y| !y.name.is_empty()) else {
        return;
    };
    let level = p.x - x >= 60.0;
    let c = if level { at((x + p.x - 10.0) / 2.0, p.y) } else { at(x, p.y + 76.0) };
    let (w, h) = if level { (34.0, 17.0) } else { (17.0, 34.0) };
    let area = Rect::sized(c.x - w / 2.0, c.y - h / 2.0, w, h);
    if area.x0 < 0.0 || area.y1 > scene.h {
        return;
    }
    let layer = scene.link(home * 100 + 4, &yard.href, yard.name.clone());
    scene.widen(layer, area);
    scene.block(layer, area, 8.5, "map-capsule", Some(yard.hue));
    scene.disc(layer, c, 3.2, 3.2, "map-dot", Some(yard.hue));
    if level {
        chevron(scene, Layer::Back, at(p.x - 12.0, p.y), (1.0, 0.0), "map-chevron");
    }
}

/// What stands on the line in a row, and what leads from it to the words.
fn signs(plan: &Plan, scene: &mut Scene, row: &Row) {
    let (x, y) = (plan.x(row.station), row.y);
    let hue = plan.hue(row.station);
    let thin = pen("map-back", TRACK, 4.0);
    match row.kind {
        Kind::WayIn => {
            let end = plan.text - 12.0;
            let aslant = (end - x).clamp(1.0, 14.0);
            let points = [at(end, y), at(x + aslant, y), at(x, y + aslant), at(x, y + 24.0)];
            scene.path(Layer::Line, &points, pen("map-in", 4.0, 5.0).hue(hue));
            scene.disc(Layer::Ring, at(end, y), 4.5, 5.8, "map-start", Some(hue));
        }
        Kind::End(_) => {
            let end = plan.text - 12.0;
            scene.path(Layer::Back, &[at(x, y), at(end, y)], thin);
            scene.path(Layer::Line, &[at(end, y - 9.0), at(end, y + 9.0)], pen("map-bar", 4.0, 0.0));
        }
        Kind::Word(_) => {
            let end = plan.text - 16.0;
            scene.path(Layer::Back, &[at(x, y), at(end, y)], thin);
            scene.disc(Layer::Ring, at(end, y), 6.0, 7.2, "map-ring map-ring-small", None);
        }
        Kind::Back(k) => {
            let way = plan.net.ways.get(k);
            let trunk = way.and_then(|w| plan.trunks.iter().find(|(i, _)| *i == w.to));
            if let (Some((home, tx)), Some(last)) = (trunk, plan.rows.last()) {
                branch(plan, scene, (x, y, *tx), (plan.stop(*home).y > y, last.y <= y && row.station + 1 == plan.net.len()));
            }
        }
        Kind::Head if row.station > 0 => {
            scene.hair(at(plan.text, y - 18.0), at(plan.w, y - 18.0), "map-hair");
        }
        _ => {}
    }
}

/// A way back from the line to its trunk. The very last one takes the line with it.
fn branch(_plan: &Plan, scene: &mut Scene, (x, y, trunk): (f64, f64, f64), (down, last): (bool, bool)) {
    let ink = pen("map-back", TRACK, 4.0);
    let step = if down { 10.0 } else { -10.0 };
    if last {
        scene.path(Layer::Back, &[at(x, y - 10.0), at(x - 10.0, y), at(trunk + 10.0, y), at(trunk, y + step)], ink);
        return;
    }
    scene.path(Layer::Back, &[at(x, y), at(trunk + 10.0, y), at(trunk, y + step)], ink);
    scene.disc(Layer::Ring, at(x, y), 2.0, 2.0, "map-pin", None);
    chevron(scene, Layer::Back, at(trunk + (x - trunk) * 0.58, y), (-1.0, 0.0), "map-chevron");
}

/// The words of a row, with the station's disc and the hand-over's ticket.
fn words(plan: &Plan, scene: &mut Scene, row: &Row) {
    let i = row.station;
    let layer = match row.kind {
        Kind::Head => return head(plan, scene, row),
        Kind::Handover => return handover(plan, scene, row),
        Kind::WayIn => Layer::Word,
        Kind::Station => stop(plan, scene, row),
        Kind::Word(k) => match plan.net.map.words_back.get(k) {
            Some(w) => scene.link(i * 100 + 10, &w.ticket.href, format!("{}, {}", w.name, w.note)),
            None => Layer::Word,
        },
        Kind::End(e) => match plan.net.map.ends.get(e) {
            Some(end) => scene.link(i * 100 + 20, &end.href, heard(end)),
            None => Layer::Word,
        },
        Kind::Back(k) => match plan.net.ways.get(k).map(|w| (w.names.as_slice(), &w.calls)) {
            Some(([(name, href)], calls)) => scene.link(i * 100 + 20, href, format!("{name}, {calls}")),
            _ => Layer::Word,
        },
    };
    for (dy, spans) in &row.lines {
        let doing = row.kind == Kind::Station && *dy == 6.0;
        let (anchor, x) = if doing { (Anchor::End, plan.w) } else { (Anchor::Start, plan.text) };
        scene.write(layer, at(x, row.y + dy), anchor, spans.clone(), None);
        if row.kind == Kind::Station && spans.iter().any(|s| s.gap == TURN) {
            again(scene, layer, at(x + 6.0, row.y + dy - 4.0), plan.hue(i));
        }
    }
}

/// The sign of a loop that leads back to its own station: a round arrow.
fn again(scene: &mut Scene, layer: Layer, c: Point, hue: u8) {
    let (l, r, t) = (num(c.x - 3.0), num(c.x + 3.0), num(c.y - 4.0));
    let (tail, low) = (num(c.x - 7.0), num(c.y));
    let d = format!("M{r} {t}A5 5 0 1 1 {l} {t}M{tail} {t}H{l}V{low}");
    scene.mark(layer, Shape::Raw(d), "map-again", Some(hue));
}

/// A station's disc, in the link that its name is part of.
fn stop(plan: &Plan, scene: &mut Scene, row: &Row) -> Layer {
    let p = plan.stop(row.station);
    let Some(station) = plan.net.map.stations.get(row.station) else {
        return Layer::Word;
    };
    let layer = scene.link(row.station * 100 + 5, &station.href, spoken(station, &plan.net.map.words.won));
    if station.won {
        scene.disc(layer, p, 13.0, 14.3, "map-won-ring", None);
        scene.disc(layer, p, 10.3, 10.3, "map-won", None);
    } else {
        scene.disc(layer, p, 7.0, 9.0, "map-station", Some(plan.hue(row.station)));
    }
    layer
}

/// The head of a lane.
fn head(plan: &Plan, scene: &mut Scene, row: &Row) {
    let Some(lane) = plan.net.map.lanes.get(plan.net.lane(row.station)) else {
        return;
    };
    let layer = scene.link(row.station * 100 + 2, &lane.href, lane.name.clone());
    let room = plan.w - plan.text;
    let mut spans = vec![span(PATH, cut(&lane.name, PATH, room - 15.0))];
    let rest = room - 15.0 - breadth(&spans) - 7.0;
    let says = cut(&lane.says, NOTE, rest);
    if !says.is_empty() {
        spans.push(Span { gap: 7.0, ..span(NOTE, says) });
    }
    if !lane.name.is_empty() {
        scene.disc(layer, at(plan.text + 4.5, row.y), 4.5, 4.5, "map-dot", Some(lane.hue));
        scene.write(layer, at(plan.text + 15.0, row.y + 5.0), Anchor::Start, spans, None);
    }
}

/// The ring of a hand-over and its ticket.
fn handover(plan: &Plan, scene: &mut Scene, row: &Row) {
    let c = at((plan.x(row.station - 1) + plan.x(row.station)) / 2.0, row.y);
    let Some(t) = plan.net.ticket(row.station) else {
        return scene.disc(Layer::Ring, c, 9.5, 11.0, "map-ring", None);
    };
    let layer = scene.link(row.station * 100, &t.href, promised(t));
    let form = ticket::tall(&t.promises, plan.w - plan.text - 1.0);
    if form.h > 0.0 {
        scene.path(layer, &[c, at(plan.text - 0.6, c.y)], pen("map-stem", 1.1, 0.0));
    }
    scene.disc(layer, c, 9.5, 11.0, "map-ring", None);
    ticket::lay_tall(scene, layer, at(plan.text, c.y - form.above()), &form);
}
