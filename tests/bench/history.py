"""A playbook's past: its folder as a git repository of tagged versions, each some small edits after the one before.

The edits are, by turns, of what real versions change: a word's meaning, a paragraph, a target, who is asked and who is told, a new word.
The same folder gets the same past on any machine.
"""

import datetime
import os
import random
import re
import shutil
import subprocess

from workplace import Failed

# The day of the newest version; each is a week after the one before.
NEWEST = datetime.datetime(2026, 11, 2, 12, tzinfo=datetime.timezone.utc)
AUTHOR = "Nell Quill <nell@quill.example>"
# A row of a matrix that says whom to ask, and whom to tell.
ROW = r"^\| (?!Activity )(?:[^|\n]*\|){4}[^|\n]*\w[^|\n]*\|[^|\n]*\w.*$"


class Past:
    """What a folder said when it was tagged: first what it says now, then edit after edit."""

    def __init__(self, folder):
        self.folder = folder
        self.rng = random.Random("versions")
        files = sorted(file for file in (folder / "content").rglob("*") if file.is_file())
        self.files = {str(file.relative_to(folder)): file.read_text(encoding="utf-8") for file in files}
        self.edited = 0

    def tag(self, versions, edits):
        """Tags `v1`, `v2` and so on with so many edits between each two; the folder then says what the newest says."""
        if not shutil.which("git"):
            raise Failed("there is no git to write versions with: install it, or leave them out with --only")
        stream, said = [], dict.fromkeys(self.files)
        for number in range(1, versions + 1):
            while self.edited < edits * (number - 1):
                self.edit()
            stream.append(self.commit(number, NEWEST - datetime.timedelta(weeks=versions - number), said))
            said = dict(self.files)
        self.git("init", "--quiet", "--initial-branch", "main")
        self.git("fast-import", "--quiet", stream="".join(stream))
        for name, text in self.files.items():
            (self.folder / name).write_text(text, encoding="utf-8")
        self.git("reset", "--quiet")

    def commit(self, number, moment, before):
        """A commit of what differs from before, and its tag, as git reads them."""
        by = f"{AUTHOR} {int(moment.timestamp())} +0000"
        data = lambda text: f"data {len(text.encode())}\n{text}\n"
        changed = "".join(f"M 100644 inline {name}\n{data(text)}" for name, text in self.files.items() if before[name] != text)
        commit = f"commit refs/heads/main\nmark :{number}\ncommitter {by}\n{data(f'What we agreed by version {number}')}{changed}\n"
        return f"{commit}tag v{number}\nfrom :{number}\ntagger {by}\n{data(f'Version {number}')}"

    def git(self, *arguments, stream=None):
        # Where git started this run itself, it has named its own repository; this is about another.
        outside = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        command = ["git", "-C", self.folder, *arguments]
        done = subprocess.run(command, input=stream and stream.encode(), capture_output=True, env=outside, check=False)
        if done.returncode:
            raise Failed(f"git could not write versions:\n{done.stderr.decode().strip()}")

    def edit(self):
        """The next small edit, of the kind whose turn it is."""
        kinds = [self.meaning, self.paragraph, self.target, self.asked, self.word]
        kinds[self.edited % len(kinds)](self.edited + 1)
        self.edited += 1

    def meaning(self, number):
        self.replace(r'^definition = "(.*)"$', lambda found: f'definition = "{found[1]} We said so {number} times."', "content/terms")

    def paragraph(self, number):
        self.add("content/pages/", f"We came back to this {number} times, and it holds for everybody who was there.\n")

    def target(self, _):
        """One above a hundred, which is no share of it."""
        self.replace(r"^target = (?!100$)(\d{3,})$", lambda found: f"target = {int(found[1]) + 1}", "content/metrics")

    def asked(self, _):
        """Whoever was asked is told, and the other way round."""
        self.replace(ROW, lambda found: swapped(found[0]), "content/responsibilities")

    def word(self, number):
        """A new one, and a page that uses it."""
        self.add("content/terms", f'''[[term]]
id = "agreed-{number}"
title = "Agreement {number}"
reviewed = {NEWEST:%Y-%m-%d}
definition = "What we shook hands on when we had met {number} times."
''')
        self.add("content/pages/", f"This goes back to [[term:agreed-{number}]].\n")

    def add(self, under, text):
        """Puts a text at the end of a file."""
        name = self.rng.choice([name for name in self.files if name.startswith(under) and name.endswith((".md", ".toml"))])
        self.files[name] = f"{self.files[name].rstrip()}\n\n{text}"

    def replace(self, pattern, new, under):
        """Puts something new in the place of one of all that fit."""
        texts = [(name, text) for name, text in self.files.items() if name.startswith(under)]
        places = [(name, found) for name, text in texts for found in re.finditer(pattern, text, re.M)]
        name, found = self.rng.choice(places)
        self.files[name] = f"{self.files[name][: found.start()]}{new(found)}{self.files[name][found.end() :]}"


def swapped(row):
    """A row of a matrix with the fifth cell and the sixth in each other's place."""
    cells = row.split("|")
    cells[5], cells[6] = cells[6], cells[5]
    return "|".join(cells)
