"""Search measured beside that of others: what it costs to make, what a reader downloads, how long a query takes, what it finds."""

import json
import random
import re
import shutil
from dataclasses import dataclass, field

import engines
import prose
import report
import tools
import words
from workplace import Failed, say

SLOWER = 4
# How long one tool may be asked on a slow processor; a tool that is slow itself is asked less.
SECONDS = 120
# A tool whose build grows with the square of the pages is asked this far, unless there is patience.
FAR = 2000
# Where the pages of a kind of record are, if not in a folder of its plural.
FOLDERS = {
    "activity": "activities", "area": "responsibilities", "change": "changes/notes", "lesson": "training", "module": "training",
    "path": "training/paths", "person": "people", "recycle": "not-ready", "stage": "funnel",
}
ENGINES = (engines.Onside, engines.Pagefind, engines.MiniSearch, engines.MdBook)
TIMED = "; ".join(f"{each.name}, {each.times}" for each in ENGINES)
EXPLAINED = f"""- search, on the prose of `tests/bench/prose.py`: medians, with the worst or the ninety-fifth of a hundred in brackets; the ratio is of the
  best of the others to Onside
- to make the index: {TIMED}
- files of search: all that is there for search alone, of Pagefind without the interfaces that a site with its own does not need; gzip at
  level 6, what is compressed already as it is
- a first search: Chromium with an empty cache, from a server that gzips; bodies without their heads; the requests begun from the turn to
  search until its first result is seen, and search's own files that came with the page; two words, put in at once; Pagefind and
  MiniSearch on a bare page that shows five results with excerpts, and ten without; of what loads its whole index, three queries of twelve
- a query on a processor {SLOWER} times as slow (`Emulation.setCPUThrottlingRate`), when all was asked once before: one to four words, of
  every third query the last is only begun. Onside: `onside.search()`, to its first ten with excerpts and the
  card; Pagefind: from `search()` to `data()` of the first ten, in the page instead of its worker, which the browser does not slow; mdBook:
  from the input event to the last change of the list of results that it brings about; MiniSearch: `search()`, with prefixes and fuzzy 0.2, to its first ten
- contracts: the sample's `content/search.toml`, which Onside is held to; where one is about an answer card alone, it is about the card's
  record. One holds where its record is first, or as far up as it says. Pagefind is asked over the same site, and only records' pages count"""


@dataclass
class Figures:
    """What was measured of one search at one size."""

    seconds: list = field(default_factory=list)
    megabytes: list = field(default_factory=list)
    files: tuple = ()
    first: list = field(default_factory=list)
    warm: list = field(default_factory=list)

    def of(self, what):
        return [one[what] for one in self.first]

    @property
    def query_seconds(self):
        """Of the queries that found something."""
        return [one["milliseconds"] / 1000 for one in self.warm if one["results"]]


def search(bench):
    """The sample's contracts first, then each size; figures by figure, the sizes beside each other."""
    found, absent = engines.found(bench.onside)
    bench.notes["versions of search"] = ", ".join(engine.version() for engine in found)
    try:
        chromium = engines.chromium()
    except engines.Absent as why:
        chromium = None
        absent.append(f"what is measured in a browser: {why}")
    Contracts(bench, found, chromium).tell()
    sizes = [size for size in bench.pages if size >= 1000] or bench.pages[-1:]
    figures = {f"{pages:,} pages": Size(bench, found, chromium, pages, absent).measure() for pages in sizes}
    tell(bench, figures)
    bench.notes["left out"] = "; ".join(absent) or "nothing"


def tell(bench, figures):
    """The rows, a figure at all sizes after another."""

    def row(what, unit, take, tail=None):
        for size, by_tool in figures.items():
            samples = {tool: take(each) for tool, each in by_tool.items()}
            samples = {tool: each for tool, each in samples.items() if each}
            if samples:
                bench.report.medians(what, size, samples, unit, tail)

    worst = ("worst", max)
    row("to make the index", "s", lambda each: each.seconds)
    row("its peak memory, search", "MB", lambda each: [max(each.megabytes)])
    for size, by_tool in figures.items():
        if by_tool:
            bench.report.counts("files of search", size, {tool: each.files[0] for tool, each in by_tool.items()})
    row("their bytes", "bytes", lambda each: [each.files[1]])
    row("their bytes, gzip", "bytes", lambda each: [each.files[2]])
    row("a first search downloads", "bytes", lambda each: each.of("bytes"), worst)
    row("in so many requests", "", lambda each: each.of("requests"), worst)
    row(f"a query, {SLOWER}× slower processor", "s", lambda each: each.query_seconds, ("p95", report.ninety_fifth))
    bench.tables += [in_short(figures)] if any(figures.values()) else []


