//! Who does what: accountability, the other letters, for everyone and for a segment; where an activity belongs, how long it may take.

use crate::history::diff::World;
use crate::history::diff::kin::Kin;
use crate::history::diff::pair::Pair;
use crate::history::diff::record::touched;
use crate::history::diff::say::{are, bold, capital, series, shifted, verb};
use crate::history::diff::touch::Roles;
use crate::history::{Change, Weight, What};
use crate::model::kinds::responsibility::Activity;
use crate::model::raci::{Part, rows};
use crate::model::{Name, Record};
use std::collections::{BTreeMap, BTreeSet};

/// The roles of a row, by part, and which parts the row states itself.
#[derive(Debug, Clone, Default, PartialEq)]
struct Row {
    parts: BTreeMap<Part, Roles>,
    stated: BTreeSet<Part>,
}

impl Row {
    fn of(&self, part: Part) -> Roles {
        self.parts.get(&part).cloned().unwrap_or_default()
    }

    /// The parts of a role, the accountable one aside.
    fn parts_of(&self, role: &Name) -> BTreeSet<Part> {
        OTHERS.into_iter().filter(|p| self.parts.get(p).is_some_and(|roles| roles.contains(role))).collect()
    }
}

/// The parts that several can have.
const OTHERS: [Part; 3] = [Part::Responsible, Part::Consulted, Part::Informed];

/// Tells what changed.
pub fn tell(pair: &mut Pair<'_>) {
    let world = pair.world;
    let old = world.before.playbook.activities.get(&pair.old.name.id);
    let new = world.after.playbook.activities.get(&pair.new.name.id);
    let (Some(old), Some(new)) = (old, new) else { return };
    let letters = ["accountable", "responsible", "consulted", "informed", "when"];
    if letters.into_iter().filter(|key| pair.take(key).is_some()).count() > 0 {
        shared_out(pair, old, new);
    }
    moved(pair, old, new);
    within(pair);
}

/// The rows of an activity, by segment.
fn matrix(activity: &Record<Activity>, kin: &Kin) -> BTreeMap<Option<Name>, Row> {
    let mut all = BTreeMap::new();
    for row in rows(activity) {
        let names = |part: Part| row.of(part).iter().map(|r| kin.newer(&r.name).clone()).collect::<Roles>();
        let parts = Part::ALL.into_iter().map(|part| (part, names(part))).collect();
        let segment = row.condition.map(|when| when.segment.as_ref().map(|s| kin.newer(&s.name).clone()));
        let stated = row.condition.map_or(Part::ALL.to_vec(), |when| {
            let said =
                [!when.accountable.roles.is_empty(), !when.responsible.is_empty(), !when.consulted.is_empty(), !when.informed.is_empty()];
            Part::ALL.into_iter().zip(said).filter(|(_, said)| *said).map(|(part, _)| part).collect()
        });
        // A row whose segment is not known holds for nobody.
        let key = match segment {
            None => None,
            Some(None) => continue,
            Some(Some(segment)) => Some(segment),
        };
        all.entry(key).or_insert(Row { parts, stated: stated.into_iter().collect() });
    }
    all
}

fn shared_out(pair: &mut Pair<'_>, old: &Record<Activity>, new: &Record<Activity>) {
    let (before, after) = (matrix(old, &pair.world.kin), matrix(new, &Kin::default()));
    let own = |rows: &BTreeMap<Option<Name>, Row>| rows.get(&None).cloned().unwrap_or_default();
    let (own_before, own_after) = (own(&before), own(&after));
    let segments: BTreeSet<&Option<Name>> = before.keys().chain(after.keys()).collect();
    for segment in segments {
        let Some(name) = segment else {
            compare(pair, None, &own_before, &own_after);
            continue;
        };
        match (before.get(segment), after.get(segment)) {
            (None, Some(row)) => excepted(pair, name, &own_after, row),
            (Some(row), None) => ended(pair, name, row, &own_after),
            (Some(old), Some(new)) => {
                // What neither row states follows from the activity's own, and is told there.
                let mut old = old.clone();
                for part in Part::ALL.into_iter().filter(|p| !old.stated.contains(p) && !new.stated.contains(p)) {
                    old.parts.insert(part, new.of(part));
                }
                compare(pair, Some(name), &old, new);
            }
            (None, None) => {}
        }
    }
}

