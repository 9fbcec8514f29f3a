"""A folder for everything a run writes, and the programs it starts; neither outlives the run, however it ends."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
RAM = Path("/dev/shm")
# What a page takes, at most: its text and its pages of every tool, twice while one takes the other's place.
BYTES_A_PAGE = 200_000


def say(words):
    print(f"-- {words}", file=sys.stderr)


class Failed(Exception):
    """Something that makes the figures worthless, in a sentence."""


@dataclass
class Run:
    """One run of a program."""

    seconds: float
    megabytes: float
    output: str


class Workplace:
    def __init__(self, pages):
        needed = 200_000_000 + pages * BYTES_A_PAGE
        self.in_ram = RAM.is_dir() and os.access(RAM, os.W_OK) and shutil.disk_usage(RAM).free > needed
        self.needed = needed
        self.children = []

    def __enter__(self):
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda number, _: sys.exit(128 + number))
        self.root = Path(tempfile.mkdtemp(prefix="onside-bench-", dir=RAM if self.in_ram else None))
        return self

    def __exit__(self, *_):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        for child in self.children:
            self.end(child)
        shutil.rmtree(self.root, ignore_errors=True)

    @property
    def disk(self):
        return f"RAM disk ({RAM})" if self.in_ram else f"disk ({tempfile.gettempdir()}; {RAM} has no {self.needed >> 20} MB left)"

    def start(self, command, **options):
        """A program in a group of its own, so that what it starts ends with it."""
        command = [str(part) for part in command]
        environment = {**os.environ, "HUGO_CACHEDIR": str(self.root / "hugo-cache"), "PYTHONDONTWRITEBYTECODE": "1", **options.pop("env", {})}
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, text=True, start_new_session=True, env=environment, **options)
        self.children.append(child)
        return child

    def end(self, child):
        if child.returncode is None:
            for number in (signal.SIGTERM, signal.SIGKILL):
                try:
                    os.killpg(child.pid, number)
                    child.wait(10)
                    break
                except (ProcessLookupError, subprocess.TimeoutExpired):
                    continue
        if child in self.children:
            self.children.remove(child)

    def run(self, command, env=None):
        """Runs a program to its end, with its time and its memory."""
        command = [sys.executable, "-I", "-S", HERE / "timed.py", shutil.which(str(command[0])) or command[0], *command[1:]]
        child = self.start(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env or {})
        told, output = child.communicate()
        self.children.remove(child)
        words = told.split()
        if len(words) != 3 or words[2] != "0":
            raise Failed(f"`{' '.join(map(str, command[4:]))}` ended with {words[-1] if words else 'a fault'}:\n{output.strip()[-2000:]}")
        return Run(float(words[0]), int(words[1]) / 1024, output)

    def fresh(self, name):
        """An empty folder of this name; what was there is gone."""
        folder = self.root / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder
