"""The table, its notes, and the same as JSON."""

import datetime
import json
import os
import platform
import statistics

HEAD = ("what", "size", "Onside", "Hugo", "floor", "ratio", "target", "met")


class Report:
    def __init__(self):
        self.rows = []
        self.faults = []

    def times(self, what, size, samples, target=None):
        """Seconds by tool; the target is the ratio to Hugo, or a number of seconds."""
        row = self.row(what, size, {tool: spread(each) for tool, each in samples.items()}, samples, "s")
        ours, theirs = middle(samples.get("Onside")), middle(samples.get("Hugo"))
        if ours and theirs:
            row["ratio"] = f"{theirs / ours:.1f}×"
        match target:
            case ("times", factor):
                row["target"] = f"{factor}× as fast"
                row["met"] = met(theirs and theirs / ours >= factor)
            case ("seconds", limit):
                row["target"] = amount(limit)
                row["met"] = met(ours <= limit)

    def megabytes(self, what, size, samples):
        row = self.row(what, size, {tool: f"{max(each):,.0f} MB" for tool, each in samples.items()}, samples, "MB")
        if "Hugo" in samples:
            row["ratio"] = f"{max(samples['Hugo']) / max(samples['Onside']):.1f}×"

    def counts(self, what, size, counts, target=None):
        row = self.row(what, size, {tool: f"{count:,}" for tool, count in counts.items()}, counts, "")
        if target is not None:
            row.update(target=str(target), met=met(counts["Onside"] <= target))

    def growth(self, what, size, before, after, limit=None):
        """By how much a median has grown, by tool."""
        factors = {tool: middle(after[tool]) / middle(before[tool]) for tool in after if tool in before}
        row = self.row(what, size, {tool: f"{factor:.1f}×" for tool, factor in factors.items()}, factors, "")
        if limit:
            row.update(target=f"at most {limit}×", met=met(factors["Onside"] <= limit))

    def holds(self, what, size, answers):
        """Whether something is so; where it is not so for Onside, the run has failed."""
        row = self.row(what, size, {tool: "yes" if answer else "no" for tool, answer in answers.items()}, answers, "")
        row.update(target="yes", met=met(answers["Onside"]))
        if not answers["Onside"]:
            self.faults.append(f"{what} ({size})")

    def row(self, what, size, cells, samples, unit):
        row = {**dict.fromkeys(HEAD, "–"), "what": what, "size": size, **cells, "samples": samples, "unit": unit}
        self.rows.append(row)
        return row

    def markdown(self):
        lines = [HEAD, ["---"] * len(HEAD), *[[row[key] for key in HEAD] for row in self.rows]]
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)

    def json(self, notes):
        return json.dumps({"notes": notes, "rows": self.rows, "faults": self.faults}, indent=1, ensure_ascii=False) + "\n"


def middle(samples):
    return statistics.median(samples) if samples else None


def met(answer):
    return "–" if answer is None else "yes" if answer else "**not met**"


def amount(seconds):
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.0f} ms" if seconds >= 0.01 else f"{seconds * 1000:.1f} ms"


def spread(samples):
    """The median, and from where to where; of many, the ninth of ten."""
    if len(samples) >= 8:
        ninth = statistics.quantiles(samples, n=10, method="inclusive")[8]
        return f"{amount(middle(samples))} (p90 {amount(ninth)})"
    return f"{amount(middle(samples))} ({amount(min(samples))}..{amount(max(samples))})"


def notes(tools, workplace):
    return {
        "date": datetime.date.today().isoformat(),
        "machine": f"{os.cpu_count()} cores, {memory():.0f} GB, {processor()}, {platform.system()} {platform.release()}",
        "load": f"{load()} when it began",
        "written to": workplace.disk,
        "versions": ", ".join(tool.version() for tool in tools) + f", Python {platform.python_version()}",
    }


def load():
    """How many programs want a core; more than the run's own make its figures worse than they are."""
    return f"{os.getloadavg()[0]:.1f}"


def memory():
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30


def processor():
    try:
        with open("/proc/cpuinfo") as file:
            return next(line.split(":")[1].strip() for line in file if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()
