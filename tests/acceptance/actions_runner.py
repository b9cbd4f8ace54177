"""Runs a composite action's steps as GitHub's runner does, as far as ours uses it; anything else fails."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from attrs import field, frozen

_EXPRESSION = re.compile(r"\$\{\{ (.+?) \}\}")
_COMPARISON = re.compile(r"(\S+) (==|!=) '([^']*)'")
_REGISTERED = re.compile(
    "add-mask|add-matcher|add-path|debug|echo|endgroup|error|group|notice|remove-matcher|save-state|set-env"
    "|set-output|stop-commands|warning"
)
_STEP_KEYS = {"name", "id", "if", "continue-on-error", "shell", "env", "run", "uses", "with"}


@frozen
class Command:
    """What a step told the runner to do by what it printed."""

    name: str
    properties: Mapping[str, str]
    text: str


@frozen
class Ran:
    """What came of an action: its steps' outcomes in order, and what they left behind."""

    succeeded: bool
    outcomes: Mapping[str, str]
    outputs: Mapping[str, str]
    log: str
    summary: str
    exports: str
    """What was written for the steps of the job that come after."""
    handed: Mapping[str, Mapping[str, str]]
    """What other actions were used with, by the steps."""

    def commands(self, *names: str) -> list[Command]:
        """The commands of these names that the runner would take."""
        return [command for command in _commands(self.log) if command.name in names]


@frozen
class Runner:
    """Where an action runs. `used` gives the outputs of steps that use other actions, by the steps' ids.

    `github` is what workflows find under this name.
    """

    workspace: Path
    temporary: Path
    environment: Mapping[str, str]
    used: Mapping[str, Mapping[str, str]] = field(factory=dict)
    github: Mapping[str, Any] = field(factory=dict)

    def run(self, action: Path, **inputs: str) -> Ran:
        """Runs the action in a folder; `inputs` have `_` where the action's have `-`."""
        definition = load(action)
        context: dict[str, Any] = {"github": self.github, "steps": {}}
        context["inputs"] = _inputs(definition, inputs, context)
        outcomes, log, summary, exports = {}, "", "", ""
        handed = {}
        succeeded = True
        for number, step in enumerate(definition["runs"]["steps"]):
            assert set(step) <= _STEP_KEYS
            name = step.get("id", step["name"])
            outcome, outputs = "skipped", {}
            if succeeded and _holds(step.get("if", "true"), context):
                if "uses" in step:
                    outcome, outputs = "success", dict(self.used[name])
                    handed[name] = {key: _filled(str(value), context) for key, value in step["with"].items()}
                else:
                    place = self.temporary / f"step-{number}"
                    code, said = self._step(action, step, context, place)
                    outcome = "failure" if code else "success"
                    outputs = dict(_key_values((place / "GITHUB_OUTPUT").read_text(encoding="utf-8")))
                    log += said
                    summary += (place / "GITHUB_STEP_SUMMARY").read_text(encoding="utf-8")
                    exports += "".join((place / f).read_text() for f in ("GITHUB_ENV", "GITHUB_PATH"))
            succeeded &= outcome != "failure" or step.get("continue-on-error") is True
            context["steps"][name] = {"outcome": outcome, "outputs": outputs}
            outcomes[name] = outcome
        results = {key: _filled(output["value"], context) for key, output in definition["outputs"].items()}
        return Ran(succeeded, outcomes, results, log, summary, exports, handed)

    def _step(self, action: Path, step: Any, context: Any, place: Path) -> tuple[int, str]:
        assert step["shell"] == "bash"
        place.mkdir(parents=True)
        environment = {
            **self.environment,
            "GITHUB_ACTIONS": "true",
            "GITHUB_WORKSPACE": str(self.workspace),
            "GITHUB_ACTION_PATH": str(action),
            "RUNNER_TEMP": str(self.temporary),
        }
        for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_ENV", "GITHUB_PATH"):
            (place / name).touch()
            environment[name] = str(place / name)
        environment |= {key: _filled(value, context) for key, value in step.get("env", {}).items()}
        (place / "script.sh").write_text(_filled(step["run"], context), encoding="utf-8")
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", str(place / "script.sh")],
            cwd=self.workspace,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        return done.returncode, done.stdout.decode(errors="replace")


def load(action: Path) -> Any:
    """The definition of the action in a folder."""
    return yaml.safe_load((action / "action.yml").read_text(encoding="utf-8"))


def _inputs(definition: Any, given: Mapping[str, str], context: Any) -> dict[str, str]:
    named = {key.replace("_", "-"): value for key, value in given.items()}
    assert set(named) <= set(definition["inputs"])
    return {
        key: named[key] if key in named else _filled(spec["default"], context)
        for key, spec in definition["inputs"].items()
    }


def _filled(text: str, context: Any) -> str:
    filled = _EXPRESSION.sub(lambda match: _value(match[1], context), text)
    assert "${{" not in _EXPRESSION.sub("", text)
    return filled


def _holds(condition: str, context: Any) -> bool:
    return all(_one_holds(part, context) for part in condition.split(" && "))


def _one_holds(condition: str, context: Any) -> bool:
    if condition == "true":
        return True
    match = _COMPARISON.fullmatch(condition)
    assert match, f"the test's runner does not know {condition}"
    return (_value(match[1], context) == match[3]) is (match[2] == "==")


def _value(path: str, context: Any) -> str:
    """What stands at a path: steps and inputs have to be there, outputs need not."""
    match path.split("."):
        case ["inputs", name]:
            return str(context["inputs"][name])
        case ["steps", step, "outputs", name]:
            return str(context["steps"][step]["outputs"].get(name, ""))
        case ["steps", step, "outcome"]:
            return str(context["steps"][step]["outcome"])
        case ["github", *names]:
            found: Any = context["github"]
            for name in names:
                found = found.get(name) if isinstance(found, Mapping) else None
            return "" if found is None else str(found)
    raise AssertionError(f"the test's runner does not know {path}")


def _key_values(text: str) -> Iterator[tuple[str, str]]:
    """The pairs in a file of outputs: `name=value`, or `name<<END`, lines, and END."""
    lines = iter(text.splitlines())
    for line in lines:
        if match := re.fullmatch(r"([^=<]+)<<(.+)", line):
            value = []
            for each in lines:
                if each == match[2]:
                    break
                value.append(each)
            yield match[1], "\n".join(value)
        else:
            name, equals, rest = line.partition("=")
            assert equals
            yield name, rest


def _commands(log: str) -> Iterator[Command]:
    """The commands in what steps printed: behind spaces, or in the old style anywhere in a line."""
    stopped = None
    for line in log.splitlines():
        if stopped is not None:
            if line.strip() == f"::{stopped}::":
                stopped = None
            continue
        match = re.match(r"\s*::([a-z-]+)(?: (.*?))?::(.*)", line) or re.search(
            r"##\[([a-z-]+)(?: (.*?))?\](.*)", line
        )
        if match is None or not _REGISTERED.fullmatch(match[1]):
            continue
        if match[1] == "stop-commands":
            stopped = match[3]
            continue
        pairs = [pair.split("=", 1) for pair in (match[2] or "").split(",") if pair]
        yield Command(match[1], {key: _plain(value) for key, value in pairs}, _plain(match[3]))
    assert stopped is None, "commands were stopped for good"


def _plain(text: str) -> str:
    for spelled, meant in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(spelled, meant)
    return text
