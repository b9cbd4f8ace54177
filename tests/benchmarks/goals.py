"""What the project promises of its speed and memory, held against what was measured."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from .contenders import (
    AGAIN,
    CHECK,
    CHECK_ONE,
    DIFFABLE,
    DIGEST,
    EXPORT,
    FLOOR,
    FMT,
    IMPORT,
    PASS,
    PRETTIER,
    PYYAML,
    ROWS,
    RUAMEL,
    VERIFY,
    VERSION,
    YAMLSYNC,
)
from .diffs import BARE, DEEPDIFF, DIFF, HTML, START, TREES
from .processes import Figures


@dataclass
class Measured:
    """All figures of a run: by command, for each size; and the bytes of YAML of each size."""

    imports: dict[int, dict[str, Figures]] = field(default_factory=dict)
    exports: dict[int, dict[str, Figures]] = field(default_factory=dict)
    formats: dict[int, dict[str, Figures]] = field(default_factory=dict)
    checks: dict[int, dict[str, Figures]] = field(default_factory=dict)
    digests: dict[int, dict[str, Figures]] = field(default_factory=dict)
    verifications: dict[int, dict[str, Figures]] = field(default_factory=dict)
    diffs: dict[int, dict[str, Figures]] = field(default_factory=dict)
    start: dict[str, Figures] = field(default_factory=dict)
    yaml_bytes: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Ratio:
    """Of medians, by which goals are judged, and of the best runs, which noise touches least."""

    median: float
    best: float


@dataclass(frozen=True)
class Goal:
    """A ratio and its bound: at least `least`, or at most `most`; no ratio where it was not measured."""

    what: str
    ratio: Ratio | None
    least: float | None = None
    most: float | None = None

    @property
    def wanted(self) -> str:
        """The bound in words."""
        return f"at least {self.least:g}" if self.least is not None else f"at most {self.most:g}"

    @property
    def met(self) -> str:
        """Yes or no."""
        if self.ratio is None:
            return "not measured"
        low, high = self.least or 0.0, self.most if self.most is not None else float("inf")
        return "yes" if low <= self.ratio.median <= high else "**no**"


def goals(measured: Measured) -> Iterator[Goal]:
    """All goals, in the order of the report."""
    found = measured.imports
    yield Goal("import, 1,000 steps: ruamel script / yamlsync", _ratio(found, 1000, RUAMEL), least=20)
    yield Goal("import, 1,000 steps: libyaml script / yamlsync", _ratio(found, 1000, PYYAML), least=1)
    yield Goal("import, 1,000 steps: sqlite-diffable / yamlsync", _ratio(found, 1000, DIFFABLE), least=1)
    yield Goal("import, 1,000 steps: yamlsync / floor", _ratio(found, 1000, YAMLSYNC, FLOOR), most=2.5)
    yield Goal("import, 10,000 steps: yamlsync / floor", _ratio(found, 10_000, YAMLSYNC, FLOOR), most=2)
    yield Goal("import, 10,000 steps: peak memory / YAML", _memory(measured, found), most=6)
    found = measured.exports
    yield Goal("export, 1,000 steps: ruamel script / yamlsync", _ratio(found, 1000, RUAMEL), least=25)
    yield Goal("export, 1,000 steps: libyaml script / yamlsync", _ratio(found, 1000, PYYAML), least=2)
    yield Goal("export, 1,000 steps: nothing changed / fresh", _ratio(found, 1000, AGAIN), most=1)
    yield Goal("export, 10,000 steps: peak memory / YAML", _memory(measured, found), most=6)
    found = measured.formats
    yield Goal("fmt, 1,000 steps: ruamel script / yamlsync", _ratio(found, 1000, RUAMEL), least=25)
    yield Goal("fmt, 1,000 steps: prettier / yamlsync", _ratio(found, 1000, PRETTIER), least=10)
    reading = _between(found, 1000, measured.imports)
    yield Goal("fmt, 1,000 steps: yamlsync fmt / yamlsync import", reading, most=1)
    yield Goal("fmt, 10,000 steps: peak memory / YAML", _memory(measured, found), most=2)
    yield Goal("check, 1,000 steps: check / import", _ratio(measured.checks, 1000, CHECK), most=1.5)
    for name, found in ((DIGEST, measured.digests), (VERIFY, measured.verifications)):
        what = name.removeprefix("yamlsync ")
        yield Goal(f"{what}, from 10 to 1,000 steps: yamlsync / floor", _more(found, name, ROWS), most=2)
    found = measured.diffs
    for name, most in ((DIFF, 1.5), (HTML, 5)):
        what = f"{name.removeprefix('yamlsync ')}, 1,000 steps: yamlsync / start-up and floor"
        yield Goal(what, _beyond_start(found.get(1000, {}), name), most=most)
    yield Goal("diff, 1,000 steps: DeepDiff script / yamlsync", _ratio(found, 1000, DEEPDIFF, DIFF), least=50)
    found = {10: measured.start}
    yield Goal("import, 10 steps / python -c pass", _ratio(found, 10, IMPORT, PASS), most=10)
    yield Goal("export, 10 steps / python -c pass", _ratio(found, 10, EXPORT, PASS), most=10)
    yield Goal("fmt of one file / python -c pass", _ratio(found, 10, FMT, PASS), most=12)
    yield Goal("check of one file / python -c pass", _ratio(found, 10, CHECK_ONE, PASS), most=12)
    yield Goal("yamlsync --version / python -c pass", _ratio(found, 10, VERSION, PASS), most=4)


def _ratio(
    found: Mapping[int, Mapping[str, Figures]], steps: int, name: str, of: str = YAMLSYNC
) -> Ratio | None:
    return _quotient(found.get(steps, {}).get(name), found.get(steps, {}).get(of))


def _more(found: Mapping[int, Mapping[str, Figures]], name: str, of: str) -> Ratio | None:
    """Of what 990 steps more take: start-up is no part of that."""
    figures = [found.get(steps, {}).get(each) for each in (name, of) for steps in (10, 1000)]
    if not all(each and each.seconds for each in figures):
        return None
    small, large, of_small, of_large = (each for each in figures if each)
    return Ratio(
        (large.median - small.median) / (of_large.median - of_small.median),
        (min(large.seconds) - min(small.seconds)) / (min(of_large.seconds) - min(of_small.seconds)),
    )


def _beyond_start(found: Mapping[str, Figures], name: str) -> Ratio | None:
    """Of our own start-up, and what the floor takes beyond the interpreter's."""
    needed = [found.get(each) for each in (name, START, TREES, BARE)]
    figures = [each for each in needed if each and each.seconds]
    if len(figures) < len(needed):
        return None
    medians, bests = ([kind(each) for each in figures] for kind in (_median, _best))
    return Ratio(*(whole / (start + floor - bare) for whole, start, floor, bare in (medians, bests)))


def _median(figures: Figures) -> float:
    return figures.median


def _best(figures: Figures) -> float:
    return min(figures.seconds)


def _between(
    found: Mapping[int, Mapping[str, Figures]], steps: int, of: Mapping[int, Mapping[str, Figures]]
) -> Ratio | None:
    """Of our own figures for two kinds of work."""
    return _quotient(found.get(steps, {}).get(YAMLSYNC), of.get(steps, {}).get(YAMLSYNC))


def _quotient(upper: Figures | None, lower: Figures | None) -> Ratio | None:
    if not upper or not lower or not upper.seconds or not lower.seconds:
        return None
    return Ratio(upper.median / lower.median, min(upper.seconds) / min(lower.seconds))


def _memory(measured: Measured, found: Mapping[int, Mapping[str, Figures]]) -> Ratio | None:
    figures = found.get(10_000, {}).get(YAMLSYNC)
    if figures is None or not figures.peaks:
        return None
    yaml_bytes = measured.yaml_bytes[10_000]
    return Ratio(figures.peak / yaml_bytes, min(figures.peaks) / yaml_bytes)
