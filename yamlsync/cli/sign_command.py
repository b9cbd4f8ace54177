"""`yamlsync sign DB --key KEY` (SIG-20 to SIG-26)."""

from __future__ import annotations

import click

from yamlsync.cli.sources import reader
from yamlsync.cli.sums_option import require_sums, set_sum
from yamlsync.cli.terminal import Terminal
from yamlsync.signing import Signed, sign_database


@click.command("sign")
@click.argument("database", metavar="DB", type=click.Path())
@click.option(
    "--key",
    metavar="KEY",
    type=click.Path(),
    required=True,
    help="The file of your private SSH key, or the .pub file of one that ssh-agent or a hardware key holds.",
)
@click.option(
    "--sums",
    metavar="FILE",
    type=click.Path(),
    help="Then set the line of DB in FILE, a SHA256SUMS: signing changes the bytes of DB.",
)
@click.pass_obj
def command(terminal: Terminal, database: str, key: str, sums: str | None) -> int:
    """Sign the database DB with an SSH key, so that others can tell who vouches for it.

    A short text is signed, with the ids and versions of the workshops and the digest of the content.
    Text and signature are kept in DB; nothing else in it changes. The signature holds while students
    work with DB, and breaks where a step is changed. DB has to be as yamlsync import or migrate built it.

    To make a new key: ssh-keygen -t ed25519 -f key

    Others ask: yamlsync verify DB --allowed-signers FILE, where FILE has a line of your name and what is in
    key.pub: ann@example.org ssh-ed25519 AAAA...
    """
    if sums is not None:
        require_sums(sums, database)
    done = sign_database(database, key)
    if done.problems:
        terminal.problems(done.problems, "", reader("."))
        return 1
    terminal.note(f"{database}: {_told(done)}")
    if sums is not None:
        set_sum(terminal, sums, database)
    return 0


def _told(done: Signed) -> str:
    told = f"signed with {done.fingerprint} ({done.key_type.removeprefix('ssh-')})"
    if done.replaced is not None:
        told += f", in place of the signature with {done.replaced}"
    return told if done.changed else f"{told}, unchanged"
