"""What can be said of a signature: a closed set of verdicts (SIG-5), and the record around one."""

from __future__ import annotations

from enum import Enum

from attrs import frozen


class Verdict(Enum):
    """From the best on; everything but GOOD is no proof of who signed."""

    GOOD = "good"
    UNVOUCHED = "unvouched"
    MALFORMED = "malformed"
    BROKEN = "broken"
    WRONG_NAMESPACE = "wrong-namespace"
    UNKNOWN_SIGNER = "unknown-signer"
    NOT_THIS_IDENTITY = "not-this-identity"
    EXPIRED = "expired"
    NOT_YET_VALID = "not-yet-valid"
    NOT_FOR_NAMESPACE = "not-for-namespace"
    REFUSED = "refused"


@frozen
class Judgement:
    """A verdict, the key that signed (empty texts where there is none), and what to tell a user.

    `principals`, as the allowed signers name them, are those that ssh-keygen vouches for; only GOOD has any.
    All texts are fit to be printed.
    """

    verdict: Verdict
    message: str
    help: str | None = None
    fingerprint: str = ""
    key_type: str = ""
    principals: tuple[str, ...] = ()
