"""Mistakes that authors make, put into the sample one at a time: found, alone, at the right place, with help.

Each is one edit of one file. The marks «» show what the finding must point at, and are not written.
"""

from __future__ import annotations

import re

import pytest
from attrs import frozen

from tests.conftest import ROOT
from yamlsync.check import check
from yamlsync.problems import Place
from yamlsync.publish.directory import directory_tree
from yamlsync.rules.selection import Selection
from yamlsync.tree import in_memory

SAMPLE = ROOT / "sample-workshop"


@frozen
class Mistake:
    """`old` becomes `new` in a file. `mended` is what stands between the marks when it is right again,
    where the help says that very text.
    """

    name: str
    path: str
    old: str
    new: str
    code: str
    mended: str | None = None
    help: str | None = None

    def __str__(self) -> str:
        return self.name


def in_step(
    id: str, name: str, old: str, new: str, code: str, mended: str | None = None, help: str | None = None
) -> Mistake:
    return Mistake(name, f"steps/{id}.yaml", old, new, code, mended, help)


def in_workshop(
    name: str, old: str, new: str, code: str, mended: str | None = None, help: str | None = None
) -> Mistake:
    return Mistake(name, "workshop.yaml", old, new, code, mended, help)


MISTAKES = [
    # The format.
    in_step("services", "a key that is spelled wrongly", "title:", "«titel»:", "YS107", "title"),
    in_step(
        "services",
        "a colon in a text without quotes",
        "title: Give pods a stable address",
        "title: Give pods«:» a stable address",
        "YS103",
        help="quotes",
    ),
    in_step(
        "services",
        "a tab for indentation",
        "  difficulty: easy",
        "«\t»difficulty: easy",
        "YS103",
        help="spaces",
    ),
    in_step(
        "services",
        "a text that a comment cuts short",
        'hint.2: "An empty list',
        'hint.2: "An empty" «l»ist',
        "YS103",
        help="quotes",
    ),
    in_step("services", "a quote that is never closed", 'duration: "20m"', 'duration: «"»20m', "YS103"),
    in_step("services", "a value that is missing", "difficulty: easy", "difficulty:«»", "YS110", help='""'),
    in_step(
        "services",
        "a key that stands there twice",
        "  group: networking",
        "  group: networking\n  «group»: networking",
        "YS106",
        help="delete one",
    ),
    in_step(
        "services",
        "a required key that is gone",
        "image_tag: yamlsync-samples/kubernetes-basics:services\n",
        "",
        "YS108",
        help="add image_tag",
    ),
    in_step(
        "services",
        "a merge conflict",
        "  group: networking",
        "«<<<<<<<» HEAD\n  group: networking\n=======\n  group: net\n>>>>>>> theirs",
        "YS113",
    ),
    in_step("services", "an anchor", "title: Give", "title: «&t» Give", "YS104"),
    in_workshop(
        "a format of the future", "format: yamlsync/1", "format: «yamlsync/9»", "YS110", "yamlsync/1"
    ),
    in_workshop(
        "a step that is listed twice",
        "  - services",
        "  - services\n  - «services»",
        "YS122",
        help="delete one",
    ),
    in_workshop(
        "a listed step without a file",
        "  - services",
        "  - «servces»",
        "YS123",
        help='did you mean "services"?',
    ),
    in_workshop("a step that no list names", "  - one-command\n", "", "YS124", help="add its id"),
    in_step("services", "an id that is not the file's", "id: services", "id: «service»", "YS125", "services"),
    in_step(
        "services",
        "a position that contradicts the list",
        "metadata:",
        "position: «1»\nmetadata:",
        "YS126",
        help="delete this line",
    ),
    # References and navigation.
    in_step("config-maps", "next names no step", "next: probes", "next: «prob»", "YS201", "probes"),
    in_step(
        "config-maps",
        "a condition names no step",
        'steps["services"]',
        'steps["«service»"]',
        "YS204",
        "services",
    ),
    in_step(
        "clean-up",
        "navigation runs in a circle",
        "navigation:",
        "navigation:\n  next: «welcome»",
        "YS206",
        help="delete this line",
    ),
    in_step(
        "debugging",
        "prev disagrees with next",
        "navigation:",
        "navigation:\n  prev: «services»",
        "YS208",
        help="delete this line",
    ),
    in_step(
        "one-command",
        "a side step that nothing leads to",
        "navigation:",
        "navigation:\n  prev: «null»",
        "YS207",
    ),
    in_step(
        "debugging",
        "next that follows from the order",
        "navigation:",
        "navigation:\n  «next»: clean-up",
        "YS301",
        help="delete this line",
    ),
    in_step(
        "services",
        "a position that follows from the order",
        "metadata:",
        "«position»: 4\nmetadata:",
        "YS302",
        help="delete this line",
    ),
    in_workshop(
        "a version that others read as a number", "version: v1 #", "version: «1.0» #", "YS303", '"1.0"'
    ),
    in_step("services", "a text that YAML folds", "\nmarkdown: |", "\nmarkdown: «>»", "YS304", "|"),
    in_step(
        "services",
        "a title that ends at a #",
        "title: Give pods a stable address",
        "title: Pods «# 1: give them»",
        "YS305",
        help="quotes",
    ),
    in_step(
        "services",
        "a heading that is not indented",
        "\nmarkdown: |\n",
        "\nmarkdown: | «# Services»\n",
        "YS306",
        help="indent",
    ),
    in_step(
        "services",
        "nothing behind next",
        "metadata:",
        "navigation:\n  «next»:\nmetadata:",
        "YS307",
        help="delete the line",
    ),
    # Conditions.
    in_step("clean-up", "and for &&", "completed && steps", "completed «and» steps", "YS401", "&&"),
    in_step(
        "clean-up",
        "a field that no step has",
        '["rollouts"].completed',
        '["rollouts"].«complete»',
        "YS402",
        "completed",
    ),
    in_step(
        "rollouts",
        "a condition on the step itself",
        "metadata:",
        'navigation:\n  unlock_condition: steps["«rollouts»"].completed\nmetadata:',
        "YS403",
    ),
    in_step(
        "config-maps", "a condition on a later step", 'steps["services"]', 'steps["«clean-up»"]', "YS403"
    ),
    in_step(
        "clean-up",
        "a step's id without quotes",
        'steps["rollouts"].completed',
        "steps[«rollouts»].completed",
        "YS402",
        help='write steps["rollouts"].completed',
    ),
    in_step(
        "clean-up",
        "a flag compared with a text",
        '["rollouts"].completed',
        '["rollouts"].completed «== "true"»',
        "YS402",
        help='delete == "true"',
    ),
    # goss specs.
    in_step(
        "services",
        "a goss spec that is not YAML",
        "    three addresses are behind it:",
        "   «t»hree addresses are behind it:",
        "YS501",
    ),
    in_step("services", "a resource that goss does not have", "  port:\n", "  «prot»:\n", "YS503", "port"),
    in_step(
        "services", "an attribute that goss does not have", "listening:", "«listning»:", "YS504", "listening"
    ),
    in_step("services", "a wrong value in a goss spec", "timeout: 15000", "timeout: «fifteen»", "YS505"),
    in_step(
        "services",
        "a goss key that stands there twice",
        "      timeout: 15000\n",
        "      timeout: 15000\n      «timeout»: 15001\n",
        "YS502",
    ),
    # Image tags.
    in_step(
        "services",
        "an image tag in capitals",
        "yamlsync-samples/kubernetes-basics:services",
        "yamlsync-samples/«K»ubernetes-basics:services",
        "YS601",
    ),
    in_step(
        "services",
        "an image by its digest",
        "kubernetes-basics:services",
        "kubernetes-basics«@sha256:" + "0123456789abcdef" * 4 + "»",
        "YS602",
    ),
    in_step(
        "services",
        "the image of another step",
        "yamlsync-samples/kubernetes-basics:services",
        "«yamlsync-samples/kubernetes-basics:deployments»",
        "YS603",
    ),
    in_step("services", "an image without a tag", "kubernetes-basics:services", "kubernetes-basics", "YS605"),
    # Texts.
    in_step(
        "services",
        "a link to a file that does not travel",
        "](https://kubernetes.io",
        "](«../img/a.png») and [more](https://kubernetes.io",
        "YS717",
    ),
    in_step("services", "a zero-width space", "title: Give pods", "title: Give«\u200b» pods", "YS711"),
    in_step(
        "services",
        "a no-break space in a command",
        "kubectl apply -f service.yaml",
        "kubectl«\u00a0»apply -f service.yaml",
        "YS713",
    ),
    in_step(
        "services",
        "a text written from right to left",
        "title: Give pods",
        "title: Give «\u202e»pods",
        "YS712",
    ),
    # Metadata.
    in_step("services", "a hint that is missing", "  hint.4: Is port", "  «hint.5»: Is port", "YS732"),
    in_step(
        "services",
        "a key of metadata that is nearly known",
        "difficulty:",
        "«dificulty»:",
        "YS734",
        "difficulty",
    ),
    in_step(
        "services",
        "a duration that nobody can read",
        'duration: "20m"',
        "duration: «twenty minutes»",
        "YS731",
    ),
    in_workshop("a date that is none", '"2026-11-24T08:00:00Z"', '«"24.11.2026"»', "YS735"),
    # Comments to yamlsync.
    in_step(
        "services",
        "a comment that silences nothing",
        "  difficulty: easy",
        "  difficulty: easy «# yamlsync: ignore YS601»",
        "YS901",
    ),
    in_step(
        "services",
        "a comment that names no rule",
        "  difficulty: easy",
        "  difficulty: easy «# yamlsync: ignore YS999»",
        "YS902",
    ),
]


