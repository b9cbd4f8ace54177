"""Merge keys: what a mapping has with what is merged into it, as goss reads it (GOSS-11)."""

from __future__ import annotations

from yamlsync.document.foreign.parts import MAX_DEPTH, Part
from yamlsync.rules.goss.finding import Findings

_MOST_PAIRS = 200_000
"""Of one spec: whoever merges more wants to keep goss busy."""


class Merging:
    """Flattens the mappings of one spec, each once."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._flat: dict[int, list[tuple[Part, Part]]] = {}
        self._made = 0
        self._depth = 0

    def pairs(self, part: Part) -> list[tuple[Part, Part]]:
        """The pairs of a mapping; those that are merged stand behind its own, and give way to them."""
        own = part.pairs or []
        if not any(map(_merges, own)):
            return own
        if id(part) not in self._flat:
            if self._depth >= MAX_DEPTH:
                return own
            self._depth += 1
            self._flat[id(part)] = self._flatten(own)
            self._depth -= 1
        return self._flat[id(part)]

    def _flatten(self, own: list[tuple[Part, Part]]) -> list[tuple[Part, Part]]:
        flat = [(key, value) for key, value in own if not _merges((key, value))]
        names = {key.token for key, _ in flat}
        for _, value in filter(_merges, own):
            for source in value.items if value.items is not None else [value]:
                if source.pairs is None:
                    message = "<< merges mappings, and this is none: goss refuses the spec"
                    help = "write << with an alias of a mapping, as in <<: *name"
                    self._findings.at("YS501", source, message, help)
                    continue
                for each in self.pairs(source):
                    self._made += 1
                    if self._made > _MOST_PAIRS:
                        return flat
                    if each[0].token not in names:
                        names.add(each[0].token)
                        flat.append(each)
        return flat


def _merges(pair: tuple[Part, Part]) -> bool:
    key, _ = pair
    return key.token == "<<" and not key.style  # noqa: S105 - a token of YAML