/// One row before and now.
fn compare(pair: &mut Pair<'_>, segment: Option<&Name>, before: &Row, after: &Row) {
    let moved = accountable(pair, segment, before, after);
    let everyone: Roles = before.parts.values().chain(after.parts.values()).flatten().cloned().collect();
    let mut steps: BTreeMap<(BTreeSet<Part>, BTreeSet<Part>), Vec<Name>> = BTreeMap::new();
    for role in everyone.into_iter().filter(|r| !moved.contains(r)) {
        let (was, is) = (before.parts_of(&role), after.parts_of(&role));
        let step = (was.difference(&is).copied().collect(), is.difference(&was).copied().collect());
        if was != is {
            steps.entry(step).or_default().push(role);
        }
    }
    let does = BTreeSet::from([Part::Responsible]);
    let nothing = BTreeSet::new();
    let came = steps.remove(&(nothing.clone(), does.clone())).unwrap_or_default();
    let went = steps.remove(&(does, nothing)).unwrap_or_default();
    let partners: Roles = after.of(Part::Accountable).into_iter().chain(after.of(Part::Responsible)).collect();
    let mut told = Vec::new();
    told.extend(responsible(pair, segment, &came, &went));
    told.extend(steps.iter().map(|((lost, gained), roles)| step(pair, segment, roles, lost, gained)));
    pair.changes.extend(told.into_iter().map(|c| c.beside(partners.clone())));
}

fn only(world: &World<'_>, segment: Option<&Name>) -> String {
    segment.map_or_else(String::new, |s| format!(", for {} only", world.bold(s)))
}

fn field(segment: Option<&Name>, part: Part) -> String {
    if segment.is_some() { format!("when.{}", part.word()) } else { part.word().to_owned() }
}

/// Who answers for it; gives the roles of which all is told.
fn accountable(pair: &mut Pair<'_>, segment: Option<&Name>, before: &Row, after: &Row) -> Roles {
    let (was, is) = (before.of(Part::Accountable), after.of(Part::Accountable));
    if was == is {
        return Roles::new();
    }
    let world = pair.world;
    let (lost, gained): (Vec<Name>, Vec<Name>) = (was.difference(&is).cloned().collect(), is.difference(&was).cloned().collect());
    let title = bold(&pair.new.title);
    let only = only(world, segment);
    let all = |roles: &[Name]| series(&roles.iter().map(|r| world.role(r)).collect::<Vec<_>>());
    let mut sentence = match (lost.as_slice(), gained.as_slice()) {
        ([], new) => format!("{} {} now accountable for {title}{only}", all(new), are(new.len())),
        (old, []) => format!("{} {} no longer accountable for {title}{only}", all(old), are(old.len())),
        (old, new) => format!("Accountable for {title} moved from {} to {}{only}", all(old), all(new)),
    };
    if is.is_empty() {
        sentence.push_str("; nobody is");
    }
    let tails = lost.iter().filter_map(|r| now_does(before, after, r).map(|(one, _)| format!("{} {one}", world.who(r))));
    let said: Vec<String> = tails.collect();
    if !said.is_empty() {
        sentence = format!("{sentence}; {}", said.join(", "));
    }
    let mut change = Change::new(What::Changed, Weight::Must, pair.name(), format!("{sentence}.")).field(field(segment, Part::Accountable));
    let titles = |roles: &Roles| (!roles.is_empty()).then(|| roles.iter().map(|r| world.title(r)).collect::<Vec<_>>().join(", "));
    change = change.values(titles(&was), titles(&is));
    for role in &gained {
        let it_was = if lost.is_empty() { String::new() } else { format!("; it was {}", all(&lost)) };
        change = change.telling(role, format!("You are now accountable for {title}{only}{it_was}."));
    }
    for role in &lost {
        let who = if gained.is_empty() { String::new() } else { format!(": {} {}", all(&gained), are(gained.len())) };
        let tail = now_does(before, after, role).map_or_else(String::new, |(_, you)| format!(". You {you}"));
        change = change.telling(role, format!("You are no longer accountable for {title}{only}{who}{tail}."));
    }
    let moved: Roles = lost.into_iter().chain(gained).collect();
    let partners = after.of(Part::Responsible).into_iter().chain(after.of(Part::Consulted));
    pair.changes.push(change.touching(moved.clone()).beside(partners));
    moved
}

