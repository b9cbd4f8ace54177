"""What attributes and matchers take, and what goss would make of anything else."""

from __future__ import annotations

import pytest

from yamlsync.rules.goss.attributes import RESOURCES
from yamlsync.rules.goss.finding import SpecFinding
from yamlsync.rules.goss.inspection import inspect

BODIES = {
    "addr": "reachable: true",
    "command": "exit-status: 0",
    "dns": "resolvable: true",
    "file": "exists: true",
    "gossfile": "file: a.yaml",
    "group": "exists: true",
    "http": "status: 200",
    "interface": "exists: true",
    "kernel-param": "value: '1'",
    "matching": "matches: a",
    "mount": "exists: true",
    "package": "installed: true",
    "port": "listening: true",
    "process": "running: true",
    "service": "running: true",
    "user": "exists: true",
}


def told(type: str, attributes: str) -> tuple[SpecFinding, ...]:
    """What is found in a resource with these attributes, each in a line."""
    body = "".join(f"    {line}\n" for line in attributes.splitlines())
    return inspect(f"{type}:\n  it:\n{body}")


def codes(type: str, attributes: str) -> list[str]:
    return [each.code for each in told(type, attributes)]


@pytest.mark.parametrize(("type", "body"), BODIES.items())
def test_each_type_needs_its_attribute_alone(type: str, body: str) -> None:
    assert not told(type, body)


def test_each_type_is_tested() -> None:
    assert list(BODIES) == sorted(RESOURCES)


RIGHT = [
    ("port", "listening: TRUE"),
    ("port", 'listening: "true"'),
    ("port", "listening: {not: true}"),
    ("port", "listening: true\nip: [0.0.0.0, have-prefix: a]"),
    ("port", "listening: true\nskip: yes"),
    ("port", "skip: on"),
    ("port", "listening: true\nmeta: {a: [1, {b: c}]}"),
    ("port", "listening: true\ntitle: 5"),
    ("command", "exit-status: 0x1"),
    ("command", "exit-status: {or: [0, 1]}"),
    ("command", "exit-status: 0\nexec: [ls, -l]"),
    ("command", "exit-status: 0\nstdout: ''\nstderr: []"),
    ("command", "exit-status: 0\nstdout: 5"),
    ("command", "exit-status: 0\nstdout: {have-prefix: a}"),
    ("command", "exit-status: 0\nstdout: [a, '!b', '/c/', '!/d/', '\\!e']"),
    ("command", "exit-status: 0\ntimeout: 1e4"),
    ("command", "exit-status: 0\ntimeout: 0"),
    ("file", 'exists: true\nmode: "0644"'),
    ("file", "exists: true\nmode: 755"),
    ("file", "exists: true\nsize: {gt: 0, }"),
    ("file", "exists: true\nowner: 0"),
    ("http", "status: '200'"),
    ("http", "status: {and: [{ge: 200}, {lt: 300.5}]}"),
    ("http", "status: 200\nrequest-headers: ['a: b', 5]"),
    ("http", "status: 200\nheaders: ['a: b']\nbody: []"),
    ("user", "exists: true\ngroups: root"),
    ("user", "exists: true\ngroups: {consist-of: [root, {have-prefix: a}]}"),
    ("package", "installed: true\nversions: {semver-constraint: '>1.0'}"),
    ("kernel-param", "value: {gt: 200}"),
    ("mount", "exists: true\nusage: {lt: 95}\nvfs-opts: [rw]"),
    ("service", "enabled: true\nrunlevels: [3]"),
    ("matching", "content: {a: 2020-01-01}\nmatches: {have-key: a}"),
    ("matching", "content: 1\nmatches: {not: {contain-element: {have-suffix: x}}}"),
    ("matching", "content: '{}'\nmatches: {gjson: {a.b: {have-len: 3}, c: d}}"),
    ("matching", "content: a\nmatches: {have-patterns: [a, /b/]}"),
    ("matching", "content: a\nmatches: {equal: [1, null]}"),
    ("matching", "content: a\nmatches: {contain-elements: [a], }"),
    ("matching", "content: a\nmatches: {contain-substring: !!str 5}"),
]


