"""`yamlsync verify DB` (VER)."""

from __future__ import annotations

import shlex
from contextlib import suppress
from typing import Any

import click

from yamlsync.cli.terminal import Terminal
from yamlsync.printable import printable, shell
from yamlsync.problems import Problem
from yamlsync.reporters.text import render_problem
from yamlsync.verification.answers import Answer, Verdict, Verification
from yamlsync.verification.verifying import UntriedError, VerifyOptions, verify

_COLORS = {Verdict.YES: "green", Verdict.NOTE: "yellow", Verdict.NO: "red", Verdict.NOT_ASKED: "cyan"}


@click.command("verify")
@click.argument("database", metavar="DB", type=click.Path())
@click.option(
    "--against",
    metavar="WORKSHOP",
    type=click.Path(),
    help="Ask whether DB says the same as WORKSHOP, a database, a directory, or REV:PATH in Git.",
)
@click.option(
    "--sums",
    metavar="FILE",
    type=click.Path(),
    help="Ask whether DB is the file that FILE (a SHA256SUMS) lists, byte for byte.",
)
@click.option(
    "--allowed-signers",
    metavar="FILE",
    type=click.Path(),
    help="Ask for a signature by one of those in FILE: a line for each, a name and a public key, as in "
    "Git's gpg.ssh.allowedSignersFile. Without it, a signature is told and no one is trusted.",
)
@click.option("--identity", metavar="WHO", help="Ask for the signature of WHO, a name among those in FILE.")
@click.option(
    "--signature-out",
    metavar="FILE",
    type=click.Path(),
    help="Write the text that was signed to FILE and its signature to FILE.sig, for plain ssh-keygen.",
)
@click.option(
    "--output-format",
    type=click.Choice(["text", "json"]),
    default="text",
    help="Text for people (the default), or JSON for programs.",
)
@click.pass_obj
def command(
    terminal: Terminal,
    database: str,
    against: str | None,
    sums: str | None,
    allowed_signers: str | None,
    identity: str | None,
    signature_out: str | None,
    output_format: str,
) -> int:
    """Tell whether the database DB is whole, is as it was built, and who signed it.

    Each answer is a line: the question; yes, no, note (right as far as could be asked) or not asked
    (after an earlier no); and a sentence. Exits with 0 where no answer is no, with 1 where one is, and
    with 2 where it could not be tried. DB is not changed, and students' progress in it does not matter.

    Of a downloaded file, ask: yamlsync verify DB --sums SHA256SUMS --allowed-signers FILE
    """
    if identity is not None and allowed_signers is None:
        raise click.UsageError(
            "--identity asks who signed, and only --allowed-signers FILE tells whose a key is"
        )
    options = VerifyOptions(against, sums, allowed_signers, identity, signature_out)
    try:
        found = verify(database, options)
    except UntriedError as error:
        # For people. A program gets all of the answers, or none.
        if output_format == "text":
            _tell(terminal, error.answered)
        raise
    if output_format == "json":
        # Imported late: most runs are for people. Programs read UTF-8, whatever the locale.
        from yamlsync.verification.record import render

        click.echo(render(found).encode())
    else:
        _tell(terminal, found)
    if signature_out is not None:
        _tell_of_signature(terminal, found, signature_out, allowed_signers, identity)
    return 1 if found.failed else 0


def _tell(terminal: Terminal, found: Verification) -> None:
    for answer in found.answers:
        terminal.report(_line(terminal, answer))
        _say(terminal, answer.problems)


def _line(terminal: Terminal, answer: Answer) -> str:
    """An answer in columns of the same width each time."""
    verdict = terminal.style_result(answer.verdict.value, fg=_COLORS[answer.verdict], bold=True)
    blanks = " " * (11 - len(answer.verdict.value))
    return f"{answer.question:<12}{verdict}{blanks}{printable(answer.message)}"


def _say(terminal: Terminal, problems: tuple[Problem, ...]) -> None:
    """Problems, to stderr, below their answer. Whether anybody hears them changes nothing."""
    if not problems:
        return
    # Imported late: only problems of a directory have lines to show, and mostly there are none at all.
    from yamlsync.cli.sources import shown_reader

    def style(text: str, **style: Any) -> str:
        return click.style(text, **style) if terminal.err_color else text

    read = shown_reader()
    for problem in problems:
        with suppress(OSError):
            click.echo(render_problem(problem, "", read, style), err=True, color=terminal.err_color)


def _tell_of_signature(
    terminal: Terminal, found: Verification, target: str, allowed_signers: str | None, identity: str | None
) -> None:
    if not found.written:
        terminal.warning(f"{target} was not written: nobody knows whether {found.database} is signed")
        return
    name, signers = shell(target), shell(allowed_signers or "ALLOWED_SIGNERS")
    options = f"-f {signers} -I {shlex.quote(identity or 'WHO')} -n yamlsync"
    terminal.note(f"wrote {target} and {target}.sig; to check them without yamlsync:")
    terminal.note(f"  ssh-keygen -Y verify {options} -s {shell(f'{target}.sig')} < {name}")
