"""The table, its notes, and the same as JSON."""

import datetime
import json
import os
import platform
import statistics

FRONT, BACK = ("what", "size"), ("ratio", "target", "met")


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

    def medians(self, what, size, samples, unit, tail=None):
        """Medians by tool, and how bad it gets; the ratio is to the least of the others."""
        show = SHOWN[unit]
        worst = lambda each: f" ({tail[0]} {show(tail[1](each))})" if tail else ""
        row = self.row(what, size, {tool: show(middle(each)) + worst(each) for tool, each in samples.items()}, samples, unit)
        others = [middle(each) for tool, each in samples.items() if tool != "Onside"]
        if "Onside" in samples and others:
            row["ratio"] = f"{min(others) / middle(samples['Onside']):.1f}×"
        return row

    def scores(self, what, size, scores, show="{:.0%}"):
        """Figures of which the greater is the better."""
        self.row(what, size, {tool: show.format(score) for tool, score in scores.items()}, scores, "")

    def row(self, what, size, cells, samples, unit):
        row = {"what": what, "size": size, **dict.fromkeys(BACK, "–"), **cells, "samples": samples, "unit": unit}
        self.rows.append(row)
        return row

    def markdown(self):
        """Every row, with a column for each tool that any of them is about."""
        tools = dict.fromkeys(tool for row in self.rows for tool in row["samples"])
        head = [*FRONT, *sorted(tools, key=lambda tool: tool != "Onside"), *BACK]
        return table([head, *[[row.get(key, "–") for key in head] for row in self.rows]])

    def json(self, notes):
        return json.dumps({"notes": notes, "rows": self.rows, "faults": self.faults}, indent=1, ensure_ascii=False) + "\n"


def table(lines):
    """A table as Markdown has it; the first line is its head."""
    lines = [lines[0], ["---"] * len(lines[0]), *lines[1:]]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def middle(samples):
    return statistics.median(samples) if samples else None


def met(answer):
    return "–" if answer is None else "yes" if answer else "**not met**"


def amount(seconds):
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.0f} ms" if seconds >= 0.01 else f"{seconds * 1000:.1f} ms"


def bytes_of(count):
    return f"{count / 1e6:,.1f} MB" if count >= 1e6 else f"{count / 1e3:,.0f} kB"


SHOWN = {"s": amount, "MB": lambda megabytes: f"{megabytes:,.0f} MB", "bytes": bytes_of, "": lambda count: f"{count:,.10g}"}


def ninety_fifth(samples):
    return statistics.quantiles(samples, n=20, method="inclusive")[18] if len(samples) > 1 else samples[0]


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
