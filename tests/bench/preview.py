"""A server that is running, the one connection that asks it, and saves as an editor makes them."""

import http.client
import os
import re
import subprocess
import threading
import time

from workplace import Failed

PATIENCE = 120
# Between two looks: short beside what is measured, and long enough to leave the server a core.
PAUSE = 0.001


class Server:
    """A tool's server on a project; ends with its block."""

    def __init__(self, workplace, tool, source):
        self.workplace, self.tool = workplace, tool
        self.lines = []
        self.heard = threading.Condition()
        command, announced = tool.serve(source)
        self.child = workplace.start(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        threading.Thread(target=self.listen, daemon=True).start()
        said = self.line(announced)
        self.host, self.port = re.search(r"([\w.]+):(\d+)", said).groups()
        self.connection = None
        self.announcement = said

    def __enter__(self):
        self.get("/")
        return self

    def __exit__(self, *_):
        if self.connection:
            self.connection.close()
        self.workplace.end(self.child)

    def listen(self):
        for line in self.child.stdout:
            with self.heard:
                self.lines.append(line.rstrip())
                self.heard.notify_all()
        with self.heard:
            self.lines.append("")
            self.ended = True
            self.heard.notify_all()

    ended = False

    def line(self, pattern, since=0):
        """The first line from the `since`th on that fits, once it has been said."""
        fits = lambda: next((line for line in self.lines[since:] if re.search(pattern, line)), None)
        with self.heard:
            self.heard.wait_for(lambda: fits() or self.ended, PATIENCE)
            said = fits()
        if said is None:
            raise Failed(f"{self.tool.name}'s server did not say `{getattr(pattern, 'pattern', pattern)}`:\n" + "\n".join(self.lines[-20:]))
        return said

    def get(self, address):
        """A page's bytes over the one connection; it is made again where the server has closed it."""
        for attempt in range(3):
            try:
                if not self.connection:
                    self.connection = http.client.HTTPConnection(self.host, int(self.port), timeout=PATIENCE)
                self.connection.request("GET", address)
                answer = self.connection.getresponse()
                body = answer.read()
                if answer.status != 200:
                    # A page that is being written anew may be missing for a moment.
                    return b""
                return body
            except (http.client.HTTPException, ConnectionError) as error:
                self.connection = None
                if attempt == 2:
                    raise Failed(f"{self.tool.name}'s server does not answer: {error}") from error

    def until(self, address, *words, since=None):
        """Seconds until a page holds all these words."""
        since = since or time.perf_counter()
        words = [word.encode() for word in words]
        while True:
            body = self.get(address)
            now = time.perf_counter()
            if all(word in body for word in words):
                return now - since
            if now - since > PATIENCE:
                raise Failed(f"{self.tool.name}'s {address} has no {b', '.join(words).decode()} after {PATIENCE} s")
            time.sleep(PAUSE)

    def memory(self):
        """Peak megabytes so far, where the system tells."""
        try:
            with open(f"/proc/{self.child.pid}/status") as status:
                return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))
        except (OSError, StopIteration):
            return None


def save(workplace, file, text):
    """Puts a text in a file's place in one step; the moment it was there."""
    beside = workplace.root / "being-saved"
    beside.write_text(text, encoding="utf-8")
    begun = time.perf_counter()
    os.replace(beside, file)
    return begun
