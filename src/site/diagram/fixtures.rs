//! Maps to draw: the sample's, the example's, and what a playbook may come up with.

#![allow(clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::{End, Handover, Lane, Loop, Map, Promise, Side, Source, Station, Ticket, WayBack, WayIn, WordBack, Yard};

fn lane(name: &str, says: &str, hue: u8) -> Lane {
    Lane { name: name.into(), says: says.into(), href: format!("../teams/{}/", slug(name)), hue }
}

fn station(name: &str, owner: &str, buyer: &str, lane: usize) -> Station {
    Station {
        name: name.into(),
        owner: owner.into(),
        buyer: buyer.into(),
        href: format!("{}/", slug(name)),
        lane,
        won: name == "Won" || name == "Client",
    }
}

fn slug(name: &str) -> String {
    name.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect()
}

fn promise(who: &str, what: &str, hue: u8) -> Promise {
    Promise { who: who.into(), what: what.into(), hue }
}

fn ticket(name: &str, promises: &[Promise]) -> Ticket {
    Ticket { name: name.into(), href: format!("hand-overs/{}/", slug(name)), promises: promises.to_vec() }
}

fn way_in(station: usize, name: &str, note: &str) -> WayIn {
    WayIn { station, name: name.into(), note: note.into() }
}

fn end(station: usize, name: &str, note: &str) -> End {
    End { station, name: name.into(), note: note.into(), href: format!("{}/", slug(name)) }
}

fn back(from: Source, to: usize, name: &str, calls: &str) -> WayBack {
    let href = format!("ways-back/{}/", slug(name));
    WayBack { from, to, yard: Some(0), name: name.into(), calls: calls.into(), href }
}

/// The sample: Quillmere Catering.
pub(in crate::site) fn sample() -> Map {
    Map {
        title: "The map: a client’s way through Quillmere".into(),
        lanes: vec![lane("Marketing", "finds them", 1), lane("Sales", "wins them", 2), lane("Account care", "keeps them", 3)],
        stations: vec![
            station("Target", "Market analyst", "not looking", 0),
            station("Enquiry", "Lead desk", "comparing menus", 0),
            station("Ready", "Demand lead", "asking colleagues", 0),
            station("Accepted", "Sales lead", "shortlisting", 1),
            station("Tasting", "Account exec", "persuading the boss", 1),
            station("Proposal", "Account exec", "checking the budget", 1),
            station("Won", "Sales lead", "telling the team", 1),
            station("First event", "Account carer", "judging us", 2),
            station("Regular", "Account carer", "used to us", 2),
            station("Renewal", "Care lead", "comparing again", 2),
        ],
        sides: vec![
            Side { name: "Winning a client".into(), first: 0, last: 6 },
            Side { name: "Keeping a client".into(), first: 7, last: 9 },
        ],
        ways_in: vec![
            way_in(2, "Referral", "a client names them"),
            way_in(3, "Tender notice", "key accounts"),
            way_in(6, "Website self-order", "small offices only"),
        ],
        handovers: vec![
            Handover {
                from: 2,
                to: 3,
                ticket: ticket(
                    "Ready to accepted",
                    &[promise("Sales", "Yes or no in 4 business hours", 2), promise("Marketing", "Only full cards, 110 a month", 1)],
                ),
            },
            Handover {
                from: 6,
                to: 7,
                ticket: ticket(
                    "Won to first event",
                    &[promise("Sales", "Full pack within 24 hours", 2), promise("Account care", "Calls within 2 business days", 3)],
                ),
            },
        ],
        loops: vec![Loop { from: 9, to: 8, word: "renewed".into() }],
        ends: vec![
            end(1, "Not for us", "too small: see self-order page"),
            end(5, "Lost", "with a reason"),
            end(9, "Ended", "with a reason"),
        ],
        yards: vec![Yard {
            name: "Keep warm".into(),
            says: "Demand lead: 8 touches, 12 months, £6 a head at most".into(),
            back_here: "those kept warm come back here".into(),
            href: "keep-warm/".into(),
            hue: 1,
            ticket: Some(ticket("Any no to keep warm", &[promise("Whoever says no", "Reason and date in 1 business day", 0)])),
        }],
        ways_back: vec![
            back(Source::Station(3), 2, "Not this quarter", "seasonal letter opened twice, or a date within 90 days"),
            back(Source::Station(3), 2, "No response", "any reply; a new seller, two rounds at most"),
            back(Source::Station(5), 2, "No budget", "the month their budget opens"),
            back(Source::End(1), 2, "Lost on price", "six months, or a new price band"),
            back(Source::End(2), 2, "Contract ended", "120 days, then one good reason"),
        ],
        words_back: vec![WordBack {
            station: 7,
            name: "Word back to Marketing".into(),
            note: "score, one sentence: 3 business days".into(),
            ticket: ticket(
                "First event to Marketing",
                &[promise("Account care, back to Marketing", "Score, one sentence: 3 business days", 3)],
            ),
        }],
        ..Map::default()
    }
}

/// The example: Larkfield, a printer.
pub(in crate::site) fn example() -> Map {
    Map {
        title: "The map".into(),
        lanes: vec![lane("Marketing", "", 1), lane("Sales", "", 2), lane("Customer care", "", 3)],
        stations: vec![
            station("Enquiry", "Enquiry desk", "comparing printers", 0),
            station("Ready enquiry", "Head of marketing", "asking a colleague", 0),
            station("Accepted", "Print adviser", "waiting for samples", 1),
            station("Client", "Care lead", "judging the first job", 2),
        ],
        sides: vec![
            Side { name: "Winning a client".into(), first: 0, last: 2 },
            Side { name: "Keeping a client".into(), first: 3, last: 3 },
        ],
        handovers: vec![
            Handover {
                from: 1,
                to: 2,
                ticket: ticket(
                    "Ready to accepted",
                    &[
                        promise("Print adviser", "a first real talk within 1 business day", 2),
                        promise("Enquiry desk", "a full card within 4 business hours", 1),
                    ],
                ),
            },
            Handover {
                from: 2,
                to: 3,
                ticket: ticket(
                    "Signed to care",
                    &[
                        promise("Care lead", "a welcome call within 2 business days", 3),
                        promise("Print adviser", "the quote file within 1 business day", 2),
                    ],
                ),
            },
        ],
        loops: vec![Loop { from: 3, to: 3, word: "renewed".into() }],
        ends: vec![end(0, "Not for us", "too small"), end(2, "Lost", "price"), end(3, "Ended", "moved away")],
        yards: vec![Yard {
            name: "Keep warm".into(),
            says: "Enquiry desk: 8 touches, 12 months, £6.00 at most".into(),
            back_here: "those kept warm come back here".into(),
            href: "keep-warm/".into(),
            hue: 1,
            ticket: None,
        }],
        ways_back: vec![back(Source::Station(2), 1, "Not now", "a date within 60 days, or the letter opened twice")],
        ..Map::default()
    }
}