/// What somebody who no longer answers for it does instead, said of one and said to them.
fn now_does(before: &Row, after: &Row, role: &Name) -> Option<(&'static str, &'static str)> {
    let new: Vec<Part> = after.parts_of(role).difference(&before.parts_of(role)).copied().collect();
    Some(match new.first()? {
        Part::Consulted => ("is now asked before", "are now asked before"),
        Part::Informed => ("is now told after", "are now told after"),
        Part::Accountable | Part::Responsible => ("now does the work", "now do the work"),
    })
}

/// Who does the work.
fn responsible(pair: &Pair<'_>, segment: Option<&Name>, came: &[Name], went: &[Name]) -> Option<Change> {
    let world = pair.world;
    let title = format!("{}{}", bold(&pair.new.title), only(world, segment));
    let sentence = match (came, went) {
        ([], []) => return None,
        (new, []) => format!("{} {} now responsible for {title}.", capital(&world.all(new)), are(new.len())),
        ([], old) => format!("{} {} no longer responsible for {title}.", capital(&world.all(old)), are(old.len())),
        (new, old) => {
            format!(
                "{} {} now responsible for {title}; {} no longer {}.",
                capital(&world.all(new)),
                are(new.len()),
                world.all(old),
                are(old.len())
            )
        }
    };
    let titles = |roles: &[Name]| (!roles.is_empty()).then(|| roles.iter().map(|r| world.title(r)).collect::<Vec<_>>().join(", "));
    let mut change = Change::new(What::Changed, Weight::Must, pair.name(), sentence).field(field(segment, Part::Responsible));
    change = change.values(titles(went), titles(came));
    for role in came {
        change = change.telling(role, format!("You are now responsible for {title}."));
    }
    for role in went {
        let who = if came.is_empty() { String::new() } else { format!(": {} {}", world.all(came), are(came.len())) };
        change = change.telling(role, format!("You are no longer responsible for {title}{who}."));
    }
    Some(change.touching(came.iter().chain(went).cloned()))
}

