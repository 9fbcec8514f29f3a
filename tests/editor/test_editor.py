"""What an editor makes of `onside schema`: tombi, the language server for TOML, is asked as an editor would ask it.

Needs ONSIDE (the program) and TOMBI (the server) in the environment: tests/run sets both.
"""

import json
import os
import shutil
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

ONSIDE, TOMBI = os.environ["ONSIDE"], os.environ["TOMBI"]
HERE = Path(__file__).resolve().parents[2]
KINDS = ["stage", "activity", "ritual", "goal", "metric", "loop", "term", "handoff", "expect", "segment", "offering", "message", "asset"]


class Project(unittest.TestCase):
    """A project of its own for each test, with its schemas."""

    def setUp(self):
        self.root = Path(tempfile.mkdtemp()).resolve()
        self.addCleanup(shutil.rmtree, self.root)

    def onside(self, *words):
        return subprocess.run([ONSIDE, *words], cwd=self.root, check=True, capture_output=True, text=True).stdout

    def lint(self):
        """Whether tombi is content without a warning, and its words."""
        done = subprocess.run([TOMBI, "lint", "--offline", "--error-on-warnings"], cwd=self.root, capture_output=True, text=True)
        return done.returncode == 0, done.stdout + done.stderr

    def starter(self):
        self.onside("new", ".")
        self.onside("schema")

    def put(self, path, text):
        (self.root / path).write_text(text)


class Lint(Project):
    def test_the_sample_is_right(self):
        shutil.copytree(HERE / "content", self.root / "content")
        self.onside("schema")
        right, words = self.lint()
        self.assertTrue(right, words)
        self.assertRegex(words, r"\d\d files linted successfully")

    def test_the_starter_and_every_skeleton_are_right(self):
        self.starter()
        for kind in KINDS:
            self.onside("add", kind, f"A new {kind}")
        right, words = self.lint()
        self.assertTrue(right, words)

    def test_mistakes_are_found_where_they_are(self):
        self.starter()
        for number, (line, says) in enumerate([
            ("definitoin = 'Who asks.'", "more.toml:3:1"),
            ("definition = 7", "String"),
            ("status = 'ready'", "ready"),
            ("reviewed = '2026-11-02'", "more.toml:3:12"),
            ("tags = 'one'", "Array"),
            ("not_to_confuse = [{ trem = 'lead' }]", "more.toml:3:21"),
            ("id = 'No Id'", "pattern"),
        ]):
            text = f"[[term]]\ntitle = 'Word'\n{line}\n" + ("" if "defin" in line else "definition = 'Who asks.'\n")
            self.put("content/more.toml", text)
            right, words = self.lint()
            self.assertFalse(right, line)
            self.assertIn("content/more.toml:", words, f"{number}: {line}")
            self.assertIn(says, words, line)
        self.put("content/more.toml", "[[tremm]]\ntitle = 'Word'\n")
        self.assertFalse(self.lint()[0], "a kind that is none")
        (self.root / "content/more.toml").unlink()
        settings = (self.root / "content/playbook.toml").read_text()
        self.put("content/playbook.toml", "nmae = 'Ours'\n" + settings)
        self.assertFalse(self.lint()[0], "a key that the playbook has not")

    def test_what_onside_reads_is_right_here_too(self):
        self.starter()
        self.put("content/more.toml", """
[[term]]
id = "many"
title = "Many"
definition = "TODO"
reviewed = "TODO"
status = ""
stage = "Deal"
seen_by = { sales = "as a [[stage:deal]]" }
retired = ["old word (2026-03-02)"]
x-ours = { any = "thing" }
allow = [
  { rule = "never-used", why = "new", until = 2099-01-01 },
]

[[path]]
title = "Second week"
for = ["role:lead-manager", "Sales"]
modules = ["our-words"]
""")
        self.put("content/roles/_defaults.toml", "owner = \"head-of-sales\"\nreview_every = \"3 months\"\n")
        right, words = self.lint()
        self.assertTrue(right, words)


class Server:
    """A language server, spoken to over its standard input."""

    def __init__(self, root):
        self.process = subprocess.Popen([TOMBI, "lsp", "--offline"], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.number = 0
        folder = {"uri": root.as_uri(), "name": "playbook"}
        can = {"textDocument": {"completion": {"completionItem": {"snippetSupport": False, "documentationFormat": ["plaintext"]}}}}
        self.ask("initialize", {"processId": None, "rootUri": root.as_uri(), "workspaceFolders": [folder], "capabilities": can})
        self.tell("initialized", {})

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def tell(self, method, params):
        self.send({"method": method, "params": params})

    def ask(self, method, params):
        self.number += 1
        self.send({"id": self.number, "method": method, "params": params})
        while True:
            length = 0
            while line := self.process.stdout.readline().strip():
                name, _, value = line.partition(b":")
                length = int(value) if name.lower() == b"content-length" else length
            message = json.loads(self.process.stdout.read(length))
            if "method" in message and "id" in message:
                self.send({"id": message["id"], "result": None})
            elif message.get("id") == self.number:
                return message.get("result")

    def end(self):
        self.process.kill()
        self.process.communicate()


class Complete(Project):
    def labels(self, text):
        """What is offered where `|` stands in a file of records."""
        before, after = text.split("|")
        path = self.root / "content/more.toml"
        path.write_text(before + after)
        server = Server(self.root)
        self.addCleanup(server.end)
        document = {"uri": path.as_uri(), "languageId": "toml", "version": 1, "text": before + after}
        server.tell("textDocument/didOpen", {"textDocument": document})
        lines = before.split("\n")
        place = {"line": len(lines) - 1, "character": len(lines[-1])}
        question = {"textDocument": {"uri": path.as_uri()}, "position": place, "context": {"triggerKind": 1}}
        # The server answers with nothing until it has read its settings, which it does on the side.
        for _ in range(100):
            result = server.ask("textDocument/completion", question)
            items = result["items"] if isinstance(result, dict) else result or []
            if items:
                break
            time.sleep(0.1)
        return [item["label"].strip("\"'") for item in items]

    def test_keys_are_offered(self):
        self.starter()
        found = self.labels("[[term]]\ntitle = \"Word\"\n|\n")
        for key in ["definition", "stage", "not_to_confuse", "owner", "review_every"]:
            self.assertIn(key, found)
        self.assertNotIn("cadence", found, "a key of another kind")

    def test_ids_are_offered_where_they_belong(self):
        self.starter()
        self.onside("add", "role", "Offer writer")
        self.onside("schema")
        found = self.labels("[[metric]]\ntitle = \"Calls\"\nowner = |\n")
        for role in ["head-of-sales", "lead-manager", "offer-writer"]:
            self.assertIn(role, found)
        self.assertNotIn("lead-volume", found, "a metric is no owner")
        self.assertIn("joint-planning", self.labels("[[ritual]]\ntitle = \"Meet\"\nkind = |\n"))
        inner = self.labels("[[ritual]]\ntitle = \"Meet\"\nattends = [|]\n")
        self.assertIn("account-manager", inner)


if __name__ == "__main__":
    unittest.main()