/// `n` stations that go down `lanes` lanes, evenly, with the won one two thirds along.
pub(in crate::site) fn stairs(n: usize, lanes: usize) -> Map {
    const NAMES: [&str; 10] = [
        "Awareness",
        "Interest",
        "Evaluation",
        "Qualified lead",
        "Meeting held",
        "Shortlist",
        "Proposal sent",
        "Negotiation",
        "Onboarding",
        "Renewal",
    ];
    let won = n * 2 / 3;
    let make = |i: usize| Station {
        won: i == won,
        ..station(
            NAMES[i % 10],
            ["Account executive", "Demand lead", "Care lead"][i % 3],
            ["reading about it", "asking colleagues", "judging us"][i % 3],
            i * lanes / n,
        )
    };
    let stations: Vec<Station> = (0..n).map(make).collect();
    let handovers = (1..n)
        .map(|i| Handover {
            from: i - 1,
            to: i,
            ticket: ticket("Over", &[promise("Sales", "Yes or no in 4 business hours", 2), promise("Marketing", "Only full cards", 1)]),
        })
        .collect();
    Map {
        title: format!("{n} stages"),
        lanes: (0..lanes)
            .map(|l| {
                lane(["Marketing", "Sales", "Account care", "Operations", "Leadership", "Partners"][l % 6], "does its part", l as u8 + 1)
            })
            .collect(),
        stations,
        handovers,
        sides: vec![Side { name: "Winning".into(), first: 0, last: won }, Side { name: "Keeping".into(), first: won, last: n - 1 }],
        ends: vec![end(n - 1, "Ended", "with a reason"), end(n / 2, "Lost", "")],
        ways_in: vec![
            way_in(0, "Web form", "any time"),
            way_in(n / 2, "Referral", "a client names them"),
            way_in(n / 2, "Fair", "twice a year"),
        ],
        yards: vec![Yard {
            name: "Keep warm".into(),
            says: "Demand lead: 8 touches".into(),
            back_here: "come back here".into(),
            href: "k/".into(),
            hue: 1,
            ticket: None,
        }],
        ..Map::default()
    }
}

/// A staircase with so many ways back.
pub(in crate::site) fn returning(count: usize) -> Map {
    let mut map = stairs(9, 3);
    map.ways_back = (0..count)
        .map(|k| {
            back(
                if k % 4 == 3 { Source::End(k % 2) } else { Source::Station(3 + k % 5) },
                1,
                &format!("Reason {k}"),
                ["a reply", "the month their budget opens, or a new price", ""][k % 3],
            )
        })
        .collect();
    map
}

/// Several return columns and two yards.
pub(in crate::site) fn columns() -> Map {
    let mut map = stairs(8, 3);
    map.yards.push(Yard { name: "Paused".into(), says: "Care lead".into(), href: "p/".into(), hue: 3, ..Yard::default() });
    map.ways_back = vec![
        back(Source::Station(4), 1, "Not this quarter", "seasonal letter opened twice, or a date within 90 days"),
        back(Source::Station(5), 3, "Wrong person", "the right name is on the card"),
        back(Source::Station(6), 3, "No response", "any reply; a new seller, two rounds at most"),
        back(Source::Station(3), 0, "No budget", "the month their budget opens"),
        WayBack { yard: Some(1), ..back(Source::End(0), 6, "Paused", "a new office") },
        WayBack { yard: None, ..back(Source::Station(2), 2, "Straight back", "a date") },
    ];
    map
}

/// A line that climbs back to an earlier lane, twice.
pub(in crate::site) fn climbing() -> Map {
    let mut map = stairs(9, 3);
    for (s, lane) in map.stations.iter_mut().zip([0, 1, 0, 0, 1, 2, 1, 2, 2]) {
        s.lane = lane;
    }
    map.ways_back = vec![
        back(Source::Station(5), 1, "No budget", "the month their budget opens"),
        back(Source::Station(1), 0, "No date", "a date within 90 days"),
        back(Source::Station(4), 2, "Wrong person", "the right name is on the card"),
        back(Source::End(0), 1, "Contract ended", "120 days, then one good reason"),
    ];
    map
}

