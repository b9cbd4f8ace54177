"""Three changes of the sample workshop as branches of a real repository: reworded, split, and merged."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from tests.conftest import ROOT
from tests.git.repository import Made, make


def reviews(folder: Path) -> Made:
    """A repository with the sample in course/: `main`, and the branches `reworded`, `split` and `merged`."""
    made = make(folder)
    shutil.copytree(ROOT / "sample-workshop", made.top / "course")
    made.commit({})
    made.git("branch", "-M", "main")
    made.git("checkout", "-q", "-b", "reworded")
    _edit(
        made,
        "first-pod",
        {
            "You will rarely create pods by hand later on, but": "Later on you will seldom create pods, but",
            "the next step on they are\n  how": "the next\n  step on they are how",
            "--all-namespaces\n": "-A\n",
        },
    )
    made.commit({})
    _split(made)
    _merge(made)
    made.git("checkout", "-q", "main")
    return made


def _split(made: Made) -> None:
    """One step becomes two, the first of them with another id."""
    made.git("checkout", "-q", "-b", "split", "main")
    path = made.top / "course" / "steps" / "deployments.yaml"
    text = path.read_text(encoding="utf-8")
    start, end = text.index("  ## Change the number"), text.index("  ## Check")
    first = text[:start] + text[end:]
    path.unlink()
    path.with_name("first-deployment.yaml").write_text(
        first.replace("id: deployments", "id: first-deployment"), encoding="utf-8"
    )
    second = (
        "id: scaling\ntitle: Change the number of pods\n"
        "image_tag: yamlsync-samples/kubernetes-basics:scaling\n"
        f"markdown: |\n  # Change the number of pods\n\n{text[start:end]}"
    )
    path.with_name("scaling.yaml").write_text(second.rstrip() + "\n", encoding="utf-8")
    _reorder(made, {"  - deployments\n": "  - first-deployment\n  - scaling\n"})
    for step in path.parent.glob("*.yaml"):
        said = step.read_text(encoding="utf-8").replace('steps["deployments"]', 'steps["first-deployment"]')
        step.write_text(said, encoding="utf-8")
    made.commit({})


def _merge(made: Made) -> None:
    """On one branch two steps change places, on another one is removed; a third has both."""
    made.git("checkout", "-q", "-b", "moved", "main")
    _reorder(made, {"  - services\n  - config-maps\n": "  - config-maps\n  - services\n"})
    made.commit({})
    made.git("checkout", "-q", "-b", "removed", "main")
    _reorder(made, {"  - debugging\n": ""})
    (made.top / "course" / "steps" / "debugging.yaml").unlink()
    for step in (made.top / "course" / "steps").glob("*.yaml"):
        said = step.read_text(encoding="utf-8").replace('steps["debugging"]', 'steps["rollouts"]')
        step.write_text(said, encoding="utf-8")
    made.commit({})
    made.git("checkout", "-q", "-b", "merged", "moved")
    made.git("merge", "-q", "--no-edit", "removed")


def _edit(made: Made, step: str, words: Mapping[str, str]) -> None:
    path = made.top / "course" / "steps" / f"{step}.yaml"
    _replace(path, words)


def _reorder(made: Made, lines: Mapping[str, str]) -> None:
    _replace(made.top / "course" / "workshop.yaml", lines)


def _replace(path: Path, words: Mapping[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in words.items():
        assert old in text, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
