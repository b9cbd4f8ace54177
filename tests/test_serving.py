"""The server of `preview --watch`: for this machine, for one page, gone when it ends (PRE-50 to PRE-54)."""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from yamlsync.errors import OperationError
from yamlsync.serving import Served, script, serving


@pytest.fixture
def served() -> Served:
    served = Served()
    served.show("<p>one")
    return served


@pytest.fixture
def port(served: Served) -> Iterator[int]:
    before = threading.active_count()
    with serving(served, 0) as address:
        yield urlsplit(address).port or 0
    assert threading.active_count() == before


def ask(port: int, path: str = "/", method: str = "GET", **headers: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    data = answer.read()
    connection.close()
    return answer.status, data


def test_the_page_is_served_as_it_is_now(served: Served, port: int) -> None:
    assert ask(port) == (200, b"<p>one")
    served.show("<p>two")
    assert ask(port) == (200, b"<p>two")
    assert ask(port, Host=f"localhost:{port}") == (200, b"<p>two")
    assert ask(port, method="HEAD") == (200, b"")


@pytest.mark.parametrize("path", ["/index.html", "/../etc/passwd", "/events/", "/?x"])
def test_there_is_nothing_else(port: int, path: str) -> None:
    assert ask(port, path)[0] == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "CONNECT", "TRACE"])
def test_other_methods_are_refused(port: int, method: str) -> None:
    assert ask(port, method=method)[0] == 405


@pytest.mark.parametrize(
    "host", ["hostile.example", "127.0.0.1", "localhost:1", "", "127.0.0.1.hostile.example"]
)
def test_a_name_elsewhere_that_leads_here_gets_nothing(port: int, host: str) -> None:
    assert ask(port, Host=host) == (421, b"Ask for 127.0.0.1 or localhost.\n")
    assert ask(port, "/events", Host=host)[0] == 421


def test_nobody_may_keep_or_frame_it(port: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/")
    headers = connection.getresponse().headers
    connection.close()
    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Security-Policy"] == "frame-ancestors 'none'"
    assert headers["Server"] == "yamlsync"
    assert "Access-Control-Allow-Origin" not in headers


def test_who_listens_is_told_of_each_page(served: Served, port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        client.sendall(f"GET /events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        lines = client.makefile("rb")
        words = []
        for line in lines:
            if line.startswith(b"data: "):
                words.append(line)
                if len(words) == 2:
                    break
                served.show("<p>two")
        assert len(set(words)) == 2


def test_the_script_of_a_course_keeps_where_it_is_read_and_that_of_problems_does_not() -> None:
    both = [script("w-1"), script("w-1", is_course=False)]
    for each in both:
        assert "\n" not in each
        assert '"w-1"' in each
        assert "location.reload()" in each
    assert ["history" in each for each in both] == [True, False]


def test_it_listens_on_this_machine_alone(served: Served) -> None:
    with serving(served, 0) as address:
        assert address.startswith("http://127.0.0.1:")


def test_a_port_that_is_taken_is_told(served: Served, port: int) -> None:
    with pytest.raises(OperationError) as raised, serving(Served(), port):
        pass
    assert raised.value.message.startswith(f"port {port} cannot be listened on: ")


def test_the_end_waits_for_nobody(served: Served) -> None:
    before = threading.active_count()
    clients = []
    with serving(served, 0) as address:
        port = urlsplit(address).port or 0
        for question in (
            b"",
            b"GET / HT",
            f"GET /events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode(),
        ):
            clients.append(socket.create_connection(("127.0.0.1", port), timeout=10))
            clients[-1].sendall(question)
        assert clients[2].recv(8) == b"HTTP/1.0"
    assert threading.active_count() == before
    for client in clients:
        client.close()
