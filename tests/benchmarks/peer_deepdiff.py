"""The usual script for a diff: PyYAML's own loader for each file, and DeepDiff for the whole."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import yaml
from deepdiff import DeepDiff


def load_tree(directory: str) -> dict[str, Any]:
    """What each file says, by its path."""
    root = Path(directory)
    paths = sorted(root.rglob("*.yaml"))
    return {str(path.relative_to(root)): yaml.load(path.read_bytes(), yaml.SafeLoader) for path in paths}


print(DeepDiff(load_tree(sys.argv[1]), load_tree(sys.argv[2])).pretty())
