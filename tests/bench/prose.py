#!/usr/bin/env python3
"""Writes the same handbook of prose for Onside, for Hugo and for mdBook.

    prose.py --pages 1000 --out DIR                      writes DIR/onside, DIR/hugo and DIR/mdbook
    prose.py --pages 1000 --out DIR --layouts onside     writes only that

A page has about 640 words: headings of two levels, lists, a table, a quotation, code, and links to other pages. 25 pages make
a section, 8 sections an area, and each of these has a page of its own. The same arguments give the same bytes on any machine.
"""

import argparse
import itertools
import json
import random
from dataclasses import dataclass
from pathlib import Path

import words

SECTION = 25
AREA = 8
TAGS = "sales marketing funnel roles goals training rituals messaging pricing retention reporting tooling".split()
KEYS = "owner stage target metric consulted informed evidence hours limit starts".split()


@dataclass
class Page:
    path: str
    title: str
    summary: str
    tags: list
    order: int


class Onside:
    """Links between files, as a git host shows them."""

    content = "content/pages"

    def head(self, page):
        tags = f"tags = {json.dumps(page.tags)}\n" if page.tags else ""
        return f'+++\ntitle = "{page.title}"\nsummary = "{page.summary}"\n{tags}nav = {{ order = {page.order} }}\n+++\n'

    def file(self, page):
        return f"{page.path}.md"

    def link(self, page, target):
        return "../" * page.path.count("/") + target.path + ".md"

    def around(self, root, _):
        write(root / "content/playbook.toml", 'name = "Scale"\ndefault_owner = "keeper"\n')
        write(root / "content/roles.toml", '[[team]]\ntitle = "All"\nlead = "keeper"\n\n[[role]]\ntitle = "Keeper"\nteam = "all"\n')


class Hugo:
    """Links from the content's root, which Hugo's own hook resolves."""

    content = "content"

    def head(self, page):
        tags = f"tags = {json.dumps(page.tags)}\n" if page.tags else ""
        return f'+++\ntitle = "{page.title}"\ndescription = "{page.summary}"\n{tags}weight = {page.order}\n+++\n'

    def file(self, page):
        return f"{page.path}.md"

    def link(self, page, target):
        return f"/{target.path}.md"

    def around(self, root, _):
        skeleton = Path(__file__).parent / "hugo"
        for file in sorted(f for f in skeleton.rglob("*") if f.is_file()):
            write(root / file.relative_to(skeleton), file.read_text())


class MdBook:
    """Links between files; a folder's page is its index, and one list names every page."""

    content = "src"

    def head(self, page):
        return f"# {page.title}\n"

    def file(self, page):
        return f"{page.path.removesuffix('_index')}index.md" if page.path.endswith("_index") else f"{page.path}.md"

    def link(self, page, target):
        return "../" * page.path.count("/") + target.path + ".md"

    def around(self, root, pages):
        write(root / "book.toml", '[book]\ntitle = "Scale"\nlanguage = "en"\n\n[output.html.print]\nenable = false\n')
        listed = "".join(f"{'  ' * (len(place(page)) - 1)}- [{page.title}]({self.file(page)})\n" for page in sorted(pages, key=place))
        write(root / "src/SUMMARY.md", f"# Summary\n\n{listed}")


