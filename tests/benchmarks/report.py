"""The figures as Markdown tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from .contenders import AGAIN, FLOOR, PASS, YAMLSYNC
from .goals import Goal, Measured
from .processes import Figures

_MEGABYTE = 1_000_000


def render(measured: Measured, goals: Sequence[Goal]) -> str:
    """All tables, one below the other."""
    parts: list[str] = []
    for what, found in (
        ("Import", measured.imports),
        ("Export", measured.exports),
        ("Format", measured.formats),
        ("Check", measured.checks),
        ("Digest", measured.digests),
        ("Verify", measured.verifications),
        ("Diff", measured.diffs),
    ):
        for steps, figures in found.items():
            size = measured.yaml_bytes[steps] / _MEGABYTE
            parts += [f"## {what}, {steps:,} steps, {size:.1f} MB of YAML", _speeds(figures)]
    if measured.start:
        parts += ["## Start-up, with 10 steps", _speeds(measured.start)]
    if measured.yaml_bytes:
        parts += ["## yamlsync by size", _table(_SIZES, _by_size(measured))]
    parts += ["## Goals", _table(("ratio", "goal", "medians", "best runs", "met"), map(_judged, goals))]
    parts.append("A peak counts the benchmark's own memory in: that is what `python -c pass` shows.")
    return "\n\n".join(parts)


def _speeds(found: dict[str, Figures]) -> str:
    columns = ["command", "median ms", "min-max ms", "runs", "peak MB"]
    against = [name for name in (PASS, YAMLSYNC, FLOOR) if name in found and found[name].seconds]
    rows = []
    for name, figures in found.items():
        if figures.missing:
            rows.append([name, figures.missing, *[""] * (len(columns) + len(against) - 2)])
            continue
        row = [name, _ms(figures.median), f"{_ms(min(figures.seconds))}-{_ms(max(figures.seconds))}"]
        row += [str(len(figures.seconds)), _number(figures.peak / _MEGABYTE)]
        rows.append([*row, *(_number(figures.median / found[other].median) for other in against)])
    return _table([*columns, *(f"/ {name.partition(':')[0]}" for name in against)], rows)


_SIZES = ("command", "steps", "ms a step", "ms for each step more", "MB/s of YAML", "peak / YAML")


def _by_size(measured: Measured) -> Iterator[list[str]]:
    """Whether time grows as the steps do: start-up weighs on small sizes, so also what a step adds."""
    for what, found, name in (
        ("import", measured.imports, YAMLSYNC),
        ("export", measured.exports, YAMLSYNC),
        ("export, nothing changed", measured.exports, AGAIN),
        ("fmt, nothing to change", measured.formats, YAMLSYNC),
    ):
        before: tuple[int, float] | None = None
        for steps in sorted(found):
            median = found[steps][name].median
            more = (median - before[1]) / (steps - before[0]) if before else None
            speed = measured.yaml_bytes[steps] / _MEGABYTE / median
            peak = found[steps][name].peak / measured.yaml_bytes[steps]
            yield [
                *(what, f"{steps:,}", f"{median / steps * 1000:.2f}", _number(more and more * 1000)),
                *(_number(speed), _number(peak)),
            ]
            before = steps, median


def _judged(goal: Goal) -> list[str]:
    ratios = (goal.ratio.median, goal.ratio.best) if goal.ratio else (None, None)
    return [goal.what, goal.wanted, *map(_number, ratios), goal.met]


def _table(columns: Sequence[str], rows: Iterable[list[str]]) -> str:
    lines = [list(columns), ["---", *["---:"] * (len(columns) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f}"


def _number(value: float | None) -> str:
    if not value:
        return ""
    return f"{value:.0f}" if value >= 100 else f"{value:.2f}"
