"""What a public reader makes of `onside check --format sarif`: sarif-tools, from PyPI.

Needs ONSIDE (the program) and SARIF (the reader) in the environment: tests/run sets both.
"""

import csv
import json
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

ONSIDE, SARIF = os.environ["ONSIDE"], os.environ["SARIF"]
HERE = Path(__file__).resolve().parents[2]
BROKEN = ["retired-name-2", "no-accountable-1", "unknown-key-1", "many-accountable-2", "same-title-1"]


class Sarif(unittest.TestCase):
    """The sample with five of its broken copies over it."""

    def setUp(self):
        self.root = Path(tempfile.mkdtemp()).resolve()
        self.addCleanup(shutil.rmtree, self.root)
        shutil.copytree(HERE / "content", self.root / "content")
        for name in BROKEN:
            shutil.copytree(HERE / "tests/broken" / name / "content", self.root / "content", dirs_exist_ok=True)

    def check(self, form):
        done = subprocess.run([ONSIDE, "check", "--format", form, "--as-of", "2026-11-02"], cwd=self.root, capture_output=True, text=True)
        self.assertEqual(done.returncode, 1, done.stderr)
        return done.stdout

    def test_a_public_reader_reads_every_finding(self):
        log = self.root / "onside.sarif"
        log.write_text(self.check("sarif"))
        findings = json.loads(self.check("json"))["findings"]
        self.assertGreaterEqual(len(findings), len(BROKEN))
        subprocess.run([SARIF, "csv", "--output", "rows.csv", log.name], cwd=self.root, check=True, capture_output=True)
        with open(self.root / "rows.csv", newline="") as file:
            rows = list(csv.DictReader(file))
        told = {(row["Severity"], row["Code"], row["Location"], int(row["Line"])) for row in rows}
        levels = {"error": "error", "warning": "warning", "hint": "note"}
        self.assertEqual(told, {(levels[f["level"]], f["rule"], f["file"], f["line"]) for f in findings})
        self.assertEqual(len(rows), len(findings))

    def test_its_fixes_and_marks_are_those_of_the_json(self):
        run = json.loads(self.check("sarif"))["runs"][0]
        findings = json.loads(self.check("json"))["findings"]
        mended = sum("fix" in finding for finding in findings)
        self.assertGreater(mended, 1)
        self.assertEqual(sum("fixes" in result for result in run["results"]), mended)
        for result in run["results"]:
            self.assertEqual(run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"], result["ruleId"])
            self.assertTrue(result["partialFingerprints"]["onside/v1"])

    def test_gitlab_can_show_them(self):
        (self.root / "onside.sarif").write_text(self.check("sarif"))
        subprocess.run([SARIF, "codeclimate", "--output", "quality.json", "onside.sarif"], cwd=self.root, check=True, capture_output=True)
        self.assertGreaterEqual(len(json.loads((self.root / "quality.json").read_text())), len(BROKEN))


if __name__ == "__main__":
    unittest.main()