def place(page):
    """Where a page stands among all: a folder's own before those in it."""
    return [part for part in page.path.split("/") if part != "_index"]


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def plan(count):
    """Every page of the handbook, and the index pages above them."""
    pages, indexes = [], [Page("_index", "Handbook", "How our teams work together.", [], 1)]
    taken = set()
    for number in range(count):
        section, order = divmod(number, SECTION)
        rng = random.Random(f"plan:{number}")
        if order == 0:
            if section % AREA == 0:
                area = f"{section // AREA + 1:02}-area"
                indexes.append(index(area, rng, section // AREA + 1))
            folder = f"{area}/{section % AREA + 1:02}-section"
            indexes.append(index(folder, rng, section % AREA + 1))
            taken = set()
        title = fresh(rng, taken)
        path = f"{folder}/{order + 1:02}-{title.lower().replace(' ', '-')}"
        pages.append(Page(path, title, words.sentence(rng, 12, 16), sorted(rng.sample(TAGS, 3)), order + 1))
    return pages, indexes


def index(folder, rng, order):
    title = f"{words.title(rng)} {order}"
    return Page(f"{folder}/_index", title, f"All about {title.lower()}.", [], order)


def fresh(rng, taken):
    """A title that its section does not have yet."""
    while True:
        title = words.title(rng)
        if title not in taken:
            taken.add(title)
            return title


def body(number, pages):
    """A page's text; a link is the page it leads to."""
    rng = random.Random(f"body:{number}")
    near = number // SECTION * SECTION
    nearby = range(near, min(near + SECTION, len(pages)))
    targets = [pages[rng.choice(nearby)] if rng.random() < 0.6 else rng.choice(pages) for _ in range(rng.randint(3, 6))]
    out = []

    def paragraph(sentences):
        for at in range(sentences):
            text = words.sentence(rng)
            kind = rng.random()
            if kind < 0.24:
                mark = "**" if kind < 0.1 else "*" if kind < 0.18 else "`"
                first, rest = text.split(" ", 1)
                word, tail = rest.split(" ", 1)
                text = f"{first} {mark}{word}{mark} {tail}"
            out.append(" " * bool(at) + text)
            if len(targets) > 1 and rng.random() < 0.2:
                out.extend([" See ", targets.pop(), "."])
        out.append("\n\n")

    paragraph(3)
    out.append(f"## {words.title(rng)}\n\n")
    paragraph(4)
    out.extend(f"- {words.phrase(rng, 5, 12)}\n" for _ in range(rng.randint(4, 6)))
    out.append(f"\n### {words.title(rng)}\n\n")
    paragraph(4)
    out.append(f"## {words.title(rng)}\n\n")
    paragraph(3)
    out.append(table(rng))
    paragraph(3)
    out.append(f"### {words.title(rng)}\n\n")
    out.extend(f"{n}. {words.phrase(rng, 6, 12)}\n" for n in range(1, rng.randint(4, 6)))
    out.append("\n")
    paragraph(3)
    out.append(f"## {words.title(rng)}\n\n> ")
    paragraph(2)
    out.append("```toml\n[example]\n")
    out.extend(f'{key} = "{words.phrase(rng, 1, 3)}"\n' for key in rng.sample(KEYS, 6))
    out.append("```\n\n")
    paragraph(4)
    out.append("See also: ")
    for at, target in enumerate(targets):
        out.extend([", " * bool(at), target])
    out.append(".\n")
    return out


def table(rng):
    rows = [[words.phrase(rng, 1, 3) for _ in range(4)] for _ in range(6)]
    rows.insert(1, ["---"] * 4)
    return "".join(f"| {' | '.join(row)} |\n" for row in rows) + "\n"


def render(layout, page, parts):
    links = (f"[{p.title}]({layout.link(page, p)})" if isinstance(p, Page) else p for p in parts)
    return f"{layout.head(page)}\n{''.join(links)}"


LAYOUTS = {"onside": Onside(), "hugo": Hugo(), "mdbook": MdBook()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--layouts", default=",".join(LAYOUTS), help=f"which, of {','.join(LAYOUTS)}")
    arguments = parser.parse_args()
    out, (pages, indexes) = arguments.out, plan(arguments.pages)
    layouts = {name: LAYOUTS[name] for name in arguments.layouts.split(",")}
    total = 0
    texts = itertools.chain(((i, [f"{i.summary}\n"]) for i in indexes), ((p, body(n, pages)) for n, p in enumerate(pages)))
    for page, parts in texts:
        total += sum(len(p.title.split()) if isinstance(p, Page) else len(p.split()) for p in parts)
        for name, layout in layouts.items():
            write(out / name / layout.content / layout.file(page), render(layout, page, parts))
    for name, layout in layouts.items():
        layout.around(out / name, indexes + pages)
    print(f"{len(pages)} pages in {len(indexes)} folders, {total // len(pages)} words a page")


if __name__ == "__main__":
    main()