/// Names that are far too long for their places.
pub(in crate::site) fn long() -> Map {
    let mut map = sample();
    for s in &mut map.stations {
        s.name = format!("{} of a considerably longer name than usual", s.name);
        s.owner = format!("{} for the northern and western regions", s.owner);
        s.buyer = format!("{} while asking everybody in the building what they think", s.buyer);
    }
    for l in &mut map.lanes {
        l.name = format!("{} and everything that belongs to it worldwide", l.name);
        l.says = format!("{}, whatever the weather, in all of our nineteen districts", l.says);
    }
    for h in &mut map.handovers {
        for p in &mut h.ticket.promises {
            p.what = format!("{}, without exception and whatever else is on that day", p.what);
        }
    }
    for w in &mut map.ways_back {
        w.name = format!("{} or something of the kind that was said", w.name);
        w.calls = format!("{}, unless somebody else has called before then and knows better", w.calls);
    }
    for e in &mut map.ends {
        e.name = format!("{} for good and all", e.name);
        e.note = format!("{} that was written down in the log by whoever heard it", e.note);
    }
    for w in &mut map.ways_in {
        w.note = format!("{} and a great many other people whom we have never met", w.note);
    }
    map
}

/// Text that would like to be markup, other scripts, and 300 letters.
pub(in crate::site) fn hostile() -> Map {
    let mut map = sample();
    let nasty = [
        "<script>alert(1)</script>".to_owned(),
        "\"quoted\" & 'single'".to_owned(),
        "x".repeat(300),
        "مرحبا بالعالم الكبير".to_owned(),
        "見込み客を育成する段階の名前".to_owned(),
        "\u{202e}evil\u{0}\u{8}\u{fffe}".to_owned(),
        "👩‍👩‍👧‍👦👩‍👩‍👧‍👦".to_owned(),
        "]]><!--".to_owned(),
    ];
    let text = |k: usize| nasty[k % nasty.len()].clone();
    for (k, s) in map.stations.iter_mut().enumerate() {
        (s.name, s.owner, s.buyer, s.href) = (text(k), text(k + 1), text(k + 2), text(k + 1));
    }
    for (k, l) in map.lanes.iter_mut().enumerate() {
        (l.name, l.says) = (text(k + 3), text(k));
    }
    for (k, w) in map.ways_back.iter_mut().enumerate() {
        (w.name, w.calls) = (text(k), text(k + 4));
    }
    for (k, h) in map.handovers.iter_mut().enumerate() {
        h.ticket.promises = vec![promise(&text(k), &text(k + 2), 200), promise(&text(k + 3), &text(k + 4), 1)];
    }
    map.title = text(0);
    map.ways_in.push(way_in(99, "nowhere", ""));
    map.ends.push(end(usize::MAX, "nowhere", ""));
    map.ways_back.push(back(Source::End(77), 3, "nowhere", ""));
    map
}

/// Every fixture with a name.
pub(in crate::site) fn all() -> Vec<(&'static str, Map)> {
    let mut bare = stairs(5, 2);
    bare.stations.iter_mut().for_each(|s| s.won = false);
    bare.sides.clear();
    let mut wordless = sample();
    wordless.stations.iter_mut().for_each(|s| s.buyer.clear());
    let mut plain = sample();
    (plain.ways_back, plain.yards) = (Vec::new(), Vec::new());
    let mut many = returning(14);
    many.ways_back[4] = many.ways_back[9].clone();
    vec![
        ("sample", sample()),
        ("example", example()),
        ("three", stairs(3, 2)),
        ("eight", stairs(8, 4)),
        (
            "dense",
            Map {
                stations: stairs(13, 3).stations.into_iter().enumerate().map(|(i, s)| Station { won: i == 8, ..s }).collect(),
                ..stairs(13, 3)
            },
        ),
        ("twenty", stairs(20, 5)),
        ("no-way-back", plain),
        ("one-way-back", returning(1)),
        ("twelve-ways-back", returning(12)),
        ("joined", many),
        ("columns", columns()),
        ("climbing", climbing()),
        ("one-lane", Map { ways_back: returning(3).ways_back, ..stairs(7, 1) }),
        ("six-lanes", Map { ways_back: returning(4).ways_back, ..stairs(10, 6) }),
        ("long", long()),
        ("no-won", bare),
        ("no-buyer", wordless),
        ("hostile", hostile()),
        ("empty", Map::default()),
    ]
}
