"""Somebody else's server: what webhooks are sent to."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.deploy.cloud import until


@dataclass(slots=True, kw_only=True)
class Receiver:
    """Says 200 below /fine and 500 elsewhere, and keeps what came: path, headers, body."""

    url: str
    got: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    def with_text(
        self, text: str, patience: float = 30, at: str = "/"
    ) -> tuple[dict[str, str], bytes] | None:
        """The first that holds a text and came to a path below `at`, once it has come."""

        def find() -> tuple[dict[str, str], bytes] | None:
            return next(
                (
                    (headers, body)
                    for path, headers, body in list(self.got)
                    if path.startswith(at) and text.encode() in body
                ),
                None,
            )

        found: tuple[dict[str, str], bytes] | None = until(find, bool, patience)
        return found


@contextmanager
def listening() -> Iterator[Receiver]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # the base class calls it so
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.got.append((self.path, dict(self.headers.items()), body))
            self.send_response(200 if self.path.startswith("/fine") else 500)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver = Receiver(url=f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
