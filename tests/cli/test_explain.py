"""`yamlsync explain`: a rule's manual for the terminal, and the list of all codes (CLI-10)."""

from __future__ import annotations

import subprocess
import sys
import types

import pytest

from tests.acceptance.command import run
from yamlsync.cli import explain_command
from yamlsync.cli.main import run as run_here
from yamlsync.rules.manual import read_manual
from yamlsync.rules.registry import codes, rule

PLAIN = {"NO_COLOR": "1", "FORCE_COLOR": ""}


def loaded_by(*arguments: str) -> set[str]:
    """The modules that are there when the command is done, however they were loaded."""
    code = (
        "import sys\n"
        "from yamlsync.cli.main import run\n"
        "run(sys.argv[1:])\n"
        "print(*sys.modules, file=sys.stderr)\n"
    )
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(done.stderr.split())


def explained(*arguments: str) -> str:
    done = run("explain", *arguments, env=PLAIN)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_a_manual_has_a_heading_prose_and_indented_examples() -> None:
    assert explained("YS112") == (
        "YS112 error: A key is not a text.\n"
        "\n"
        "A key that is a list, a mapping, or null (nothing, `~`, `null`) has no place in\n"
        "the database, where all keys are texts. A key that just looks like something\n"
        "else, such as `1` or `true`, is a text and not meant here.\n"
        "\n"
        "Write a text. Put one in quotes that begins with a bracket, or that is the word\n"
        "`null`.\n"
        "\n"
        "Fails:\n"
        "\n"
        "    # steps/two.yaml\n"
        "    metadata:\n"
        "      null: nothing\n"
        "\n"
        "    # steps/two.yaml\n"
        "    metadata:\n"
        "      [a, b]: a list\n"
        "\n"
        "Passes:\n"
        "\n"
        "    # steps/two.yaml\n"
        "    metadata:\n"
        '      "null": nothing\n'
        '      "[a, b]": a text\n'
        '      "1": a text, too\n'
    )


def test_the_items_of_a_list_stay_apart() -> None:
    text = explained("YS103")
    assert "\n- A quote or a bracket is never closed: the finding points to where it opens.\n- A tab" in text
    assert (
        "\n- A `#` begins a comment without a blank before it: write one, or put the text\n  in quotes.\n"
        in text
    )


@pytest.mark.parametrize("code", codes())
def test_every_manual_is_shown_whole_and_fits_the_terminal(
    code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_here(["explain", code]) == 0
    shown = capsys.readouterr().out
    manual = read_manual(rule(code).__doc__ or "")
    assert shown.startswith(f"{code} {rule(code).SEVERITY}: {manual.title}")
    words = shown.split()
    assert words[2 : 2 + len(manual.title.split())] == manual.title.split()
    assert " ".join(manual.text.split()[-5:]) in " ".join(words)
    for example in manual.examples:
        for line in example.text.splitlines():
            assert f"    {line}".rstrip() + "\n" in shown
    prose = [line for line in shown.splitlines()[1:] if not line.startswith("    ")]
    assert [line for line in prose if len(line) > 80 and not line.startswith("|")] == []


def test_small_letters_name_a_code_as_well() -> None:
    assert explained("ys112") == explained("YS112")


def test_without_a_code_all_are_listed_in_order_below_headings() -> None:
    lines = explained().splitlines()
    assert [line.split()[0] for line in lines if line.startswith("  ")] == list(codes())
    assert lines[0] == "One file of YAML"
    assert "  YS106  error    A key stands twice in the same mapping." in lines
    heading = lines.index("Comments to yamlsync")
    assert lines[heading - 1 : heading + 2] == [
        "",
        "Comments to yamlsync",
        "  YS901  warning  A comment silences a rule that finds nothing there.",
    ]


def test_the_beginning_of_a_code_lists_those_that_begin_with_it() -> None:
    assert explained("ys12").splitlines()[:2] == [
        "The files of a directory and the order of steps",
        "  YS121  error    There is no list of the workshops, or more than one.",
    ]
    shown = [line.split()[0] for line in explained("ys12").splitlines()[1:]]
    assert shown == [code for code in codes() if code.startswith("YS12")]


@pytest.mark.parametrize(
    ("code", "help"),
    [
        ("106", 'did you mean "YS106"?'),
        ("YS1060", 'did you mean "YS106"?'),
        ("everything", "yamlsync explain lists all codes"),
        ("x" * 100_000, "yamlsync explain lists all codes"),
        ("\x1b[2J", "yamlsync explain lists all codes"),
    ],
)
def test_a_code_that_is_none_ends_with_2_and_what_to_do(code: str, help: str) -> None:
    done = run("explain", code, env=PLAIN)
    assert (done.returncode, done.stdout) == (2, "")
    shown = code.replace("\x1b", "\\x1b")
    assert done.stderr == f'error: there is no rule "{shown}"\n  = help: {help}\n'


def test_a_rule_that_check_mends_is_told_to(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = types.ModuleType("made", "It is too much.\n\nDelete it.\n")
    vars(made).update(ID="YS106", SEVERITY="hint", FIXABLE=True)
    monkeypatch.setattr(explain_command, "rule", lambda _: made)
    assert run_here(["explain", "YS106"]) == 0
    assert capsys.readouterr().out == (
        "YS106 hint: It is too much. (yamlsync check --fix mends it)\n\nDelete it.\n"
    )


def test_what_is_laid_out_by_hand_stays_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    table = "| a | b |\n| --- | --- |\n| 1 | 2 |\n\n    $ yamlsync\n    done\n"
    made = types.ModuleType("made", f"It is.\n\n{table}")
    vars(made).update(ID="YS106", SEVERITY="hint")
    monkeypatch.setattr(explain_command, "rule", lambda _: made)
    assert run_here(["explain", "YS106"]) == 0
    assert capsys.readouterr().out == f"YS106 hint: It is.\n\n{table}"


def test_headings_are_coloured_where_colours_are_wanted() -> None:
    done = run("--color", "always", "explain", "YS901")
    assert done.stdout.startswith("\x1b[1mYS901\x1b[0m \x1b[33m\x1b[1mwarning\x1b[0m: \x1b[1mA comment")
    assert "\x1b" not in run("explain", "YS901", env=PLAIN).stdout


def test_explaining_loads_neither_parser_nor_database_and_one_rule_alone() -> None:
    modules = {rule(code).__name__ for code in codes()}  # type: ignore[attr-defined]
    one, all_of_them = loaded_by("explain", "YS106"), loaded_by("explain")
    assert one & modules == {"yamlsync.rules.format.duplicate_key"}
    assert modules <= all_of_them
    assert not (one | all_of_them) & {"sqlite3", "ruamel", "ruamel.yaml", "cattrs"}


def test_a_shell_completes_codes() -> None:
    environment = {
        "_YAMLSYNC_COMPLETE": "bash_complete",
        "COMP_WORDS": "yamlsync explain ys12",
        "COMP_CWORD": "2",
    }
    done = run(env=environment)
    assert done.stdout.splitlines() == [f"plain,{code}" for code in codes() if code.startswith("YS12")]


def test_the_command_is_among_the_others() -> None:
    assert "  explain " in run("--help").stdout
