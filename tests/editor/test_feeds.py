"""What a public reader makes of the feeds of a site with versions: feedparser, from PyPI.

Needs ONSIDE (the program) in the environment, and a Python that has feedparser: tests/run sees to both.
"""

import json
import os
import re
import shutil
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree as xml
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import feedparser

ONSIDE = os.environ["ONSIDE"]
WEB = "https://playbook.quillmere.example/"
ATOM = "{http://www.w3.org/2005/Atom}"
STEPS = [("v3", "v4"), ("v2", "v3"), ("v1", "v2")]
LEVELS = {"must": "Must know", "should": "Should know", "good": "Good to know", "wording": "Wording only"}


def run(*words):
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


def read(path):
    """What the reader makes of a feed as a web server would give it."""
    return feedparser.parse(path.read_bytes(), response_headers={"content-type": "application/atom+xml"})


class Sentences(HTMLParser):
    """The lines of a list, without its tags."""

    def __init__(self, html):
        super().__init__()
        self.lines = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag == "li":
            self.lines.append("")

    def handle_data(self, data):
        self.lines[-1] += data


class Feeds(unittest.TestCase):
    """The demo, built once with its four versions."""

    @classmethod
    def setUpClass(cls):
        folder = Path(tempfile.mkdtemp()).resolve()
        cls.addClassCleanup(shutil.rmtree, folder)
        cls.root = folder / "quillmere"
        run(ONSIDE, "demo", str(cls.root), "--no-serve")
        cls.site = cls.root / "site"
        cls.roles = sorted(path.name for path in (cls.site / "roles").iterdir() if path.is_dir())
        cls.feeds = {None: cls.site / "feed.xml"} | {role: cls.site / "roles" / role / "feed.xml" for role in cls.roles}
        cls.said = {(step, role): cls.diff(step, role) for step in STEPS for role in cls.feeds}

    @classmethod
    def diff(cls, step, role):
        whom = ["--role", role] if role else []
        return json.loads(run(ONSIDE, "diff", *step, *whom, "--root", str(cls.root), "--format", "json"))["changes"]

    def each(self):
        for role, path in self.feeds.items():
            with self.subTest(feed=str(path.relative_to(self.site))):
                yield role, path, read(path)

    def changes(self, step, role):
        """What the command line says changed, as a feed tells it: everything, or what touches a role, as it is told to it."""
        return [f"{LEVELS[change['level']]}: {change['sentence'].replace('**', '')}" for change in self.said[step, role]]

    def test_there_is_one_for_everybody_and_one_for_each_role(self):
        self.assertEqual(len(self.roles), 12)
        self.assertEqual(sorted(self.site.rglob("feed.xml")), sorted(self.feeds.values()), "today's only, none of an old version")

    def test_a_public_reader_reads_them_without_a_complaint(self):
        for role, path, feed in self.each():
            self.assertFalse(feed.bozo, feed.get("bozo_exception"))
            self.assertEqual((feed.version, feed.encoding), ("atom10", "utf-8"))
            self.assertIn("Quillmere playbook: what changed", feed.feed.title)
            self.assertEqual(feed.feed.author, "Quillmere Catering")
            self.assertEqual(feed.feed.id, WEB + str(path.relative_to(self.site)))

    def test_entries_are_the_versions_newest_first_each_on_its_day(self):
        days = {name: run("git", "-C", str(self.root), "log", "-1", "--format=%cs", name).strip() for name in ("v1", "v2", "v3", "v4")}
        for _, _, feed in self.each():
            self.assertEqual([entry.title.split(":")[0] for entry in feed.entries], [now for _, now in STEPS])
            self.assertEqual([entry.updated[:10] for entry in feed.entries], [days[now] for _, now in STEPS])
            moments = [entry.updated_parsed for entry in feed.entries]
            self.assertEqual(moments, sorted(moments, reverse=True))
            self.assertEqual(feed.feed.updated_parsed, moments[0])

    def test_their_ids_are_unique(self):
        for _, _, feed in self.each():
            ids = [feed.feed.id] + [entry.id for entry in feed.entries]
            self.assertEqual(len(set(ids)), len(ids))
        self.assertEqual(len({feed.feed.id for _, _, feed in self.each()}), len(self.feeds))

    def test_one_id_is_one_entry_also_for_somebody_who_reads_two_feeds(self):
        told = {}
        for _, _, feed in self.each():
            for entry in feed.entries:
                told.setdefault(entry.id, set()).add((entry.title, entry.content[0].value))
        self.assertEqual({name: len(ways) for name, ways in told.items() if len(ways) > 1}, {}, "ids with more than one content")

    def test_every_link_leads_to_a_file_of_the_site(self):
        for _, _, feed in self.each():
            links = [link.href for part in [feed.feed, *feed.entries] for link in part.links]
            self.assertEqual(len(links), 2 + len(STEPS))
            for href in links:
                self.assertTrue(href.startswith(WEB), href)
                at = self.site / href.removeprefix(WEB)
                self.assertTrue((at / "index.html" if href.endswith("/") else at).is_file(), href)

    def test_the_pages_say_where_they_are(self):
        for page, wanted in [("", ["feed.xml"]), ("roles/account-exec/", ["feed.xml", "roles/account-exec/feed.xml"])]:
            html = (self.site / page / "index.html").read_text()
            named = re.findall(r'<link rel="alternate" type="application/atom\+xml" title="[^"]+" href="([^"]+)">', html)
            self.assertEqual(sorted(urljoin(WEB + page, href) for href in named), [WEB + feed for feed in wanted])

    def test_they_tell_what_the_command_line_tells_and_a_roles_only_what_touches_it(self):
        for role, _, feed in self.each():
            for entry, step in zip(feed.entries, STEPS, strict=True):
                told = Sentences(entry.content[0].value).lines
                wanted = self.changes(step, role)
                self.assertEqual(told, wanted)
                must = sum(line.startswith("Must know") for line in wanted)
                self.assertIn(f"{step[1]}: {len(wanted)} change", entry.title)
                self.assertTrue(must == 0 or f", {must} that somebody must know" in entry.title, entry.title)
        whole, one = (read(self.feeds[role]).entries[0] for role in (None, "kitchen-manager"))
        self.assertGreater(len(Sentences(whole.content[0].value).lines), 2 * len(Sentences(one.content[0].value).lines))

    def test_they_have_what_rfc_4287_requires(self):
        for path in self.feeds.values():
            with self.subTest(feed=str(path.relative_to(self.site))):
                feed = xml.parse(path).getroot()
                self.assertEqual(feed.tag, ATOM + "feed")
                entries = feed.findall(ATOM + "entry")
                self.assertEqual(len(entries), len(STEPS))
                for part in [feed, *entries]:
                    self.has_the_parts_of_atom(part)
                self.assertTrue(feed.findtext(f"{ATOM}author/{ATOM}name", "").strip(), "who wrote it")
                self.assertEqual(feed.find(f"{ATOM}link[@rel='self']").get("href"), WEB + str(path.relative_to(self.site)))

    def test_without_an_address_on_the_web_they_are_read_just_so(self):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder).resolve() / "quillmere"
            shutil.copytree(self.root, root)
            settings = root / "content/playbook.toml"
            settings.write_text(re.sub(r"^base_url = .*\n", "", settings.read_text(), flags=re.M))
            run(ONSIDE, "build", "--root", str(root))
            feed = read(root / "site/feed.xml")
            self.assertFalse(feed.bozo, feed.get("bozo_exception"))
            ids = [feed.feed.id] + [entry.id for entry in feed.entries]
            self.assertEqual(len(set(ids)), len(STEPS) + 2, "the versions, what is not released yet, and the feed")
            self.assertEqual([name for name in ids if not name.startswith("urn:")], [], "ids hold wherever it lies")
            for entry in feed.entries:
                self.assertTrue((root / "site" / entry.link.lstrip("/") / "index.html").is_file(), entry.link)
            parts = xml.parse(root / "site/feed.xml").getroot()
            for part in [parts, *parts.findall(ATOM + "entry")]:
                self.has_the_parts_of_atom(part)

    def has_the_parts_of_atom(self, part):
        """RFC 4287, 4.1.1 and 4.1.2: one of each, not empty; a date by RFC 3339; an id that is a whole address or name."""
        for name in ("id", "title", "updated"):
            found = part.findall(ATOM + name)
            self.assertEqual(len(found), 1, name)
            self.assertTrue((found[0].text or "").strip(), name)
        self.assertTrue(urlsplit(part.findtext(ATOM + "id")).scheme)
        self.assertRegex(part.findtext(ATOM + "updated"), r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")
        alternates = [link for link in part.findall(ATOM + "link") if link.get("rel", "alternate") == "alternate"]
        self.assertEqual(len(alternates), 1)
        self.assertEqual([one.tag for one in part.iter() if not one.tag.startswith(ATOM)], [], "nothing of another kind")
        if part.tag == ATOM + "entry":
            content = part.findall(ATOM + "content")
            self.assertEqual([(one.get("type"), len(one)) for one in content], [("html", 0)], "HTML, escaped")


if __name__ == "__main__":
    unittest.main()
