"""Three real changes of the sample workshop, as reviewers meet them, and any two workshops compared."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tests.conftest import ROOT
from tests.edited import Sides
from yamlsync.changes.comparing import diff
from yamlsync.comparison import Comparison, Side, compare
from yamlsync.opening import Directory

SAMPLE = ROOT / "sample-workshop"


def comparison(sides: Sides, *, old: str = "old", new: str = "new") -> Comparison:
    """Two definitions, compared as if each were a directory of that name."""
    before, after = (Side(name, each, Directory(name)) for name, each in zip((old, new), sides, strict=True))
    return Comparison(before, after, diff(*sides))


def compared(old: Path, new: Path) -> Comparison:
    """Two directories, compared."""
    found = compare(str(old), str(new))
    assert isinstance(found, Comparison), found
    return found


def copy(to: Path) -> Path:
    """The sample workshop, to be edited."""
    shutil.copytree(SAMPLE, to)
    return to


def edit(file: Path, *changes: tuple[str, str]) -> None:
    """Puts texts in place of others, each of which stands in the file once at least."""
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    file.write_text(text, encoding="utf-8")


def edit_prose(folder: Path) -> None:
    """A sentence reworded, another added, a hint sharpened, a check dropped."""
    edit(
        folder / "steps" / "probes.yaml",
        ("That says little. A program may", "That says next to nothing. A program may"),
        ("with a few lines. In Go", "with a few lines of code. In Go"),
        ("Freeze one pod as shown and wait for half a minute.", "Freeze one pod as shown and wait a minute."),
        ("      exit-status: 0\n      timeout: 65000\n", "      exit-status: 0\n"),
    )


def split_step(folder: Path) -> None:
    """One step split in two, of which the first has another id and title."""
    steps = folder / "steps"
    text = (steps / "services.yaml").read_text(encoding="utf-8")
    sections = re.split(r"(?m)^(?=  ## )", text)
    middle = len(sections) // 2
    first = "".join(sections[:middle])
    first = first.replace("id: services", "id: stable-address", 1)
    (steps / "services.yaml").unlink()
    (steps / "stable-address.yaml").write_text(first, encoding="utf-8")
    second = "id: balancing\ntitle: Share the work between pods\n"
    second += "image_tag: yamlsync-samples/kubernetes-basics:balancing\nmarkdown: |\n"
    second += "  # Share the work between pods\n\n" + "".join(sections[middle:])
    (steps / "balancing.yaml").write_text(second, encoding="utf-8")
    edit(folder / "workshop.yaml", ("  - services\n", "  - stable-address\n  - balancing\n"))


def merge_branches(folder: Path) -> None:
    """What two people did: one moved a step and its condition, the other dropped one and changed an image."""
    steps = folder / "steps"
    edit(folder / "workshop.yaml", ("  - debugging\n", ""), ("  - welcome\n", "  - welcome\n  - debugging\n"))
    edit(folder / "workshop.yaml", ("  - one-command\n", ""))
    (steps / "one-command.yaml").unlink()
    edit(steps / "rollouts.yaml", ("kubernetes-basics:rollouts", "kubernetes-basics:rollouts-2"))
    edit(steps / "probes.yaml", ("# Back past the optional step.\nnavigation:\n  prev: config-maps\n", ""))