def in_short(figures):
    """The same as a table with a column for each size."""
    middle, shown = report.middle, report.SHOWN
    cells = {
        "making the index": lambda each: f"{shown['s'](middle(each.seconds))}, {max(each.megabytes):,.0f} MB",
        "its files": lambda each: f"{each.files[0]:,}, {shown['bytes'](each.files[1])}, gzip {shown['bytes'](each.files[2])}",
        "a first search": lambda each: each.first and f"{shown['bytes'](middle(each.of('bytes')))} in {middle(each.of('requests')):g} requests",
        f"a query, {SLOWER}× slower": lambda each: each.warm
        and f"{shown['s'](middle(each.query_seconds))}, p95 {shown['s'](report.ninety_fifth(each.query_seconds))}",
    }
    by_tool = {tool: [found.get(tool) for found in figures.values()] for tool in next(iter(figures.values()))}
    line = lambda what, tool: [f"{what}: {tool}", *[each and cells[what](each) or "" for each in by_tool[tool]]]
    return report.table([["", *figures], *[line(what, tool) for what in cells for tool in by_tool]])


class Size:
    """Every search on so many pages of prose."""

    def __init__(self, bench, found, chromium, pages, absent):
        self.bench, self.place, self.chromium, self.pages, self.absent = bench, bench.place, chromium, pages, absent
        self.engines = [each for each in found if each.name != "mdBook" or pages <= FAR or bench.patient]
        absent += [f"{each.name} at {pages:,} pages: that takes twenty minutes (--patient)" for each in found if each not in self.engines]
        self.figures = {each.name: Figures() for each in self.engines}

    def measure(self):
        rounds = (3 if self.bench.quick else 5) if self.pages <= 1000 else 3
        for number in range(-1, rounds):
            say(f"indexing {self.pages:,} pages, {f'{number + 1} of {rounds}' if number >= 0 else 'to warm up'}")
            self.index(number)
        searches = [each for each in self.engines if each.name != "Onside" or each.searches]
        for engine in searches:
            self.ask(engine)
        shutil.rmtree(self.place.root / "search")
        return {each.name: self.figures[each.name] for each in searches}

    def index(self, number):
        """A round: every search makes its index anew, Onside first, over whose site another's goes. Who takes minutes has one round."""
        for engine in self.engines:
            far = engine.name == "mdBook" and self.pages > FAR
            if far and number != 0:
                continue
            out = self.place.fresh(f"search/{engine.name}")
            seconds, megabytes = engine.index(self.place, self.bench.source(engine, self.pages), out)
            if number >= 0:
                self.figures[engine.name].seconds.append(seconds)
                self.figures[engine.name].megabytes.append(megabytes)

    def ask(self, engine):
        """What a browser says of a search."""
        figures, site = self.figures[engine.name], engine.site(self.place.root / "search" / engine.name)
        figures.files = site.weight()
        if not self.chromium:
            return
        if engine.name == "Onside" and not engine.opens(site):
            self.absent.append(f"Onside at {self.pages:,} pages in a browser: its pages do not open a search yet")
            return
        say(f"asking {engine.name} about {self.pages:,} pages")
        first = drawn(self.pages, [2] * (3 if engine.whole else 12), partly=False)
        warm = drawn(self.pages, [1, 2, 3, 4] * (6 if self.bench.quick else 25), partly=True)
        job = {"first": first, "warm": warm, "whole": engine.whole, "slower": SLOWER, "seconds": SECONDS}
        told = asked(self.place, self.chromium, engine, site, {**job, "warmed": "?here" if engine.name == "Pagefind" else ""})
        figures.first, figures.warm = told["first"], told["warm"]
        empty = [one["query"] for one in figures.warm if not one["results"]]
        if empty or len(figures.warm) < len(warm):
            what = f"{engine.name}, {self.pages:,} pages: {len(figures.warm)} of {len(warm)} queries in the time it had, {len(empty)} found nothing"
            self.bench.notes["asked"] = "; ".join(filter(None, [self.bench.notes.get("asked"), what]))


def asked(place, chromium, engine, site, job):
    """What the browser's script answers to a job."""
    answers = place.root / "answers.json"
    job = {**job, "tool": engine.name, "roots": [str(root) for root in site.roots], "page": site.page, "own": site.own, "chromium": chromium}
    (place.root / "job.json").write_text(json.dumps(job), encoding="utf-8")
    place.run(["node", engines.NODE / "ask.js", place.root / "job.json", answers])
    return json.loads(answers.read_text(encoding="utf-8"))


