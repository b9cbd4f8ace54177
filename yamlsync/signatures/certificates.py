"""What an OpenSSH certificate says of itself (PROTOCOL.certkeys), to explain a refusal."""

from __future__ import annotations

from attrs import frozen

from yamlsync.signatures.wire import Wire, string

_USER = 1

# The kind of key in a certificate of that name, and of how many strings such a key consists.
_KEYS = {
    b"ssh-rsa-cert-v01@openssh.com": (b"ssh-rsa", 2),
    b"ssh-dss-cert-v01@openssh.com": (b"ssh-dss", 4),
    b"ssh-ed25519-cert-v01@openssh.com": (b"ssh-ed25519", 1),
    b"ecdsa-sha2-nistp256-cert-v01@openssh.com": (b"ecdsa-sha2-nistp256", 2),
    b"ecdsa-sha2-nistp384-cert-v01@openssh.com": (b"ecdsa-sha2-nistp384", 2),
    b"ecdsa-sha2-nistp521-cert-v01@openssh.com": (b"ecdsa-sha2-nistp521", 2),
    b"sk-ssh-ed25519-cert-v01@openssh.com": (b"sk-ssh-ed25519@openssh.com", 2),
    b"sk-ecdsa-sha2-nistp256-cert-v01@openssh.com": (b"sk-ecdsa-sha2-nistp256@openssh.com", 3),
}


@frozen
class Certificate:
    """A key, and what its authority, another key, says of it. Times are seconds since 1970, both included."""

    key: bytes
    for_user: bool
    principals: tuple[str, ...]
    valid_after: int
    valid_before: int
    authority: bytes


def parse_certificate(key: bytes) -> Certificate | None:
    """The certificate in a public key's bytes; None for a plain key, and for what cannot be told."""
    try:
        return _read(Wire(key))
    except ValueError:
        return None


def _read(parts: Wire) -> Certificate | None:
    kind = parts.string()
    if kind not in _KEYS:
        return None
    plain, count = _KEYS[kind]
    parts.string()  # A nonce.
    key = string(plain) + b"".join(string(parts.string()) for _ in range(count))
    parts.number(8)  # The serial number.
    for_user = parts.number() == _USER
    parts.string()  # The authority's own name for the certificate.
    principals = tuple(each.decode(errors="surrogateescape") for each in Wire(parts.string()).strings())
    valid_after, valid_before = parts.number(8), parts.number(8)
    for _ in ("critical options", "extensions", "reserved"):
        parts.string()
    return Certificate(key, for_user, principals, valid_after, valid_before, parts.string())
