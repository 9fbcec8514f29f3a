#!/usr/bin/env python3
"""Writes a playbook of typed records: teams, roles, matrices, a funnel, goals, metrics, words, lessons, all cross-linked.

    typed.py --records 5000 --out DIR
    typed.py --records 5000 --retired 500 --out DIR    with so many names that are no longer used, made of words that texts are full of

It is a large company's playbook in its proportions: one funnel however large the company, and people, activities, terms and pages
that grow with it. Everything is used somewhere, every name is there once, and `onside check` has nothing to say. The same
arguments give the same bytes on any machine.
"""

import argparse
import datetime
import json
import random
from pathlib import Path

import words
from words import Names, phrase, sentence

TODAY = datetime.date(2026, 11, 2)
REVIEWED = datetime.date(2026, 10, 12)
# How many of a thousand records are of a kind; pages are what remains.
SHARES = {
    "team": 12, "person": 190, "role": 65, "area": 10, "activity": 150, "segment": 6, "persona": 16, "offering": 28,
    "message": 60, "asset": 45, "term": 100, "goal": 40, "metric": 80, "ritual": 20, "loop": 10, "tool": 10, "module": 10,
    "path": 8, "change": 24,
}
LESSONS = 4
IN_A_FILE = 40
# The teams at the top, and what they keep: the first three have the funnel.
TOP = ["Marketing", "Sales", "Account Care", "Operations", "Leadership"]
ACQUIRE = "Target|Aware|Curious|Enquiry|Ready|Accepted|Discovery|Tasting|Proposal|Won".split("|")
KEEP = "Welcome|First order|Regular|Renewal|Advocate".split("|")
KINDS = "technical user champion legal".split()


# What things are called: one word of each line; a hyphen is a space.
NAMES = {
    "people": [
        "Ada Ben Cleo Dan Eva Finn Gia Hugo Ida Jon Kim Lea Max Nia Ole Pia Quin Rosa Sam Tia Uma Vic Wim Xena Yan Zoe",
        " ".join(a + b for a in "Ander Berg Cald Dahl Ek Fair Grun Holm Ing Jans Kron Lind".split() for b in "son mann stad wick ley".split()),
    ],
    "teams": [
        "North South East West Alpine Baltic Coastal Island Iberian Nordic Harbour Valley",
        "Growth Events Partners Digital Service Fields Accounts Content Training Research",
    ],
    "roles": [
        "Senior Junior First Second Local Global Deputy",
        "Demand Lead Content Events Tender Menu Pricing Contract Claims Field Partner Brand Data Web Mail Voice Trade Order",
        "analyst planner maker carer seller coach buyer keeper",
    ],
    "tools": ["Blue Clear Swift Plain Bright Quiet", "Ledger Board Desk Planner Letters Counter Index"],
    "metrics": [
        "New Repeat Early Late Signed Open Lost Kept",
        "orders visits enquiries calls answers offers tastings renewals letters reviews",
        "in-north in-south in-east in-west in-town in-country in-store in-field",
    ],
    "goals": [
        "More Better Fewer Faster Calmer Earlier",
        "first-tastings full-cards kept-promises open-answers lost-letters signed-offers repeat-orders warm-calls",
        "by-spring by-summer by-autumn by-winter by-region by-channel by-season by-kitchen",
    ],
    "segments": [
        "Small Middle Large Family Public Young Old Global Local",
        "offices schools makers shops clinics banks hotels studios",
    ],
    "personas": [
        "Office Finance Event People Legal Plant Travel Store",
        "manager planner controller partner head buyer host",
        "of-a-firm of-a-house of-a-campus of-a-chain",
    ],
    "offerings": [
        "Amber Birch Cedar Dune Ember Fjord Grove Heath Indigo Juniper Kelp Lilac",
        "Table Basket Hour Feast Morning Break Garden Picnic Platter Round Evening Box",
    ],
    "old offerings": ["Oxbow Pewter Quartz Russet Saffron Tundra Umber Violet", "Luncheon Hamper Banquet Brunch Buffet Supper Elevenses"],
    "terms": [" ".join(words.STEMS[:60]), " ".join(words.STEMS[60:110])],
    "old terms": ["hot cold dead dark green golden", "widget gadget gizmo doodad thingamy whatsit", "alpha beta gamma delta omega"],
    "activities": [
        "Agree Answer Book Check Count Draft Explain File Greet Hold Invite Judge Label Mend Name Offer Plan Quote Read Send Taste Update",
        " ".join(f"the-{word}" for word in words.STEMS[:80]),
    ],
    "rituals": [
        "Monday Tuesday Wednesday Thursday Friday Morning Noon",
        "table round look hour walk stand count talk",
        "of-words of-doors of-plates of-cards of-maps of-keys of-bells of-lamps",
    ],
}


