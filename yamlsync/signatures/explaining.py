"""Why ssh-keygen refused a signature that fits: told from the allowed signers, never from its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import evolve, frozen

from yamlsync.printable import shortened, shown
from yamlsync.signatures.allowed_signers import Entry, matches
from yamlsync.signatures.armor import NAMESPACE, Armored
from yamlsync.signatures.certificates import Certificate
from yamlsync.signatures.moments import Moment, moment_of
from yamlsync.signatures.verdicts import Verdict

_MOST_NAMES = 5
_FOREVER = 2**64 - 1

# Of several lines for one key, the one that is closest to being right says why.
_NEAREST = (
    Verdict.EXPIRED,
    Verdict.NOT_YET_VALID,
    Verdict.NOT_FOR_NAMESPACE,
    Verdict.NOT_THIS_IDENTITY,
    Verdict.REFUSED,
)


@frozen
class Reason:
    """A verdict other than GOOD, and what to tell a user."""

    verdict: Verdict
    message: str
    help: str


def vouching(entries: Sequence[Entry], armored: Armored) -> tuple[Entry, ...]:
    """The lines with the key of the signature, or with the authority of its certificate."""
    certificate = armored.certificate
    authority = certificate.authority if certificate else None
    return tuple(
        entry for entry in entries if entry.key == (authority if entry.cert_authority else armored.public_key)
    )


def candidates(entries: Sequence[Entry], armored: Armored, now: float) -> tuple[str, ...]:
    """The principals that such lines may vouch for, to be asked of ssh-keygen; the likely ones first."""
    certificate = armored.certificate
    likely: list[str] = []
    others: list[str] = []
    for entry in entries:
        if entry.cert_authority and certificate is not None:
            names = [name for name in certificate.principals if matches(name, entry.principals)]
        else:
            names = [name for name in entry.principals if not name.startswith("!")]
        hindered = entry.faulty or any(_obstacles(entry, armored, None, now))
        (others if hindered else likely).extend(names)
    return tuple(dict.fromkeys(likely + others))


def explain(
    entries: Sequence[Entry],
    armored: Armored,
    identity: str | None,
    now: float,
    words: str,
    unread: Sequence[int] = (),
) -> Reason:
    """Why the signature was refused; `words` are ssh-keygen's own, quoted where nothing else tells.

    `unread` are the numbers of lines in which no key could be read: the one that is missed may be there.
    """
    lines = vouching(entries, armored)
    if not lines:
        unknown = _unknown(entries, armored)
        return _doubtful(unknown, unread) if unread else unknown
    if identity is not None:
        fitting = tuple(entry for entry in lines if matches(identity, entry.principals))
        if not fitting:
            return _not_for(armored, identity, [name for entry in lines for name in entry.principals])
        lines = fitting
    reasons = []
    for entry in lines:
        found = list(_obstacles(entry, armored, identity, now))
        if not (found or entry.faulty):
            return _refused(armored, entry, words)
        reasons.append(min(found, key=_rank) if found else _refused(armored, entry, words))
    return min(reasons, key=_rank)


def _rank(reason: Reason) -> int:
    return _NEAREST.index(reason.verdict)


def _unknown(entries: Sequence[Entry], armored: Armored) -> Reason:
    message = f"the key {armored.fingerprint} is not among the allowed signers"
    help = "ask the signer for the key, make sure that it is theirs, and add a line with it"
    certificate = armored.certificate
    if certificate is not None:
        message = f"no allowed signer vouches for the certificate of the key {armored.fingerprint}"
        help = "add a line with cert-authority and the key of the authority that made the certificate"
        if any(entry.key == certificate.key for entry in entries):
            help = (
                "ask the signer to sign with the key itself, which is allowed, and not with its certificate"
            )
    return Reason(Verdict.UNKNOWN_SIGNER, message, help)


def _doubtful(unknown: Reason, unread: Sequence[int]) -> Reason:
    """The same of a signer who may stand in one of these lines."""
    numbers = [str(number) for number in unread[:_MOST_NAMES]]
    if len(unread) > _MOST_NAMES:
        numbers[-1:] = [f"{len(unread) - _MOST_NAMES + 1} more"]
    last = numbers.pop()
    which = f"lines {', '.join(numbers)} and {last}" if numbers else f"line {last}"
    return evolve(
        unknown,
        message=f"{unknown.message}; {which} could not be read",
        help=f"{unknown.help}; a line has a name, the kind of the key and the key: "
        "ann@example.org ssh-ed25519 AAAA...",
    )


def _not_for(armored: Armored, identity: str, names: Sequence[str]) -> Reason:
    return Reason(
        Verdict.NOT_THIS_IDENTITY,
        f"the key {armored.fingerprint} may sign for {listed(names)}, and not for {shown(identity)}",
        "ask for another identity, or add this one to the line of the key if it is theirs",
    )


def _refused(armored: Armored, entry: Entry, words: str) -> Reason:
    return Reason(
        Verdict.REFUSED,
        f"ssh-keygen refused the key {armored.fingerprint}: {words}",
        f"see line {entry.line} of the allowed signers, and man ssh-keygen, ALLOWED SIGNERS",
    )


def _obstacles(entry: Entry, armored: Armored, identity: str | None, now: float) -> Iterator[Reason]:
    key = f"the key {armored.fingerprint}"
    yield from _untimely(key, entry.valid_after, entry.valid_before, now)
    if entry.namespaces is not None and not matches(NAMESPACE, entry.namespaces):
        yield Reason(
            Verdict.NOT_FOR_NAMESPACE,
            f'{key} may sign only in the namespaces {listed(entry.namespaces)}, and not in "{NAMESPACE}"',
            f"add {NAMESPACE} to the namespaces in line {entry.line} of the allowed signers"
            " if the key is meant for it",
        )
    if entry.cert_authority and armored.certificate is not None:
        yield from _of_certificate(armored.certificate, entry, identity, key, now)


def _of_certificate(
    certificate: Certificate, entry: Entry, identity: str | None, key: str, now: float
) -> Iterator[Reason]:
    after = moment_of(certificate.valid_after) if certificate.valid_after else None
    before = moment_of(certificate.valid_before) if certificate.valid_before < _FOREVER else None
    yield from _untimely(f"the certificate of {key}", after, before, now)
    if identity is None:
        wrong = not any(matches(name, entry.principals) for name in certificate.principals)
        besides = f"the allowed signers take its authority for {listed(entry.principals)} only"
    else:
        wrong = identity not in certificate.principals
        besides = f"not for {shown(identity)}"
    if wrong:
        yield Reason(
            Verdict.NOT_THIS_IDENTITY,
            f"the certificate of {key} is for {listed(certificate.principals) or 'nobody'}, and {besides}",
            "ask the signer for a certificate with the right principal",
        )


def _untimely(key: str, after: Moment | None, before: Moment | None, now: float) -> Iterator[Reason]:
    help = "ask the signer for a new signature, with a key that is valid now"
    if before is not None and now > before.seconds:
        yield Reason(Verdict.EXPIRED, f"{key} may sign only until {before}", help)
    if after is not None and now < after.seconds:
        yield Reason(Verdict.NOT_YET_VALID, f"{key} may sign only from {after} on", help)


def listed(names: Sequence[str], *, all_known: bool = True) -> str:
    """The names, of many the first ones and how many more: at least so many, unless all are known (SIG-8)."""
    shown = [shortened(name) for name in dict.fromkeys(names)]
    if len(shown) > _MOST_NAMES:
        more = f"{len(shown) - _MOST_NAMES} more"
        shown[_MOST_NAMES:] = [more if all_known else f"at least {more}"]
    return ", ".join(shown)
