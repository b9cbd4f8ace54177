"""The use case: a database → the same database with a signature in it (SIG-20 to SIG-26)."""

from __future__ import annotations

import os

from attrs import frozen

from yamlsync.artifact import Artifact, with_signature
from yamlsync.building import Before, build
from yamlsync.converters import OrphanError, Rows, contents_to_rows, rows_to_contents
from yamlsync.database.read import RowsReading, read_database_rows
from yamlsync.database.schema import ARTIFACT
from yamlsync.database.snapshot import snapshot_of
from yamlsync.digest import digests_of
from yamlsync.errors import OperationError, not_taken
from yamlsync.printable import shell, shown
from yamlsync.problems import Problem
from yamlsync.records import Contents
from yamlsync.signatures.armor import parse_armored
from yamlsync.signatures.judging import Judgement, Verdict, judge
from yamlsync.signatures.keygen import sign
from yamlsync.statement import Statement, parse_statement, statement_of

_SCHEMA = 2


@frozen
class Signed:
    """What signing did; with `problems`, nothing was changed.

    `fingerprint` and `key_type` are of the key that signed; `replaced` is the fingerprint of another key,
    whose signature stood there before, or None.
    """

    problems: tuple[Problem, ...] = ()
    changed: bool = False
    fingerprint: str = ""
    key_type: str = ""
    replaced: str | None = None


def sign_database(path: str, key: str) -> Signed:
    """Signs the database at `path` with the SSH key in the file `key`. Every row is kept (SIG-23).

    Raises OperationError where that cannot be done, or should not be: then the database is what it was.
    """
    # Who names a link means the file behind it.
    target = os.path.realpath(path)
    # A student may go on meanwhile: a passphrase takes its time.
    before = Before(snapshot_of(target), path, "it was signed")
    reading = read_database_rows(path)
    if reading.rows is None:
        return Signed(reading.problems)
    artifact, contents = _as_built(path, reading, reading.rows)
    statement = _statement(path, contents, artifact)
    text = str(statement)
    signature = sign(text.encode("ascii"), key)
    judgement = _fitting(text, signature)

    rows = contents_to_rows(contents)
    rows[ARTIFACT.name] = list(with_signature(reading.rows[ARTIFACT.name], text, signature))
    try:
        changed = build(target, rows, _SCHEMA, before)
    except OSError as error:
        raise not_taken(error, path) from error
    return Signed(
        changed=changed,
        fingerprint=judgement.fingerprint,
        key_type=judgement.key_type,
        replaced=_other_key(artifact, judgement.fingerprint),
    )


def _as_built(path: str, reading: RowsReading, rows: Rows) -> tuple[Artifact, Contents]:
    """The record and the contents of a database that says what it was written with.

    Raises OperationError for any other: nobody built it, so nobody can vouch for it.
    """
    name = shell(path)
    artifact = reading.artifact
    if artifact is None:
        raise OperationError(
            f"{path} has schema {reading.schema}, in which there is no room for a signature",
            f"bring it to schema {_SCHEMA} first: yamlsync migrate {name}",
        )
    anew = (
        f"build it anew, by way of a new folder: yamlsync export --state {name} NEW, "
        f"then yamlsync import --state NEW {name}"
    )
    if reading.other_spelling:
        raise OperationError(
            f"{path} is not spelled as yamlsync builds a database: {reading.other_spelling[0]}",
            f"have it spelled anew: yamlsync migrate {name}",
        )
    try:
        contents = rows_to_contents(rows)
    except OrphanError as error:
        raise OperationError(
            f"a row of {error} refers to nothing", "take a whole copy of the file"
        ) from error
    digests = digests_of(contents)
    if artifact.content_digest is None:
        raise OperationError(f"{path} does not say with which content digest it was written", anew)
    if artifact.content_digest != digests.content or (artifact.origin and artifact.origin != digests.parts):
        raise OperationError(
            f"{path} was changed since it was built, so its signature would vouch for what nobody built",
            f"yamlsync status {name} DIR tells how the change gets into the YAML; import it then, and sign",
        )
    return artifact, contents


def _statement(path: str, contents: Contents, artifact: Artifact) -> Statement:
    """The statement of a database. Raises OperationError where none could be read back."""
    statement = statement_of(contents, digests_of(contents).content, artifact.source_commit)
    if parse_statement(str(statement)) != statement:
        commit = artifact.source_commit
        if commit is not None and parse_statement(
            str(statement_of(contents, statement.content_digest, None))
        ):
            raise OperationError(
                f"the source_commit of {path} is {shown(commit)}, and no commit's whole name",
                'build it anew: yamlsync import --source-commit "$(git -C DIR rev-parse HEAD)" DIR '
                f"{shell(path)}",
            )
        raise OperationError(f"the ids and versions of {path} are too long to be signed", "shorten them")
    return statement


def _fitting(statement: str, signature: str) -> Judgement:
    """The judgement of a signature that fits, before it is put anywhere; nobody vouches for it here."""
    judgement = judge(statement.encode("ascii"), signature, None, None)
    if judgement.verdict is not Verdict.UNVOUCHED:
        raise OperationError(
            f"ssh-keygen made a signature, and does not take it: {judgement.message}", judgement.help
        )
    return judgement


def _other_key(artifact: Artifact, fingerprint: str) -> str | None:
    before = None if artifact.signature is None else parse_armored(artifact.signature)
    return None if before is None or before.fingerprint == fingerprint else before.fingerprint