@pytest.mark.parametrize(("type", "attributes"), RIGHT)
def test_what_goss_takes_is_not_told(type: str, attributes: str) -> None:
    assert not told(type, attributes)


WRONG = [
    ("YS505", "port", "listening: yes"),
    ("YS505", "port", "listening: 1"),
    ("YS505", "port", "listening: [true]"),
    ("YS505", "port", "listening: true\nskip: 1"),
    ("YS505", "port", 'listening: true\nskip: "true"'),
    ("YS505", "port", "listening: true\nmeta: [a]"),
    ("YS505", "port", "listening: true\ntitle: [a]"),
    ("YS505", "port", "listening: true\nip: true"),
    ("YS505", "command", "exit-status: zero"),
    ("YS505", "command", "exit-status: [0]"),
    ("YS505", "command", "exit-status: true"),
    ("YS505", "command", "exit-status: 0\ntimeout: 5s"),
    ("YS505", "command", "exit-status: 0\ntimeout: '5000'"),
    ("YS505", "command", "exit-status: 0\ntimeout: .inf"),
    ("YS505", "command", "exit-status: 0\nstdout: [5]"),
    ("YS505", "command", "exit-status: 0\nstdout: [true]"),
    ("YS505", "command", "exit-status: 0\nstdout: [{have-prefix: a}]"),
    ("YS505", "command", "exit-status: 0\nstdout: [null]"),
    ("YS505", "command", "exit-status: 0\nstdout: true"),
    ("YS505", "command", "exit-status: 0\nexec: {a: b}"),
    ("YS505", "file", "exists: true\nmode: 0644"),
    ("YS505", "file", "exists: true\nmode: 0o644"),
    ("YS505", "file", "exists: true\nowner: true"),
    ("YS505", "file", "exists: true\nmd5: 2020-01-01"),
    ("YS505", "port", "listening: true\nport: tcp/80"),
    ("YS505", "port", "listening: true\nport: 80/tcp"),
    ("YS505", "port", "listening: true\nport: tcp:99999"),
    ("YS505", "port", "listening: true\nport: 65536"),
    ("YS505", "port", "listening: true\nport: TCP:80"),
    ("YS505", "file", "exists: true\nfiletype: dir"),
    ("YS505", "file", "exists: true\nfiletype: true"),
    ("YS504", "command", "exit-code: 0"),
    ("YS504", "command", "rc: 0"),
    ("YS504", "file", "exists: true\ntype: directory"),
    ("YS504", "http", "code: 200"),
    ("YS505", "http", "status: OK"),
    ("YS505", "http", "status: 200\nrequest-headers: a"),
    ("YS505", "http", "status: 200\nallow-insecure: maybe"),
    ("YS506", "http", "status: {}"),
    ("YS506", "http", "status: {gt: 1, lt: 2}"),
    ("YS506", "http", "status: {be-numerically: 1}"),
    ("YS506", "http", "status: {gt: '1'}"),
    ("YS506", "http", "status: {or: 200}"),
    ("YS506", "http", "status: {or: [200, {gt: a}]}"),
    ("YS506", "matching", "matches: {match-regexp: 5}"),
    ("YS506", "matching", "matches: {have-prefix: [a]}"),
    ("YS506", "matching", "matches: {have-len: a}"),
    ("YS506", "matching", "matches: {contain-element: true}"),
    ("YS506", "matching", "matches: {not: null}"),
    ("YS506", "matching", "matches: {gjson: [a]}"),
    ("YS506", "matching", "matches: {have-key-with-value: {a: b}}"),
    ("YS506", "matching", "matches: [2020-01-01]"),
    ("YS507", "file", "mode: '0644'"),
    ("YS507", "command", "exit-status: ~"),
    ("YS507", "command", "exec: ls\nskip: false"),
    ("YS508", "command", "exit-status: '0'"),
    ("YS508", "dns", "resolveable: true"),
    ("YS508", "user", "exists: true\nuid: '5'"),
    ("YS509", "matching", "matches: {match-regexp: '(?=a)'}"),
    ("YS509", "matching", "matches: {have-patterns: ['/[/']}"),
    ("YS511", "http", "status: 200\nbody: '!/error/'"),
    ("YS512", "addr", "reachable: true\ntimeout: 5"),
    ("YS512", "addr", "reachable: true\ntimeout: -1000"),
    ("YS513", "service", "title: a"),
]