/// Roles that made the same step from some letters to others.
fn step(pair: &Pair<'_>, segment: Option<&Name>, roles: &[Name], lost: &BTreeSet<Part>, gained: &BTreeSet<Part>) -> Change {
    let world = pair.world;
    let title = bold(&pair.new.title);
    let only = only(world, segment);
    let (lost, gained): (Vec<Part>, Vec<Part>) = (lost.iter().copied().collect(), gained.iter().copied().collect());
    let say = |is: &str, does: &str| match (lost.as_slice(), gained.as_slice()) {
        ([], [Part::Consulted]) => format!("{is} now asked before {title}{only}"),
        ([], [Part::Informed]) => format!("{is} now told of {title}{only}"),
        ([Part::Consulted], []) => format!("{is} no longer asked before {title}{only}"),
        ([Part::Informed], []) => format!("{is} no longer told of {title}{only}"),
        ([Part::Consulted], [Part::Informed]) => format!("{is} now told of {title}, no longer asked before{only} (Consulted → Informed)"),
        ([Part::Informed], [Part::Consulted]) => {
            format!("{is} now asked before {title}, no longer told after{only} (Informed → Consulted)")
        }
        ([Part::Responsible], [Part::Consulted]) => {
            format!("no longer {does} {title} and {is} asked before instead{only} (Responsible → Consulted)")
        }
        ([Part::Responsible], [Part::Informed]) => {
            format!("no longer {does} {title} and {is} told of it instead{only} (Responsible → Informed)")
        }
        ([Part::Consulted], [Part::Responsible]) => {
            format!("{is} now responsible for {title}, no longer only asked{only} (Consulted → Responsible)")
        }
        ([Part::Informed], [Part::Responsible]) => {
            format!("{is} now responsible for {title}, no longer only told{only} (Informed → Responsible)")
        }
        (lost, gained) => {
            let words = |parts: &[Part]| {
                if parts.is_empty() { "no part".to_owned() } else { series(&parts.iter().map(|p| capital(p.word())).collect::<Vec<_>>()) }
            };
            format!("{} another part in {title}{only} ({} → {})", if is == "is" { "has" } else { "have" }, words(lost), words(gained))
        }
    };
    let several = roles.len();
    let sentence = format!("{} {}.", capital(&world.all(roles)), say(are(several), verb(several, "does", "do")));
    let part = gained.first().or(lost.first()).copied().unwrap_or(Part::Informed);
    let mut change = Change::new(What::Changed, Weight::Must, pair.name(), sentence).field(field(segment, part));
    let words = |parts: &[Part]| (!parts.is_empty()).then(|| parts.iter().map(|p| capital(p.word())).collect::<Vec<_>>().join(", "));
    change = change.values(words(&lost), words(&gained));
    for role in roles {
        change = change.telling(role, format!("You {}.", say("are", "do")));
    }
    change.touching(roles.iter().cloned())
}

/// For a segment, other roles than for everybody: it is new.
fn excepted(pair: &mut Pair<'_>, segment: &Name, own: &Row, row: &Row) {
    let world = pair.world;
    let title = bold(&pair.new.title);
    let (was, is) = (own.of(Part::Accountable), row.of(Part::Accountable));
    let all = |roles: &Roles| series(&roles.iter().map(|r| world.role(r)).collect::<Vec<_>>());
    let who = |part: Part| row.of(part).into_iter().collect::<Vec<Name>>();
    let mut there: Vec<String> = Vec::new();
    for part in OTHERS.into_iter().filter(|p| row.stated.contains(p) && row.of(*p) != own.of(*p)) {
        let roles = who(part);
        let does = match part {
            Part::Consulted => format!("{} asked before", are(roles.len())),
            Part::Informed => format!("{} told after", are(roles.len())),
            Part::Accountable | Part::Responsible => format!("{} the work", verb(roles.len(), "does", "do")),
        };
        there.push(format!("{} {does}", world.all(&roles)));
    }
    if was == is && there.is_empty() {
        return;
    }
    let only = format!("for {} only", world.bold(segment));
    let head = if was == is {
        format!("{title} is done by others, {only}")
    } else {
        format!("Accountable for {title} moved from {} to {}, {only}", all(&was), all(&is))
    };
    let tail = if there.is_empty() { String::new() } else { format!("; there {}", series(&there)) };
    let touched: Roles =
        Part::ALL.into_iter().filter(|p| row.stated.contains(p)).flat_map(|p| row.of(p)).chain(was.iter().cloned()).collect();
    let titles = |roles: &Roles| (!roles.is_empty()).then(|| roles.iter().map(|r| world.title(r)).collect::<Vec<_>>().join(", "));
    let mut change =
        Change::new(What::Changed, Weight::Must, pair.name(), format!("{head}{tail}.")).field("when").values(titles(&was), titles(&is));
    if was != is {
        for role in is.difference(&was) {
            change = change.telling(role, format!("You are now accountable for {title}, {only}; it was {}.", all(&was)));
        }
        for role in was.difference(&is) {
            change = change.telling(
                role,
                format!("You are no longer accountable for {title} with {}: {} {}.", world.bold(segment), all(&is), are(is.len())),
            );
        }
    }
    pair.changes.push(change.touching(touched));
}

