"""One look at a spec: its text → all that the rules of this family find, told apart by their codes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

from yamlsync.document.foreign.parts import ForeignText, Part
from yamlsync.document.foreign.reading import read_foreign
from yamlsync.layout.finding import nearest
from yamlsync.rules.course import Course
from yamlsync.rules.diagnostic import Diagnostic
from yamlsync.rules.goss.attributes import OTHER_NAMES, RESOURCES, Resource
from yamlsync.rules.goss.finding import Findings, SpecFinding, shown
from yamlsync.rules.goss.merging import Merging
from yamlsync.rules.goss.scalars import is_set, kind, named
from yamlsync.rules.goss.usual import is_usual
from yamlsync.rules.goss.values import CHECKS, check_port

_A_RESOURCE = "write its attributes below it, each as attribute: value"
_TYPES = list(RESOURCES)
_MOST_TRIED = 10
_EXAMPLES = {"exit-status": "0", "status": "200", "value": "...", "matches": "..."}


def found(course: Course, code: str) -> Iterator[Diagnostic]:
    """What the rule `code` finds in the specs of a course. Of one whose lines are lost, YS304 speaks."""
    for file in course.steps:
        spec = file.step.goss_spec
        if spec is not None and not course.is_folded(file, ("goss_spec", "=")):
            for each in inspect(spec):
                if each.code == code:
                    yield Diagnostic(file.path, ("goss_spec", "="), each.message, each.help, each.within)


@lru_cache(maxsize=16_384)
def inspect(spec: str) -> tuple[SpecFinding, ...]:
    """All findings of all rules in one spec. Each spec is looked at once, however many rules ask."""
    findings = Findings()
    if "{{" in spec:
        at = spec.index("{{")
        message = "a Go template: what goss reads is known only when it runs, so this is not checked"
        findings.add("YS514", message, "if {{ was not meant for goss, write {{ `{{` }}", (at, at + 2))
    elif not is_usual(spec):
        _Inspection(findings, read_foreign(spec), Merging(findings) if "<<" in spec else None).run()
    return tuple(findings.found)


class _Inspection:
    def __init__(self, findings: Findings, read: ForeignText, merging: Merging | None) -> None:
        self.findings = findings
        self.read = read
        self.merging = merging

    def _pairs(self, part: Part) -> list[tuple[Part, Part]]:
        return (part.pairs or []) if self.merging is None else self.merging.pairs(part)

    def run(self) -> None:
        read, findings = self.read, self.findings
        if read.fault is not None:
            fault = read.fault
            findings.add("YS501", fault.message, fault.help, (fault.start, max(fault.end, fault.start + 1)))
            return
        for start, end in read.tags:
            message = "a ! without quotes starts a tag of YAML: what is meant by it is lost to goss"
            findings.add("YS510", message, "put the whole text in quotes", (start, end))
        if read.duplicates:
            self._duplicates()
        if read.root is None:
            message = "the spec holds nothing: goss ends with an error where it finds no test"
            findings.add("YS513", message, "add a resource, or delete goss_spec", None)
        elif read.root.pairs:
            self._root(read.root)
        elif read.root.pairs is not None:
            message = "the spec is empty: goss ends with an error where it finds no test"
            findings.at("YS513", read.root, message, "add a resource, or delete goss_spec")
        elif not read.tags:
            message = f"the spec is {named(read.root)}, where goss wants a mapping of resources"
            help = "start with a type of resource, as in command: or file:"
            findings.at("YS501", read.root, message, help)

    def _duplicates(self) -> None:
        """What stands below a type that goss does not know, it does not look into."""
        pairs = self.read.root.pairs or [] if self.read.root else []
        sections = [key for key, _ in pairs]
        starts = [key.start for key in sections]
        for second, _ in self.read.duplicates:
            index = bisect_right(starts, second.start) - 1
            known = index < 0 or sections[index] is second or sections[index].token in RESOURCES
            if known or self.read.anchors:
                message = f"the key {shown(second.token or '')} stands here already: goss refuses the spec"
                help = "put all under one key, or give one of the two another name"
                self.findings.at("YS502", second, message, help)

    def _root(self, root: Part) -> None:
        pairs = self._pairs(root)
        for index, (key, value) in enumerate(pairs):
            resource = RESOURCES.get(key.token or "")
            if resource is None:
                end = pairs[index + 1][0].start if index + 1 < len(pairs) else None
                if not self._holds_anchors(key, end):
                    self.findings.unknown("YS503", key, "goss does not know the resource", _TYPES)
            elif value.pairs:
                for id, body in self._pairs(value):
                    self._resource(key.token or "", resource, id, body)
            elif value.pairs is not None or kind(value) == "nothing":
                message = f"{key.token} has no resource below it: nothing is checked"
                self.findings.at("YS513", key, message, "name a resource below it, or delete the line")
            else:
                message = f"{key.token} is {named(value)} here, where goss wants a mapping"
                self.findings.at("YS505", value, message, "name each resource as a key below it")

    def _holds_anchors(self, key: Part, end: int | None) -> bool:
        """Whether parts of what stands below a key are for use elsewhere; goss reads nothing else of it."""
        anchors = self.read.anchors
        next = bisect_right(anchors, key.start)
        return next < len(anchors) and (end is None or anchors[next] < end)

    def _resource(self, type: str, resource: Resource, id: Part, body: Part) -> None:
        name = shown(id.token or "")
        if id.token is None:
            self.findings.at("YS501", id, f"a key that is {named(id)}: goss refuses the spec", "write a text")
        elif body.pairs is not None:
            if not (self.findings.enough or (self.read.anchors and not self.findings.first_time(type, body))):
                self._attributes(type, resource, id, body)
        elif kind(body) == "nothing":
            self.findings.at("YS505", id, f"{name} has no attributes: goss refuses the spec", _A_RESOURCE)
        else:
            message = f"{name} is {named(body)} here, where goss wants attributes"
            self.findings.at("YS505", body, message, _A_RESOURCE)

    def _attributes(self, type: str, resource: Resource, id: Part, body: Part) -> None:
        findings, checks = self.findings, CHECKS[type]
        given: dict[str, tuple[Part, Part]] = {}
        unknown: list[str] = []
        for pair in self._pairs(body):
            key, value = pair
            name = key.token or ""
            check = checks.get(name)
            if check is None:
                unknown.append(self._unknown(type, key))
                continue
            given[name] = pair
            if name in resource.renamed:
                given.setdefault(self._renamed(key, resource.renamed[name]), pair)
            if value.token is not None or not self.read.anchors or findings.first_time(name, value):
                check(findings, key, value)
        if type == "port" and "port" not in given:
            check_port(findings, id)
        required = resource.required
        if required is not None:
            if required not in given or kind(given[required][1]) == "nothing":
                self._lacks(required, id, given, unknown)
        elif resource.compared and not (
            any(name in given for name in resource.compared) or _misspelled(unknown, resource.compared)
        ):
            help = f"add {' or '.join(resource.compared)}"
            findings.at("YS513", id, f"nothing of {shown(id.token or '')} is checked", help)

    def _unknown(self, type: str, key: Part) -> str:
        """Tells of an attribute that goss does not know; gives the one that is meant, or what is written."""
        name, message = key.token or "", f"a {type} has no attribute"
        meant = OTHER_NAMES.get(type, {}).get(name)
        if meant is None:
            self.findings.unknown("YS504", key, message, list(CHECKS[type]))
            return name
        self.findings.at("YS504", key, f"{message} {shown(name)}", f"write {meant}")
        return meant

    def _renamed(self, key: Part, present: str) -> str:
        message = f"{key.token} is the old name of {present}, which goss warns of"
        self.findings.at("YS508", key, message, f"write {present}")
        return present

    def _lacks(
        self, required: str, id: Part, given: dict[str, tuple[Part, Part]], unknown: list[str]
    ) -> None:
        """What is skipped needs nothing, and what is misspelled has been told already."""
        if ("skip" in given and is_set(given["skip"][1])) or _misspelled(unknown, (required,)):
            return
        help = f"write {required}: {_EXAMPLES.get(required, 'true')}"
        if required in given:
            message = f"{required} has no value, and goss always compares it: the check can never pass"
            self.findings.at("YS507", given[required][0], message, help)
        else:
            message = (
                f"{shown(id.token or '')} has no {required}, which goss always compares: it can never pass"
            )
            self.findings.at("YS507", id, message, help)


def _misspelled(unknown: list[str], wanted: Sequence[str]) -> bool:
    return any(nearest(name, wanted) for name in unknown[:_MOST_TRIED])