@pytest.mark.parametrize(("code", "type", "attributes"), WRONG)
def test_one_mistake_is_told_once(code: str, type: str, attributes: str) -> None:
    assert [code] == codes(type, attributes)


@pytest.mark.parametrize(
    ("type", "attributes", "help"),
    [
        ("port", "listning: true", 'did you mean "listening"?'),
        ("service", "runing: true", 'did you mean "running"?'),
        ("file", "exists: true\nmode: 0644", 'put it in quotes: "0644"'),
        ("file", "exists: true\ncontains: [a]", "write contents"),
        ("dns", "resolveable: true", "write resolvable"),
        ("command", "exit-status: 0\ntimeout: 30", "for seconds, write 30000"),
        ("http", "status: {have-prefx: a}", 'did you mean "have-prefix"?'),
        ("port", "listening: yes", "write true or false: yes is a text to goss"),
    ],
)
def test_help_says_what_to_write_instead(type: str, attributes: str, help: str) -> None:
    assert [help] == [each.help for each in told(type, attributes)]


def test_an_unknown_type_gets_a_hint_too() -> None:
    assert [each.help for each in inspect("comand:\n  ls: {exit-status: 0}\n")] == ['did you mean "command"?']


@pytest.mark.parametrize(
    "spec",
    [
        "x: &x {listening: true}\nport:\n  a: *x\n  b: {<<: *x, skip: true}\n",
        "x:\n- &x\n  listening: true\nport:\n  a:\n    <<: [*x]\n",
        "port:\n  a: &x {listening: true}\n  b:\n    <<: *x\n    listening: false\n",
    ],
)
def test_anchors_aliases_and_merges_are_followed(spec: str) -> None:
    assert inspect(spec) == ()


def test_what_stands_behind_aliases_is_told_once() -> None:
    spec = "x: &x {listning: true}\nport:\n  a: *x\n  b: *x\n  c: {<<: *x}\n"
    assert [each.code for each in inspect(spec)] == ["YS504"]


def test_nothing_else_is_said_of_a_template() -> None:
    assert [each.code for each in inspect("fiel: {{ .Vars.a }}\nfiel: 5\n\t")] == ["YS514"]


def test_keys_that_goss_does_not_look_at_may_stand_twice() -> None:
    assert [each.code for each in inspect("fiel:\n  a: 1\n  a: 2\n")] == ["YS503"]


def test_a_hundred_findings_are_enough() -> None:
    spec = "".join(f"type{number}: 1\n" for number in range(150))
    assert len(inspect(spec)) == 100


@pytest.mark.parametrize(
    ("spec", "help"),
    [
        ("port:\n  tcp/9418: {listening: true}\n", "write tcp:9418"),
        ("port:\n  9418/tcp: {listening: true}\n", "write tcp:9418"),
        ("port:\n  udp6/53: {listening: true}\n", "write udp6:53"),
        ("port:\n  80-90: {listening: true}\n", "write it as in tcp:80 or udp:53, with a number up to 65535"),
        ("file:\n  /a: {exists: true, filetype: folder}\n", "write directory"),
        ("file:\n  /a: {exists: true, filetype: simlink}\n", 'did you mean "symlink"?'),
        ("command:\n  ls: {exit-code: 0}\n", "write exit-status"),
    ],
)
def test_what_is_meant_by_a_wrong_name_is_told_once(spec: str, help: str) -> None:
    assert [help] == [finding.help for finding in inspect(spec)]


@pytest.mark.parametrize("port", ["80", "tcp:80", "tcp6:80", "udp:53", "udp6:65535", "'80'"])
def test_a_port_is_named_as_goss_has_it(port: str) -> None:
    assert inspect(f"port:\n  {port}: {{listening: true}}\n") == ()
    assert inspect(f"port:\n  web: {{port: {port}, listening: true}}\n") == ()


@pytest.mark.parametrize("filetype", ["file", "directory", "symlink", "socket", "{not: directory}", "[file]"])
def test_a_filetype_that_goss_finds_is_right(filetype: str) -> None:
    assert inspect(f"file:\n  /a: {{exists: true, filetype: {filetype}}}\n") == ()