/// For a segment, other roles than for everybody: no longer.
fn ended(pair: &mut Pair<'_>, segment: &Name, row: &Row, own: &Row) {
    let world = pair.world;
    let (title, segment) = (bold(&pair.new.title), world.bold(segment));
    let (was, is) = (row.of(Part::Accountable), own.of(Part::Accountable));
    let all = |roles: &Roles| series(&roles.iter().map(|r| world.role(r)).collect::<Vec<_>>());
    let tail =
        if was == is { String::new() } else { format!(": {} {} accountable there too (was {})", all(&is), are(is.len()), all(&was)) };
    let sentence = format!("The exception for {segment} in {title} is gone{tail}.");
    let touched: Roles =
        Part::ALL.into_iter().filter(|p| row.stated.contains(p)).flat_map(|p| row.of(p)).chain(is.iter().cloned()).collect();
    let titles = |roles: &Roles| (!roles.is_empty()).then(|| roles.iter().map(|r| world.title(r)).collect::<Vec<_>>().join(", "));
    let change = Change::new(What::Changed, Weight::Must, pair.name(), sentence).field("when").values(titles(&was), titles(&is));
    pair.changes.push(change.touching(touched));
}

/// It belongs to another area.
fn moved(pair: &mut Pair<'_>, old: &Record<Activity>, new: &Record<Activity>) {
    let Some(area) = pair.take("area") else { return };
    let world = pair.world;
    let title = bold(&pair.new.title);
    let sentence = match (&old.area, &new.area) {
        (Some(from), Some(to)) => format!("{title} moved from {} to {}.", world.who(&from.name), world.who(&to.name)),
        (None, Some(to)) => format!("{title} now belongs to {}.", world.who(&to.name)),
        _ => format!("{title} belongs to no area any more."),
    };
    let change = Change::new(What::Changed, Weight::Should, pair.name(), sentence).field("area");
    let change = change.values(world.shown(area.before.as_ref()), world.shown(area.after.as_ref()));
    pair.changes.push(touched(world, change, pair.name()));
}

/// How long it may take.
fn within(pair: &mut Pair<'_>) {
    let Some(within) = pair.take("within") else { return };
    let world = pair.world;
    let title = bold(&pair.new.title);
    let (before, after) = (world.shown(within.before.as_ref()), world.shown(within.after.as_ref()));
    let sentence = match (&before, &after) {
        (Some(old), Some(new)) => format!("Time for {title} {}.", shifted(old, new)),
        (None, Some(new)) => format!("{title} is now to be done within {new}."),
        _ => format!("{title} has no time limit any more."),
    };
    let change = Change::new(What::Changed, Weight::Must, pair.name(), sentence).field("within").values(before, after);
    let doers = world.after.playbook.activities.get(&pair.new.name.id).map(crate::history::diff::touch::doers).unwrap_or_default();
    pair.changes.push(change.touching(doers).beside(world.partners(pair.name())));
}

/// An activity that came.
pub fn added(world: &World<'_>, activity: &Record<Activity>) -> String {
    let area = activity.area.as_ref().map_or_else(String::new, |a| format!(" in {}", world.who(&a.name)));
    let who: Vec<Name> = activity.accountable.roles.iter().map(|r| r.name.clone()).collect();
    let all = series(&who.iter().map(|r| world.role(r)).collect::<Vec<_>>());
    let answers = if who.is_empty() { String::new() } else { format!("; {all} {} accountable", are(who.len())) };
    format!("New activity{area}: {}{answers}.", bold(activity.title()))
}

/// An activity that went.
pub fn removed(world: &World<'_>, activity: &Record<Activity>) -> String {
    let area = activity.area.as_ref().map_or_else(String::new, |a| format!(" in {}", world.who(&a.name)));
    format!("Activity retired{area}: {}.", bold(activity.title()))
}
