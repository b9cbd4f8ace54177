"""Markdown and goss specs as workshop authors write them, made from a seeded random generator."""

from __future__ import annotations

import random
from collections.abc import Callable

_VOCABULARY = (
    "the a pod service container deployment node cluster image volume namespace label selector replica "
    "command shell file folder network port address traffic request response log event status rollout "
    "run create delete list watch read write start stop restart scale expose describe apply change keep "
    "when while after before because until where which every each another same new old first last next "
    "is are has was will can should must does not also then now here there soon often only already "
    "of in on to from with without by for through between above below inside of outside at as and or"
)
_WORDS = _VOCABULARY.split()
_ACCENTED = ("café", "naïve", "résumé", "Zürich", "déjà-vu", "façade", "Ångström", "über", "élève", "señor")
_TYPOGRAPHIC = ("“quoted”", "„so“", "«and so»", "wait…", "this — that", "→", "≥", "≠", "ideal™", "3 €")
_CJK = (
    "コンテナを起動して、ログを確認します。",
    "次のコマンドを実行してください。",
    "部署完成后检查服务的状态。",
    "每个节点都有自己的地址。",
    "파드가 준비될 때까지 기다립니다.",
)
_EMOJI = ("🚀", "✅", "🎉", "💡", "🐳", "👩🏽‍💻")
_UNUSUAL = {"accents": _ACCENTED, "typography": _TYPOGRAPHIC, "cjk": _CJK, "emoji": _EMOJI}
_CRLF = 0.008
"""The share of texts with Windows line ends, as counted among thousands of real tutorials."""
_FLAVOURS = ("ascii",) * 12 + ("accents",) * 4 + ("typography", "typography", "cjk", "emoji")

_SHELL = (
    "kubectl get pods -A -o wide",
    "kubectl logs deploy/web --tail=20 | grep -v 'GET /healthz'",
    "docker run --rm -it -v \"$PWD\":/src alpine:3.20 sh -c 'ls -l /src'",
    'for name in web api db; do echo "$name: $(dig +short $name)"; done',
    "curl -sSf http://localhost:8080/ready && echo ok",
)
_MANIFEST = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {name}
spec:
  replicas: {number}
  template:
    spec:
      containers:
        - name: {name}
          image: "registry.example.com/{name}:1.{number}"
          args: ["--listen", "0.0.0.0:8080"]
"""
_PYTHON = """\
def {name}(items):
    # The first {number} are enough.
    for item in items[:{number}]:
        print(f"{{item!r}}: {{len(item)}}")
"""


def markdown(rng: random.Random, size: int) -> str:
    """A step's text of about `size` bytes."""
    flavour = rng.choice(_FLAVOURS)
    parts = [f"# {heading(rng)}\n"]
    length = len(parts[0])
    while length < size:
        (part,) = rng.choices(_PARTS, _WEIGHTS)
        parts.append(part(rng, flavour))
        length += len(parts[-1].encode()) + 1
    text = "\n".join(parts).rstrip("\n") + "\n"
    return text.replace("\n", "\r\n") if rng.random() < _CRLF else text


def goss_spec(rng: random.Random) -> str:
    """A spec with a few commands and files to check."""
    commands = "".join(
        f"  {_single_quoted(command)}:\n    exit-status: 0\n"
        f"    stdout:\n      - /{rng.choice(_WORDS)}.*ready/\n"
        for command in rng.sample(_SHELL, rng.randint(1, 5))
    )
    names = dict.fromkeys(_name(rng) for _ in range(rng.randint(1, 5)))
    files = "".join(f'  /workshop/{name}.yaml:\n    exists: true\n    mode: "0644"\n' for name in names)
    return f"command:\n{commands}file:\n{files}"


def _single_quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def heading(rng: random.Random) -> str:
    """A few words with a capital in front."""
    return " ".join(rng.choices(_WORDS, k=rng.randint(2, 6))).capitalize()


def sentence(rng: random.Random, flavour: str = "ascii") -> str:
    """One sentence; other than in ASCII texts, with a word of its flavour here and there."""
    words = rng.choices(_WORDS, k=rng.randint(6, 18))
    if flavour != "ascii" and rng.random() < 0.4:
        words.insert(rng.randrange(len(words)), rng.choice(_UNUSUAL[flavour]))
    if rng.random() < 0.3:
        words.insert(rng.randrange(len(words)), f"`{rng.choice(_SHELL)}`")
    text = " ".join(words)
    return text[:1].upper() + text[1:] + "."


def _paragraph(rng: random.Random, flavour: str) -> str:
    return "\n".join(sentence(rng, flavour) for _ in range(rng.randint(2, 6))) + "\n"


def _section(rng: random.Random, flavour: str) -> str:
    return f"## {heading(rng)}\n\n{_paragraph(rng, flavour)}"


def _bullets(rng: random.Random, flavour: str) -> str:
    items = (f"- {sentence(rng, flavour)}\n  {sentence(rng)}\n" for _ in range(rng.randint(2, 6)))
    return "".join(items)


def _fence(rng: random.Random, flavour: str) -> str:
    code = {
        "bash": rng.choice(_SHELL) + "\n",
        "python": _PYTHON.format(name=_name(rng), number=rng.randint(1, 9)),
        "yaml": _MANIFEST.format(name=_name(rng), number=rng.randint(1, 9)),
    }
    language = rng.choice(list(code))
    return f"{_paragraph(rng, flavour)}\n```{language}\n{code[language]}```\n"


def _indented_code(rng: random.Random, flavour: str) -> str:
    lines = "".join(f"    $ {rng.choice(_SHELL)}\n" for _ in range(rng.randint(1, 4)))
    return f"{sentence(rng, flavour)}\n\n{lines}\n\n"


def _table(rng: random.Random, flavour: str) -> str:
    rows = (f"| {heading(rng)} | {sentence(rng, flavour)} |\n" for _ in range(rng.randint(2, 6)))
    return "| what | why |\n| :---: | --- |\n" + "".join(rows)


def _name(rng: random.Random) -> str:
    return f"{rng.choice(_WORDS)}_{rng.choice(_WORDS)}"


_PARTS: tuple[Callable[[random.Random, str], str], ...] = (
    _paragraph,
    _section,
    _bullets,
    _fence,
    _indented_code,
    _table,
)
_WEIGHTS = (6, 3, 2, 2, 1, 1)
