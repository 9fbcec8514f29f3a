"""The README's recipes for pull requests and commits: each of their `onside` lines does on the sample what it is for.

Needs ONSIDE (the program) in the environment: tests/run sets it.
"""

import os
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

ONSIDE = Path(os.environ["ONSIDE"])
HERE = Path(__file__).resolve().parents[2]
README = (HERE / "README.md").read_text()


class Recipes(unittest.TestCase):
    """The sample, sound or with an error in it."""

    def setUp(self):
        self.root = Path(tempfile.mkdtemp()).resolve()
        self.addCleanup(shutil.rmtree, self.root)
        shutil.copytree(HERE / "content", self.root / "content")

    def run_line(self, line):
        path = f"{ONSIDE.parent}:{os.environ['PATH']}"
        return subprocess.run(["sh", "-c", line], cwd=self.root, capture_output=True, text=True, env={**os.environ, "PATH": path})

    def lines(self):
        blocks = re.findall(r"```(?:yaml|sh)\n(.*?)```", README.split("### With each change, by itself")[1], re.S)
        found = re.findall(r"^\s*(?:- run: |- |entry: |exec )(onside check.*)$", "".join(blocks[:4]), re.M)
        self.assertEqual(len(found), 6, found)
        return found

    def test_a_sound_playbook_passes(self):
        for line in self.lines():
            done = self.run_line(line)
            self.assertEqual(done.returncode, 0, line + done.stdout + done.stderr)

    def test_an_error_fails(self):
        shutil.copytree(HERE / "tests/broken/no-accountable-1/content", self.root / "content", dirs_exist_ok=True)
        for line in self.lines():
            self.assertEqual(self.run_line(line).returncode, 0 if "|| true" in line else 1, line)
            if "> onside.sarif" in line:
                self.assertIn("no-accountable", (self.root / "onside.sarif").read_text())

    def test_the_recipes_are_yaml(self):
        try:
            import yaml
        except ImportError:
            self.skipTest("PyYAML is not there")
        for block in re.findall(r"```yaml\n(.*?)```", README, re.S):
            self.assertIsInstance(yaml.safe_load(block), dict)

    def test_the_settings_shown_are_accepted(self):
        settings = next(block for block in re.findall(r"```toml\n(.*?)```", README, re.S) if block.startswith("[checks]"))
        playbook = self.root / "content/playbook.toml"
        kept = re.sub(r"^\[(checks|limits)\]\n(?:(?!\[).*\n?)*", "", playbook.read_text(), flags=re.M)
        playbook.write_text(kept + "\n" + settings)
        done = self.run_line("onside check")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertNotIn("playbook.toml", done.stdout)


if __name__ == "__main__":
    unittest.main()