def toml(value):
    match value:
        case bool():
            return str(value).lower()
        case dict():
            return "{ " + ", ".join(f"{key} = {toml(each)}" for key, each in value.items()) + " }"
        case list():
            return "[" + ", ".join(map(toml, value)) + "]"
        case datetime.date() | int() | float():
            return str(value)
    return json.dumps(value, ensure_ascii=False)


def fields(table):
    return "".join(f"{key} = {toml(value)}\n" for key, value in table.items() if value not in ([], "", None))


def named(what):
    return Names(what, *NAMES[what])


def slug(text):
    return "-".join("".join(c if c.isalnum() else " " for c in text.lower()).split())


def sized(records):
    """How many of each kind there are in a playbook of so many records."""
    count = {kind: max(2, records * share // 1000) for kind, share in SHARES.items()}
    count["team"] = max(len(TOP), count["team"])
    count["role"] = max(3 * count["team"], count["role"])
    count["person"] = max(count["role"], count["person"])
    count["persona"] = max(2 * count["segment"], count["persona"])
    count["message"] = max(count["persona"], count["message"])
    count["metric"] = max(12, count["metric"])
    count["goal"] = max(3, count["goal"])
    count["tool"] = min(40, count["tool"])
    return count


class Playbook:
    """Everything that is written, and what may be referred to so far."""

    def __init__(self, records):
        self.rng = random.Random(f"typed:{records}")
        self.records = records
        self.count = sized(records)
        self.ids = {}
        self.files = {}
        self.written = 0

    def pick(self, kind, count=1):
        return self.rng.sample(self.ids[kind], min(count, len(self.ids[kind])))

    def one(self, kind):
        return self.rng.choice(self.ids[kind])

    def say(self, low=6, high=14):
        return sentence(self.rng, low, high)

    def short(self, low=3, high=6):
        return phrase(self.rng, low, high).capitalize()

    def record(self, kind, file, table):
        """A record in a TOML file of many, which is named after its number."""
        self.ids.setdefault(kind, []).append(table["id"])
        number = (len(self.ids[kind]) - 1) // IN_A_FILE + 1
        self.put(file.format(number), f"[[{kind}]]\n{fields(table)}\n")
        self.written += 1

    def page(self, kind, file, table, body, id=None):
        """A record with a text, in a Markdown file of its own."""
        self.ids.setdefault(kind, []).append(id or Path(file).stem)
        self.put(file, f"+++\n{fields(table)}+++\n\n{body}\n")
        self.written += 1

    def put(self, file, text):
        self.files.setdefault(file, []).append(text)

    def prose(self, paragraphs, kinds="role team term offering metric goal stage ritual tool"):
        """Paragraphs in which every fact is named, not typed."""
        out = []
        for _ in range(paragraphs):
            texts = [self.say(8, 20) for _ in range(4)]
            for kind in self.rng.sample(kinds.split(), 2):
                texts.insert(self.rng.randint(1, 4), f"See [[{kind}:{self.one(kind)}]], {phrase(self.rng, 3, 8)}.")
            out.append(" ".join(texts))
        return "\n\n".join(out)

    def write(self, folder):
        for name, texts in self.files.items():
            path = folder / "content" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("".join(texts), encoding="utf-8")


def own(book):
    book.put("playbook.toml", fields({
        "name": "Scale", "organisation": "Scale Ltd", "default_owner": "marketing-head", "review_every": "6 months", "as_of": TODAY,
        "goal": "revenue", "required_shared": ["revenue"],
        "labels": {"customer": "client", "deal": "order", "lead": "enquiry", "won": "signed"},
        "calendar": {"hours": "09:00-17:30", "days": "mon-fri", "holidays": [datetime.date(2026, 12, 25)]},
        "limits": {"accountable_max": book.count["activity"]},
        # What chance deals out, to few roles and in random words, cannot satisfy these; all others have nothing to say.
        "checks": {rule: "off" for rule in ["too-many-goals", "only-informed", "longest-is-right", "unprovable-criterion"]},
    }))
    sponsors = [{"role": f"{slug(team)}-head", "team": slug(team), "signed": REVIEWED} for team in TOP[:3]]
    book.put("charter.md", "+++\n" + fields({
        "title": "Why we work as one", "purpose": book.say(), "reviewed": REVIEWED, "sponsors": sponsors,
        "escalation": [{"when": "two of us disagree", "decider": "sales-head", "within": "1 business day"}],
        "credit_policy": book.say(), "principles": [book.say() for _ in range(3)],
    }) + f"+++\n\n{book.say()}\n")
    book.written += 2


def people(book):
    names = named("people")
    for number in range(book.count["person"]):
        name = names.next()
        buddy = book.one("person") if number and number % 9 == 0 else None
        starts = datetime.date(2010 + number % 16, 1 + number % 12, 1 + number % 28)
        table = {"id": slug(name), "name": name, "starts": starts, "contact": f"ext. {1000 + number}", "buddy": buddy}
        book.record("person", "people/{}.toml", table)


def teams_and_roles(book):
    """Each team has a head, who reports to the head of the team above; the others report to their head."""
    names = named("teams")
    titles = TOP + [names.next() for _ in range(book.count["team"] - len(TOP))]
    book.ids["team"] = [slug(title) for title in titles]
    book.above, book.crew = {}, {}
    for number, team in enumerate(book.ids["team"]):
        book.above[team] = None if number < len(TOP) else book.ids["team"][number % 4]
        book.crew[team] = []
    roles = roles_of(book, titles)
    book.ids["role"] = [role["id"] for role in roles]
    for title in titles:
        team_record(book, title)
    book.written += len(titles)
    people_left = iter(book.ids["person"])
    holders = {role["id"]: [next(people_left)] for role in roles}
    for number, person in enumerate(people_left):
        holders[roles[number * 7 % len(roles)]["id"]].append(person)
    for role in roles:
        role_record(book, role, holders[role["id"]])
    book.written += len(roles)


def roles_of(book, titles):
    names = named("roles")
    roles = []
    for number in range(book.count["role"]):
        at = number % len(titles)
        team = book.ids["team"][at]
        head = number < len(titles)
        title = f"{titles[at]} head" if head else names.next()
        above = (book.above[team] or ("leadership" if team != "leadership" else None)) if head else team
        role = {"id": slug(title), "title": title, "team": team, "reports_to": above and f"{above}-head"}
        book.crew[team].append(role["id"])
        roles.append(role)
    return roles


def team_record(book, title):
    team = slug(title)
    needs = [{"team": other, "what": book.say()} for other in book.ids["team"][:3] if other != team]
    book.put(f"teams/{book.ids['team'].index(team) // IN_A_FILE + 1}.toml", "[[team]]\n" + fields({
        "id": team, "title": title, "summary": book.say(), "lead": f"{team}-head", "part_of": book.above[team], "reviewed": REVIEWED,
        "motivation": book.say(), "horizon": book.rng.choice(["short", "long", "both"]), "unit": "group", "seeks": book.short(),
        "focus": book.short(), "what_we_do": [book.say() for _ in range(3)], "strengths": [book.short() for _ in range(3)],
        "needs_from": needs,
    }) + "\n")


def role_record(book, role, holders):
    mates = [other for other in book.crew[role["team"]] if other != role["id"]]
    table = {
        **{key: value for key, value in role.items() if key != "id"}, "summary": book.say(), "reviewed": REVIEWED, "holders": holders,
        "backup": mates[0], "skills": [book.short() for _ in range(3)], "authority": [{"decision": book.short(), "limit": "12 %"}],
        "ask_me_about": [book.short(2, 3) for _ in range(3)],
    }
    body = f"{book.say()} I work with [[role:{book.one('role')}]] and for [[team:{role['team']}]].\n\n{book.say()}"
    book.put(f"roles/{role['id']}.md", f"+++\n{fields(table)}+++\n\n{body}\n")


def funnel(book):
    """Won through Marketing and Sales, kept by Account Care; what is not ready waits with Marketing."""
    stages = [(title, "acquire") for title in ACQUIRE] + [(title, "keep") for title in KEEP]
    ids = [slug(title) for title, _ in stages]
    book.ids["stage"] = ids + ["keep-warm", "lost", "ended"]
    owner = ["marketing" if n < 5 else "sales" if n < len(ACQUIRE) else "account-care" for n in range(len(stages))]
    gates = [{"text": f"{book.short(4, 6)} {n}", "evidence": f"card, line {n}", "kind": "fit"} for n in range(len(stages) + 1)]
    for n, (title, side) in enumerate(stages):
        away = [{"to": "lost", "reason": "too small"}] if side == "acquire" and title != "Won" else []
        on = [{"to": ids[n + 1]}] if n + 1 < len(ids) else [{"to": "ended", "reason": "the agreement ends"}]
        stage(book, {
            "id": ids[n], "title": title, "side": side, "order": n + 1, "owner": book.crew[owner[n]][n % 3], "teams": [owner[n]],
            "definition": book.say(), "buyer": {"doing": book.short(), "asking": book.short() + "?"}, "entry": [gates[n]],
            "exit": [gates[n + 1]], "exits": on + away, "outcome": "won" if title == "Won" else None,
            "direct_entries": [{"from": book.short()}] if n == 0 else None, "typical": "5 days", "at_most": "30 days",
            "probability": f"{5 + 9 * n} %" if side == "acquire" else None,
        })
        if n and owner[n] != owner[n - 1]:
            handoff(book, ids[n - 1], ids[n], owner[n - 1], owner[n])
    buyer = {"doing": book.short(), "asking": book.short() + "?"}
    rest = {"owner": book.crew["marketing"][1], "teams": ["marketing"], "entry": [gates[0]], "buyer": buyer}
    warm = {"exit": [gates[3]], "exits": [{"to": "enquiry"}], "at_most": "365 days"}
    aside = [("Keep warm", "acquire", warm), ("Lost", "acquire", {"outcome": "lost"}), ("Ended", "keep", {"outcome": "ended"})]
    for n, (title, side, more) in enumerate(aside):
        table = {"id": slug(title), "title": title, "side": side, "order": 90 + n, "definition": book.say()}
        stage(book, {**table, **rest, **more})
    for n, origin in enumerate(ids[6:9]):
        book.record("recycle", "funnel.toml", {
            "id": f"not-now-{origin}", "title": f"Not now at {origin}", "from": origin, "to": "keep-warm",
            "owner": book.crew["marketing"][1], "reviewed": REVIEWED,
            "reasons": [book.short(), book.short()], "return_when": book.say(), "return_to": "enquiry", "cool_down": "30 days",
            "at_most": {"loops": 2, "touches": 6 + n, "time": "12 months"},
        })


def stage(book, table):
    book.put("funnel.toml", f"[[stage]]\n{fields({**table, 'reviewed': REVIEWED})}\n")
    book.written += 1


def handoff(book, origin, target, giver, taker):
    def promise(team, n):
        return {
            "who": book.crew[team][n], "promises": book.short(), "within": "4 business hours", "clock_starts": "when the card is full",
            "counts": "an answer by a person", "target": "95 %", "metric": f"promise-{origin}",
        }

    book.record("handoff", "funnel.toml", {
        "id": f"{origin}-{target}", "title": f"{origin} to {target}".capitalize(), "from": origin, "to": target, "reviewed": REVIEWED,
        "gives": [{"what": book.short(), "evidence": "card"}], "sla": [promise(taker, 1), promise(giver, 2)],
        "decline_reasons": [book.short(), book.short()], "escalate": [{"at": "80 %", "tell": f"{taker}-head"}],
    })
    book.promises = [*getattr(book, "promises", []), f"promise-{origin}"]


def tools(book):
    names = named("tools")
    for _ in range(book.count["tool"]):
        name = names.next()
        book.record("tool", "tools.toml", {
            "id": slug(name), "title": name, "summary": book.say(), "used_by": book.ids["team"], "url": f"https://{slug(name)}.example/",
            "access": book.say(),
        })


def metrics(book):
    """Some are the sum of two others, the rest are counted; each has its months."""
    names = named("metrics")
    titles = [f"Promise kept after {name.removeprefix('promise-')}" for name in book.promises]
    ids = list(book.promises)
    while len(ids) < book.count["metric"]:
        titles.append(names.next())
        ids.append(slug(titles[-1]))
    book.ids["metric"] = ids
    targets = [None if n % 5 == 4 else 100 + book.rng.randint(1, 400) for n in range(len(ids))]
    for n, (name, title) in enumerate(zip(ids, titles)):
        promise = n < len(book.promises)
        parts = [ids[n - 1], ids[n - 2]] if n % 5 == 4 else []
        target = "95 %" if promise else targets[n] or targets[n - 1] + targets[n - 2]
        share = 90 if promise else int(target * 0.8)
        book.put(f"metrics/{n // IN_A_FILE + 1}.toml", "[[metric]]\n" + fields({
            "id": name, "title": title, "definition": book.say(), "formula": " + ".join(parts), "unit": "%" if promise else "count",
            "direction": "up", "source": book.one("tool"), "owner": book.one("role"), "cadence": "monthly", "reviewed": REVIEWED,
            "leading": n % 2 == 0, "starter": n < 3, "measures": "activity" if n % 3 else "outcome", "pairs_with": ids[n - 1],
            "baseline": f"{share} %" if promise else share,
            "target": target,
        }) + "\n")
        book.put(f"series/{name}.csv", "date,value,note\n" + "".join(f"{month},{share + k // 4},\n" for k, month in enumerate(months(18))))
        book.written += 1


def months(count):
    """The last days of so many months, up to today's."""
    day = TODAY.replace(day=1) - datetime.timedelta(days=1)
    out = []
    for _ in range(count):
        out.append(day)
        day = day.replace(day=1) - datetime.timedelta(days=1)
    return reversed(out)


def goals(book):
    names = named("goals")
    top = [slug(team) for team in TOP[:3]]
    spare = iter(book.ids["metric"])
    for n in range(book.count["goal"]):
        title = "Revenue" if n == 0 else names.next()
        shared = n % 3 == 0
        parent = None if n == 0 else book.ids["goal"][(n - 1) // 3]
        mine = [name for name in (next(spare, None), next(spare, None)) if name] or book.pick("metric", 2)
        team = top[n % 3]
        teams = top if shared else [team]
        book.record("goal", "goals/{}.toml", {
            "id": slug(title), "title": title, "summary": book.say(), "scope": "shared" if shared else "team", "reviewed": REVIEWED,
            "owners": [book.rng.choice(book.crew[each]) for each in teams], "why": book.say(), "part_of": parent, "value": "revenue",
            "horizon": "both", "metrics": mine,
            "submetrics": [{"team": each, "metric": book.one("metric")} for each in teams] if shared else [],
            "rewards": [{"team": each, "how": book.say()} for each in teams] if shared else [], "stages": book.pick("stage", 2),
            "due": datetime.date(2027, 3, 31),
        })


def customers(book):
    names = named("segments")
    for _ in range(book.count["segment"]):
        title = names.next()
        book.record("segment", "segments.toml", {
            "id": slug(title), "title": title, "size": "10 to 49 desks", "kind": "B2B", "tier": "Tasting", "reviewed": REVIEWED,
            "summary": book.say(),
            "fit": [{"text": book.short(), "evidence": "form", "kind": "fit"}], "coverage": book.one("role"),
        })
    names = named("personas")
    for n in range(book.count["persona"]):
        title = names.next()
        # Every segment has one who pays and one who eats.
        kind = ["economic", "user"][n % 2] if n < 2 * book.count["segment"] else book.rng.choice(KINDS)
        book.page("persona", f"personas/{slug(title)}.md", {
            "title": title, "summary": book.say(), "segments": [book.ids["segment"][n // 2 % book.count["segment"]]], "buying_role": kind,
            "reviewed": REVIEWED,
            "challenges": [{"text": book.say(), "evidence": "5 of 9 talks"}], "wants": [book.short() for _ in range(3)],
            "objections": [{"says": book.short(), "answer": book.say()}], "channels": ["phone", "fairs"],
        }, book.say())


def offerings(book):
    names = named("offerings")
    old = named("old offerings")
    for n in range(book.count["offering"]):
        name, retired = names.next(), old.next()
        formerly = [{"name": retired, "until": datetime.date(2026, 3, 2), "why": "too narrow"}] if n % 4 == 0 else []
        book.record("offering", "offerings/{}.toml", {
            "id": slug(name), "name": name, "summary": book.say(), "reviewed": REVIEWED, "formerly": formerly,
            "price": [{"from": datetime.date(2026, 3, 2), "amount": f"{9 + n % 30}.90 GBP per head"}], "for": book.pick("segment", 2),
            "solves": [book.say() for _ in range(2)], "not_for": book.say(),
            "caller_says": f"{retired} is called {name} now." if formerly else None,
        })
    grid = [(persona, at) for at in book.ids["stage"] for persona in book.ids["persona"]]
    for n in range(book.count["message"]):
        persona, at = grid[n % len(grid)]
        offering = book.ids["offering"][n % len(book.ids["offering"])]
        book.record("message", "messages/{}.toml", {
            "id": f"{persona}-{at}"[:58] + f"-{n}", "title": f"{persona}, {at}, {n}", "about": f"offering:{offering}", "persona": persona,
            "stage": at,
            "reviewed": REVIEWED, "problem": book.say(), "promise": book.say(), "proof": [{"claim": book.say(), "source": "delivery log"}],
            "say": [book.say()], "avoid": [book.short()],
        })
    for n in range(book.count["asset"]):
        offering = book.ids["offering"][n % len(book.ids["offering"])]
        title = f"{offering.replace('-', ' ')} sheet {n + 1}".capitalize()
        book.record("asset", "assets/{}.toml", {
            "id": slug(title), "title": title, "kind": "sheet", "reviewed": REVIEWED, "url": f"https://files.example/{n}.pdf",
            "about": [f"offering:{offering}", f"stage:{book.one('stage')}"], "made_with": ["marketing", "sales"],
            "says": [offering.replace("-", " ").title()],
        })


def terms(book):
    names = named("terms")
    old = named("old terms")
    titles = [names.next().capitalize() for _ in range(book.count["term"])]
    ids = book.ids["term"] = [slug(title) for title in titles]
    for n, title in enumerate(titles):
        retired = [{"name": old.next(), "until": datetime.date(2026, 8, 3), "why": book.say()}] if n % 5 == 0 and n < 800 else []
        book.put(f"terms/{n // IN_A_FILE + 1}.toml", "[[term]]\n" + fields({
            "id": ids[n], "title": title, "reviewed": REVIEWED, "definition": book.say(10, 20),
            "stage": book.one("stage") if n % 3 == 0 else None,
            "seen_by": {"marketing": book.say(), "sales": book.say()}, "not_to_confuse": [{"term": ids[n - 1], "why": book.say()}],
            "retired": retired,
        }) + "\n")
        book.written += 1


def matrices(book):
    """Areas with their matrix as a table; every sixth row has another one for a segment."""
    names = named("activities")
    total, areas = book.count["activity"], book.count["area"]
    for n in range(areas):
        pair = [book.ids["team"][n % 4], book.ids["team"][(n + 1) % len(book.ids["team"])]]
        title = f"Area {n + 1} of {phrase(book.rng, 2, 2)}".title()
        rows = ["| Activity | Why | A | R | C | I | Stages | Goals | For | Within |\n|---|---|---|---|---|---|---|---|---|---|\n"]
        for k in range(total // areas + (n < total % areas)):
            name = names.next()
            # Whoever answers and whoever does it are of one team, whoever is asked of the other.
            us, them = pair[k % 2], pair[(k + 1) % 2]
            doers = book.rng.sample(book.crew[us][1:], 2)
            asked = book.rng.choice(book.crew[them])
            told = book.rng.choice([role for role in book.crew[them] if role != asked])
            stages, aims = ", ".join(book.pick("stage", 2)), book.one("goal")
            rows.append(f"| {name} | {book.say()} | {doers[0]} | {doers[1]} | {asked} | {told} | {stages} | {aims} | | 2 business days |\n")
            if k % 6 == 0:
                rows.append(f"| {name} | | {book.crew[us][0]} | {doers[0]} | | | | | {book.one('segment')} | |\n")
            book.written += 1
            book.ids.setdefault("activity", []).append(slug(name))
        sides = [{"team": team, "says": book.say()} for team in pair]
        table = {
            "title": title, "order": n + 1, "owner": f"{pair[0]}-head", "reviewed": REVIEWED, "question": book.short() + "?",
            "summary": book.say(), "sides": sides,
        }
        book.page("area", f"responsibilities/{slug(title)}.md", table, "".join(rows) + f"\n{book.prose(1)}")


def rhythm(book):
    kinds = "joint-planning stand-up pipeline numbers win-loss product-gap business-review celebration".split()
    names = named("rituals")
    for n in range(book.count["ritual"]):
        title = names.next()
        owner = book.one("role") if n else "marketing-head"
        roles = [owner, *(book.rng.choice(book.crew[slug(team)]) for team in TOP[:3])]
        book.record("ritual", "rituals/{}.toml", {
            "id": slug(title), "title": title, "summary": book.say(), "kind": kinds[n % len(kinds)],
            "cadence": "monthly 2nd thu 10:00 60m", "owner": roles[0],
            "reviewed": REVIEWED, "attends": list(dict.fromkeys(roles)), "outputs": [book.say()], "starts": datetime.date(2026, 1, 5),
            "agenda": [{"item": book.short(), "kind": kind, "minutes": 15} for kind in ("review", "update", "decide", "win")],
        })
    kinds = "win-loss service lead-quality product-gap content field".split()
    for n in range(book.count["loop"]):
        title = f"{book.short(2, 3)} {n + 1}"
        book.record("loop", "loops/{}.toml", {
            "id": slug(title), "title": title, "summary": book.say(), "kind": kinds[n % len(kinds)], "from": book.crew["sales"][n % 3],
            "to": book.crew["marketing"][n % 3],
            "reviewed": REVIEWED, "asks": [book.short() + "?"], "when": book.say(), "answer_within": "5 business days",
            "closes_with": book.say(),
            "dimensions": ["reason", "segment"], "ritual": book.one("ritual"),
        })


def training(book):
    for n in range(book.count["module"]):
        module = f"module-{n + 1}"
        aims = [f"{book.short(4, 7)} {n}-{k}" for k in range(LESSONS)]
        requires = [f"module-{book.rng.randint(1, n)}"] if n % 3 == 2 else []
        book.ids.setdefault("module", []).append(module)
        book.put(f"training/{module}/module.toml", "[[module]]\n" + fields({
            "id": module, "title": f"{words.title(book.rng)} {n + 1}", "summary": book.say(), "reviewed": TODAY, "objectives": aims,
            "requires": requires, "minutes": 25,
            "pass_mark": "80 %", "teaches": [f"offering:{book.one('offering')}", f"term:{book.one('term')}"], "foundation": n == 0,
            "certificate": n % 2 == 0,
        }))
        book.written += 1
        for k in range(LESSONS):
            lesson(book, module, k, aims[k])
    for n in range(book.count["path"]):
        learners = [slug(team) for team in TOP] if n == 0 else book.pick("role", 8)
        taken = ["module-1", *(module for module in book.pick("module", 3) if module != "module-1")]
        modules = [{"module": module, "by_day": 5 * (k + 1)} for k, module in enumerate(taken)]
        book.record("path", "training/paths.toml", {
            "id": f"path-{n + 1}", "title": f"{words.title(book.rng)} {n + 1}", "summary": book.say(), "for": learners, "reviewed": TODAY,
            "milestones": [{"day": day, "title": book.short(), "can_do": [book.say()], "verified_by": "buddy"} for day in (5, 30, 60)],
            "modules": modules, "buddy": True, "hours": 12,
        })


def lesson(book, module, k, aim):
    role, term = book.one("role"), book.one("term")
    right = {"text": book.short(), "correct": True, "feedback": book.say()}
    options = [{"text": f"{book.short()} {at}", "feedback": book.say()} for at in range(2)]
    quizzes = [
        {"id": f"q-{k}-1", "kind": "single", "prompt": book.say(), "tests": [f"term:{term}"], "options": [options[0], right, options[1]]},
        {"id": f"q-{k}-2", "kind": "true-false", "prompt": book.say(), "tests": [f"role:{role}"], "answer": "true"},
    ]
    blocks = "\n\n".join(f"```quiz\n{fields({**quiz, 'objective': aim})}```" for quiz in quizzes)
    exercise = f"> [!EXERCISE]\n> {book.say()}\n\n> [!ANSWER]\n> {book.say()}"
    begins, goes_on = f"## {words.title(book.rng)}\n\n{book.prose(3)}", f"## {words.title(book.rng)} again\n\n{book.prose(2)}"
    body = "\n\n".join([begins, exercise, goes_on, blocks, f"> [!SUMMARY]\n> {book.say()}"])
    stem = f"lesson-{k + 1}"
    table = {"title": f"{words.title(book.rng)} {k + 1}", "summary": book.say(), "objectives": [aim], "complete": "quiz"}
    book.page("lesson", f"training/{module}/{k + 1:02}-{stem}.md", table, body, id=f"{module}/{stem}")


def changes(book):
    kinds = "rename price owner process promotion".split()
    for n in range(book.count["change"]):
        day = TODAY - datetime.timedelta(days=3 * n % 300)
        about = [f"offering:{book.one('offering')}", f"activity:{book.one('activity')}"]
        table = {
            "title": f"{book.short()} {n + 1}", "kind": kinds[n % len(kinds)], "about": about, "why": book.say(),
            "tell": ["marketing", "sales", "account-care"],
            "read_by": day + datetime.timedelta(days=7), "effective": day,
        }
        book.page("change", f"changes/{day}-change-{n + 1}.md", table, book.prose(2, "role offering activity team"))


def pages(book):
    """Prose fills the playbook up, and names every fact that nothing else has named."""
    count = max(1, book.records - book.written)
    named = [f"{kind}:{name}" for kind in ("role", "term", "metric", "tool", "persona") for name in book.ids[kind]]
    each = -(-len(named) // count)
    blocks = ["```funnel\n```", '```goal\ngoal = "revenue"\n```', '```compare\nteams = ["sales", "marketing"]\n```']
    for n in range(count):
        links = "\n".join(f"- [[{name}]]: {book.say()}" for name in named[n * each : (n + 1) * each])
        price = f"Today it costs [[offering:{book.one('offering')}#price]]."
        generated = blocks[n % 3] if n % 25 == 0 else ""
        heads = [f"## {words.title(book.rng)} {at}" for at in ("first", "next")]
        body = "\n\n".join([book.prose(2), heads[0], price, links, generated, heads[1], book.prose(3)])
        folder = f"{n // 20 + 1:02}-part"
        table = {
            "title": f"{words.title(book.rng)} {n + 1}", "summary": book.say(), "reviewed": REVIEWED, "answers": [book.short() + "?"],
            "nav": {"order": n % 20 + 1},
        }
        book.page("page", f"pages/{folder}/page-{n + 1}.md", table, body)


def retire(book, count):
    """Names that are no longer used. No text says one of them, and every text has a word of many."""
    for n in range(count):
        stems = [words.STEMS[(n + step) % len(words.STEMS)] for step in (0, 1 + n // len(words.STEMS))]
        old = {"name": " ".join([*stems, "gewgaw"]), "until": datetime.date(2026, 8, 3), "why": book.say()}
        book.put(f"terms/retired-{n // IN_A_FILE + 1}.toml", "[[term]]\n" + fields({
            "id": f"today-{n + 1}", "title": f"Today's {stems[0]} {n + 1}", "reviewed": REVIEWED, "definition": book.say(10, 20),
            "not_to_confuse": [{"term": f"today-{(n + 1) % count + 1}", "why": book.say()}], "retired": [old],
        }) + "\n")
        book.written += 1


PARTS = (
    own, people, teams_and_roles, funnel, tools, metrics, goals, customers, offerings, terms, rhythm, matrices, training, changes, pages,
)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, required=True, help="300 or more")
    parser.add_argument("--retired", type=int, default=0, help="how many more names are retired")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    book = Playbook(arguments.records)
    for part in PARTS:
        part(book)
    retire(book, arguments.retired)
    book.write(arguments.out)
    print(f"{book.written} records in {len(book.files)} files")


if __name__ == "__main__":
    main()
