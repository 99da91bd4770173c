"""POSTs to strangers: where they may go, and what a bad receiver can do to us (nothing)."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from chalicelib.domain.webhook import Answer, Failure, Networks
from chalicelib.gateways import webhook_post
from chalicelib.gateways.webhook_post import is_public, post

NAME = "receiver.example"


def names(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> list[str]:
    """The resolver gives every name these addresses; the names that were asked for."""
    asked: list[str] = []

    def resolve(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        if host not in addresses:  # an address needs no name service, though it is put through it
            asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in addresses]

    monkeypatch.setattr(webhook_post.socket, "getaddrinfo", resolve)
    return asked


@pytest.fixture
def no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(*_: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(webhook_post, "_connection", connect)


# ---------------------------------------------------------------- addresses


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "10.0.0.1",  # noqa: S104  # nothing is bound here
         "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254",
        "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.168.1.1", "198.18.0.1",
        "198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1", "255.255.255.255",
        "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254",
        "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::a00:1", "100::1", "2001::1",
        "2001:db8::1", "2002:7f00:1::", "2002:a00:1::1", "fc00::1", "fd00:ec2::254", "fe80::1",
        "fec0::1", "ff02::1",
    ],
)  # fmt: skip
def test_private_addresses_are_refused(
    address: str, monkeypatch: pytest.MonkeyPatch, no_connection: None
) -> None:
    names(monkeypatch, address)

    assert not is_public(ip_address(address))
    answer = post(f"https://{NAME}/", b"{}", {}, Networks.PUBLIC)
    assert (answer.status, answer.failure) == (None, Failure.REFUSED_ADDRESS)


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "93.184.215.14", "2606:4700:4700::1111", "::ffff:1.1.1.1",
                "64:ff9b::101:101", "2002:101:101::1"]
)  # fmt: skip
def test_public_addresses_are_not(address: str) -> None:
    assert is_public(ip_address(address))


def test_one_private_address_among_public_ones_is_enough(
    monkeypatch: pytest.MonkeyPatch, no_connection: None
) -> None:
    names(monkeypatch, "1.1.1.1", "10.0.0.1")

    assert post(f"https://{NAME}/", b"{}", {}, Networks.PUBLIC).failure is Failure.REFUSED_ADDRESS


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "[::1]", "localhost"],
)
def test_written_addresses_are_judged_as_the_system_reads_them(
    host: str, no_connection: None
) -> None:
    answer = post(f"https://{host}/", b"{}", {}, Networks.PUBLIC)

    assert answer.failure is Failure.REFUSED_ADDRESS


@pytest.mark.parametrize("url", [f"http://{NAME}/", f"https://{NAME}:8443/", f"http://{NAME}:443/"])
def test_other_ports_and_plain_http_are_refused(
    url: str, monkeypatch: pytest.MonkeyPatch, no_connection: None
) -> None:
    names(monkeypatch, "1.1.1.1")

    assert post(url, b"{}", {}, Networks.PUBLIC).failure is Failure.REFUSED_ADDRESS


def test_a_name_is_resolved_once_and_its_judged_address_called(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Guards against rebinding: whatever the name says a moment later, we call what we judged."""
    asked = names(monkeypatch, "1.1.1.1")
    called: list[tuple[Any, ...]] = []

    def connect(address: tuple[str, int], *_: object, **__: object) -> socket.socket:
        called.append(address)
        raise OSError("no network in tests")

    monkeypatch.setattr("urllib3.util.connection.create_connection", connect)

    answer = post(f"https://{NAME}/", b"{}", {}, Networks.PUBLIC)

    assert (asked, called) == ([NAME], [("1.1.1.1", 443)])
    assert answer.failure is Failure.CONNECTION


# ---------------------------------------------------------------- receivers


class Request:
    """What a receiver was sent."""

    def __init__(self, handler: BaseHTTPRequestHandler) -> None:
        self.path = handler.path
        self.headers = dict(handler.headers.items())
        self.body = handler.rfile.read(int(handler.headers["Content-Length"]))