def drawn(pages, lengths, partly):
    """Queries of so many words that stand in one sentence of the prose, in their order; of every third the last may be only begun."""
    rng = random.Random(f"queries:{partly}")
    pages, _ = prose.plan(pages)
    common, queries = set(words.COMMON), []
    while len(queries) < len(lengths):
        length = lengths[len(queries)]
        text = "".join(part for part in prose.body(rng.randrange(len(pages)), pages) if isinstance(part, str))
        telling = [word for word in re.findall(r"[a-z]+", rng.choice(text.split(". ")).lower()) if len(word) > 3 and word not in common]
        if len(telling) < length:
            continue
        at = sorted(rng.sample(range(len(telling)), length))
        query = [telling[each] for each in at]
        if partly and len(queries) % 3 == 2:
            query[-1] = query[-1][: max(3, len(query[-1]) * 2 // 3)]
        if " ".join(query) not in queries:
            queries.append(" ".join(query))
    return queries


class Contracts:
    """The searches that the sample promises, asked of Onside, and of Pagefind over the same site."""

    def __init__(self, bench, found, chromium):
        import tomllib  # Only here, as the rest of the bench runs where Python does not have it yet.

        self.bench, self.place, self.chromium = bench, bench.place, chromium
        self.onside, self.pagefind = found[0], next((each for each in found if each.name == "Pagefind"), None)
        self.contracts = tomllib.loads((tools.ROOT / "content/search.toml").read_text(encoding="utf-8"))["expect"]

    def tell(self):
        source = self.place.root / "contracts"
        # Without the contracts, as one that does not hold ends a build.
        shutil.copytree(tools.ROOT / "content", source / "content", ignore=shutil.ignore_patterns("search.toml"))
        self.onside.index(self.place, source, source)
        ranks = {}
        say(f"asking for the records of {len(self.contracts)} contracts")
        if self.onside.searches:
            ranks["Onside"] = [self.ask(source, contract) for contract in self.contracts]
        if self.pagefind and self.chromium:
            ranks["Pagefind"] = self.find(source / "site", self.place.fresh("contracts/found"))
        size = f"{len(self.contracts)} contracts"
        if ranks:
            self.score("contracts that hold", size, ranks, lambda rank, within: rank <= within)
            self.score("the record comes first", size, ranks, lambda rank, _: rank == 1)
            self.score("the record is among the first three", size, ranks, lambda rank, _: rank <= 3)
            self.score("mean reciprocal rank", size, ranks, lambda rank, _: 1 / rank, "{:.3f}")
        shutil.rmtree(source)

    def score(self, what, size, ranks, worth, show="{:.0%}"):
        """The mean of what each place is worth; a record that is not found is worth nothing."""
        scores = {}
        for tool, places in ranks.items():
            worths = [float(worth(rank, contract.get("within", 1))) if rank else 0 for rank, contract in zip(places, self.contracts)]
            scores[tool] = sum(worths) / len(worths)
        self.bench.report.scores(what, size, scores, show)

    def ask(self, source, contract):
        """The place at which Onside has a contract's record, from one to ten."""
        command = [self.onside.tool.program, "--root", source, "search", "--format", "json", "--limit", 10, "--", contract["query"]]
        told = json.loads(self.place.run(command).output)
        if "top" not in contract and (told["card"] or {}).get("record") == contract["card"]:
            return 1
        return place_of(wanted(contract), [result["record"] for result in told["results"]])

    def find(self, site, out):
        """The places at which Pagefind has them, among the pages of records."""
        missing = [wanted(contract) for contract in self.contracts if not (site / address(wanted(contract))[1:] / "index.html").exists()]
        if missing:
            raise Failed(f"the sample has no page for {', '.join(missing)}")
        self.place.run(self.pagefind.over(site, out, "**/*.html"))
        job = {"find": [contract["query"] for contract in self.contracts], "count": 40}
        found = asked(self.place, self.chromium, self.pagefind, self.pagefind.site(out), job)["found"]
        return [place_of(address(wanted(contract)), records(each)) for contract, each in zip(self.contracts, found)]


def wanted(contract):
    return contract.get("top") or contract["card"]


def address(record):
    """Where a record's page is."""
    kind, name = record.split(":", 1)
    return "/charter/" if kind == "charter" else f"/{FOLDERS.get(kind, kind + 's')}/{name}/"


def records(addresses):
    """The addresses that are of records: neither lists of them nor what the site says of itself."""
    of_record = lambda each: each == "/charter/" or (each.count("/") > 2 and not re.match(r"/(?:checks|reference|v|health)/", each))
    return [each for each in addresses if of_record(each)][:10]


def place_of(one, of):
    return of.index(one) + 1 if one in of else None
