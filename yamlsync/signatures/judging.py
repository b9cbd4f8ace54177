"""Whose signature it is, and whether it counts: ssh-keygen decides, a judgement says why (SIG-4, SIG-5)."""

from __future__ import annotations

import base64
import time
from itertools import islice

from yamlsync.errors import OperationError, describe
from yamlsync.printable import printable, shown
from yamlsync.signatures.allowed_signers import read_allowed_signers, unreadable_lines
from yamlsync.signatures.armor import NAMESPACE, Armored, parse_armored
from yamlsync.signatures.explaining import candidates, explain, listed, vouching
from yamlsync.signatures.keygen import Answer, ask, private_folder
from yamlsync.signatures.reading import read_patiently
from yamlsync.signatures.verdicts import Judgement, Verdict

__all__ = ["Judgement", "Verdict", "judge"]

_HASHES = ("sha256", "sha512")
_WEAK = ("ssh-rsa", "ssh-dss")
_MOST_BYTES = 16 * 1024 * 1024
_MOST_TRIES = 100
_MOST_NAMED = 8
_LONGEST_PRINCIPAL = 1_000


def judge(statement: bytes, signature: str, allowed_signers: str | None, identity: str | None) -> Judgement:
    """What the text `signature` is worth as a signature of `statement` (SIG-5).

    `allowed_signers` is the path of that file; without one nobody is vouched for. `identity` is who should
    have signed; without one, anybody among the allowed signers will do. Raises OperationError where the
    file cannot be read, and where ssh-keygen cannot be asked.
    """
    # Read once, and a copy is judged by: what is explained is what ssh-keygen saw.
    signers = None if allowed_signers is None else _read(allowed_signers)
    armored = parse_armored(signature)
    if armored is None:
        return Judgement(
            Verdict.MALFORMED,
            "this is no SSH signature",
            f"name a file that ssh-keygen -Y sign -n {NAMESPACE} has made",
        )
    if armored.namespace != NAMESPACE:
        return _against(
            armored,
            Verdict.WRONG_NAMESPACE,
            f'the signature was made for the namespace {shown(armored.namespace)}, and not for "{NAMESPACE}"',
            f"ask the signer for one of the namespace {NAMESPACE}",
        )
    files = {"signature": armored.text.encode(), "key.pub": _key_file(armored)}
    if signers is not None:
        files["allowed_signers"] = signers
    with private_folder(files) as folder:
        misfit = _misfit(folder, statement, armored)
        if misfit is not None:
            return misfit
        if signers is None:
            return _against(
                armored,
                Verdict.UNVOUCHED,
                f"the signature fits, but nobody vouches for its key {armored.fingerprint}",
                "name a file of allowed signers",
            )
        return _vouched(folder, statement, armored, signers.decode(errors="surrogateescape"), identity)


def _good(armored: Armored, names: list[str], *, all_asked: bool) -> Judgement:
    principals = tuple(map(printable, names))
    who = listed(names, all_known=all_asked)
    message = f"signed by {who} with the key {armored.fingerprint}"
    return Judgement(
        Verdict.GOOD, message, None, armored.fingerprint, printable(armored.key_type), principals
    )


def _against(armored: Armored, verdict: Verdict, message: str, help: str) -> Judgement:
    return Judgement(verdict, message, help, armored.fingerprint, printable(armored.key_type))


def _read(path: str) -> bytes:
    name = printable(path)
    try:
        data = read_patiently(path, _MOST_BYTES)
    except (OSError, ValueError) as error:
        why = describe(error) if isinstance(error, OSError) else "no file has such a name"
        raise OperationError(
            f"the allowed signers in {name} cannot be read: {why}", "name a file of allowed signers"
        ) from error
    if len(data) > _MOST_BYTES:
        raise OperationError(
            f"{name} has more than {_MOST_BYTES // 1024 // 1024} MiB of allowed signers",
            "name a smaller file",
        )
    return data


def _key_file(armored: Armored) -> bytes:
    return f"{armored.key_type} {base64.b64encode(armored.public_key).decode()}\n".encode()


def _misfit(folder: str, statement: bytes, armored: Armored) -> Judgement | None:
    """Why the signature is none of the statement; None if it is one, whoever made it."""
    answer = ask(folder, "-Y", "check-novalidate", "-n", NAMESPACE, "-s", "signature", statement=statement)
    if answer.yes:
        return None
    usable = armored.hash_algorithm in _HASHES and armored.algorithm not in _WEAK
    if usable and ask(folder, "-l", "-f", "key.pub").yes:
        return _against(
            armored,
            Verdict.BROKEN,
            "the signature does not fit: it was made of something else, or was changed",
            "make sure that both belong together, or ask the signer for a new signature",
        )
    return _against(
        armored,
        Verdict.REFUSED,
        f"ssh-keygen refused the signature of a key of type {armored.key_type}: {answer.words}",
        "ask the signer for a signature with a usual key, such as ssh-ed25519, or try a newer OpenSSH",
    )


def _vouched(
    folder: str, statement: bytes, armored: Armored, signers: str, identity: str | None
) -> Judgement:
    """Who ssh-keygen says has signed, or why it says nobody."""
    now = time.time()
    entries = read_allowed_signers(signers)
    if identity is not None:
        asked = [identity]
    else:
        found = ask(folder, "-Y", "find-principals", "-s", "signature", "-f", "allowed_signers")
        names = found.output.split("\n") if found.yes else []
        words = found.words
        asked = _askable([*names, *candidates(vouching(entries, armored), armored, now)])
    good: list[str] = []
    tries = 0
    for tries, name in enumerate(asked, start=1):
        answer = _verify(folder, statement, name)
        words = answer.words
        if answer.yes:
            good.append(name)
        if good and tries >= _MOST_NAMED:
            break
    if good:
        return _good(armored, good, all_asked=tries == len(asked))
    reason = explain(entries, armored, identity, now, words, unreadable_lines(signers))
    return _against(armored, reason.verdict, reason.message, reason.help)


def _askable(names: list[str]) -> list[str]:
    """Those that can be handed to a program, each once, and not without end."""
    short = (name for name in dict.fromkeys(names) if name and len(name) <= _LONGEST_PRINCIPAL)
    return list(islice(short, _MOST_TRIES))


def _verify(folder: str, statement: bytes, principal: str) -> Answer:
    return ask(
        folder,
        *("-Y", "verify", "-n", NAMESPACE, "-s", "signature", "-f", "allowed_signers", "-I", principal),
        statement=statement,
    )