Act = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def receiver(act: Act, tls: ssl.SSLContext | None = None) -> Iterator[tuple[int, list[Request]]]:
    """A receiver on this machine: its port, and what it was sent."""
    seen: list[Request] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            seen.append(Request(self))
            act(self)

        def log_message(self, format: str, *args: object) -> None:
            """Receivers in tests are silent."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.server_port, seen
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def answers(status: int, **headers: str) -> Act:
    def act(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return act


def sent(act: Act, path: str = "/") -> Answer:
    with receiver(act) as (port, _):
        return post(f"http://127.0.0.1:{port}{path}", b"{}", {}, Networks.ANY)


def test_it_gets_the_body_and_the_headers_under_its_own_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names(monkeypatch, "127.0.0.1")
    with receiver(answers(204)) as (port, seen):
        url = f"http://{NAME}:{port}/hook/a%20b?x=1&y=2"
        answer = post(url, '{"a":"Да"}'.encode(), {"webhook-id": "talk-1"}, Networks.ANY)

    assert (answer.status, answer.failure) == (204, None)
    (request,) = seen
    assert request.path == "/hook/a%20b?x=1&y=2"
    assert request.body == '{"a":"Да"}'.encode()
    assert request.headers["Host"] == f"{NAME}:{port}"
    assert request.headers["webhook-id"] == "talk-1"
    assert request.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    ("status", "failure"),
    [
        (200, None),
        (202, None),
        (299, None),
        (301, Failure.REDIRECT),
        (307, Failure.REDIRECT),
        (400, Failure.STATUS),
        (410, Failure.STATUS),
        (503, Failure.STATUS),
    ],
)
def test_only_2xx_is_taken_and_no_redirect_is_followed(
    status: int, failure: Failure | None
) -> None:
    with receiver(answers(status, Location="/elsewhere")) as (port, seen):
        answer = post(f"http://127.0.0.1:{port}/", b"{}", {}, Networks.ANY)

    assert (answer.status, answer.failure, len(seen)) == (status, failure, 1)


def test_it_may_ask_to_be_left_alone_for_a_while() -> None:
    in_an_hour = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)

    assert sent(answers(429, Retry_After="120")).retry_after == timedelta(seconds=120)
    waits = sent(answers(503, Retry_After=in_an_hour)).retry_after
    assert waits is not None
    assert timedelta(minutes=59) < waits <= timedelta(hours=1)
    for nonsense in ("soon", "-5", "1e9", "9" * 30, "٣"):
        odd = nonsense if nonsense.isascii() else "3x"
        assert sent(answers(503, Retry_After=odd)).retry_after is None


def test_a_hundred_megabytes_are_not_read() -> None:
    written: list[int] = []

    def floods(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(100 * 1024 * 1024))
        handler.end_headers()
        try:
            written.extend(handler.wfile.write(bytes(64 * 1024)) for _ in range(1600))
        except OSError:
            return  # we have hung up

    answer = sent(floods)

    assert answer.failure is None
    assert sum(written) < 20 * 1024 * 1024


def test_a_host_that_never_answers_costs_no_more_than_the_deadline(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(webhook_post, "SECONDS", 0.3)
    over = threading.Event()

    began = monotonic()
    with receiver(lambda _: over.wait(10) and None) as (port, _):
        answer = post(f"http://127.0.0.1:{port}/", b"{}", {}, Networks.ANY)
        over.set()

    assert (answer.status, answer.failure) == (None, Failure.TIMEOUT)
    assert monotonic() - began < 5


def test_a_host_that_drips_its_answer_costs_no_more_than_the_deadline(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Guards: the timer over the whole attempt. A timeout of the socket alone begins anew with
    every byte.
    """
    monkeypatch.setattr(webhook_post, "SECONDS", 0.5)
    over = threading.Event()

    def drips(handler: BaseHTTPRequestHandler) -> None:
        try:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            while not over.wait(0.05):
                handler.wfile.write(b"z")
        except OSError:
            return  # we have hung up

    ending = threading.Timer(10, over.set)
    ending.start()
    with receiver(drips) as (port, _):
        answer = post(f"http://127.0.0.1:{port}/", b"{}", {}, Networks.ANY)
        over.set()
    ending.cancel()

    assert (answer.status, answer.failure) == (None, Failure.TIMEOUT)
    assert answer.duration_ms < 5000


def test_who_speaks_no_http_or_nothing_at_all_is_a_failed_connection() -> None:
    def rubbish(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"SSH-2.0-OpenSSH_9\r\n")

    def silence(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True

    assert sent(rubbish).failure is Failure.CONNECTION
    assert sent(silence).failure is Failure.CONNECTION
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/"
    assert post(url, b"{}", {}, Networks.ANY).failure is Failure.CONNECTION
    assert post("http://no-such-host.invalid/", b"{}", {}, Networks.ANY).failure in (
        Failure.CONNECTION,
        Failure.TIMEOUT,
    )


# ---------------------------------------------------------------- TLS


def certificate(folder: Path, name: str) -> tuple[ssl.SSLContext, Path]:
    """A server's context for a name, and the authority that vouches for it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, secret = folder / f"{name}.pem", folder / f"{name}.key"
    pem.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, secret)
    return context, pem


@pytest.mark.parametrize(
    ("certified", "failure"), [(NAME, None), ("other.example", Failure.CONNECTION)]
)
def test_tls_proves_the_name_though_the_address_is_called(
    certified: str, failure: Failure | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server, authority = certificate(tmp_path, certified)
    trusting = ssl.create_default_context(cafile=str(authority))
    monkeypatch.setattr(webhook_post, "_tls", lambda: trusting)
    names(monkeypatch, "127.0.0.1")

    with receiver(answers(200), server) as (port, seen):
        answer = post(f"https://{NAME}:{port}/", b"{}", {}, Networks.ANY)

    assert answer.failure is failure
    assert len(seen) == (1 if failure is None else 0)