def _files(mistake: Mistake) -> tuple[dict[str, bytes], str, int | None, int | None]:
    """The sample with the mistake in it, and where the finding must start: file, line, column."""
    files = {path: (SAMPLE / path).read_bytes() for path in directory_tree(str(SAMPLE)).paths}
    text = files[mistake.path].decode()
    assert mistake.old in text, "the sample has changed"
    text = text.replace(mistake.old, mistake.new, 1)
    at = text.find("«")
    files[mistake.path] = text.replace("«", "").replace("»", "").encode()
    if at < 0:
        return files, mistake.path, None, None
    return files, mistake.path, text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1


@pytest.mark.parametrize("mistake", MISTAKES, ids=str)
def test_a_mistake_is_found_alone_and_where_it_is(mistake: Mistake) -> None:
    files, path, line, column = _files(mistake)
    problems = check(in_memory(files), Selection()).problems
    assert [mistake.code] == [problem.code for problem in problems], problems
    (problem,) = problems
    place = problem.place
    assert isinstance(place, Place)
    if line is not None:
        assert (path, line, column) == (place.path, place.line, place.column)
    if (length := _marked(mistake)) and place.end_line == place.line:
        assert length == (place.end_column or 0) - (place.column or 0)
    assert problem.help
    if mistake.help:
        assert mistake.help in problem.help


@pytest.mark.parametrize("mistake", [each for each in MISTAKES if each.mended], ids=str)
def test_what_the_help_says_mends_it(mistake: Mistake) -> None:
    files, path, _, _ = _files(mistake)
    (problem,) = check(in_memory(files), Selection()).problems
    assert mistake.mended
    assert mistake.mended in (problem.help or "")
    text = (
        files[path]
        .decode()
        .replace(re.sub("[«»]", "", mistake.new), re.sub("«.*?»", mistake.mended, mistake.new), 1)
    )
    assert check(in_memory(files | {path: text.encode()}), Selection()).problems == ()


def _marked(mistake: Mistake) -> int:
    match = re.search("«(.*?)»", mistake.new, re.DOTALL)
    return len(match[1]) if match else 0


def test_there_is_nothing_to_find_in_the_sample() -> None:
    assert check(directory_tree(str(SAMPLE)), Selection()).problems == ()


def test_the_mistakes_are_forty_and_of_every_family() -> None:
    assert len(MISTAKES) >= 40
    assert {"YS1", "YS2", "YS3", "YS4", "YS5", "YS6", "YS7", "YS9"} == {
        mistake.code[:3] for mistake in MISTAKES
    }
