"""Runs tests with every condition in place, then once more without each of them."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.httpsession import URLLib3Session

from tests.mutate.conditions import Guard, broken, guards, without
from tests.support import line

TRIES = 3
"""Threads need not meet at the first try."""


class Loop:
    """The plugin that takes the place of pytest's own loop over the tests.

    `missing` is the condition that is taken out at present, `survivors` are those that no test
    missed.
    """

    def __init__(self) -> None:
        self.missing: Guard | None = None
        self.survivors: list[Guard] = []
        self.seen: set[Guard] = set()
        self._broken: set[Guard] = set()
        self._cases: dict[Guard, list[tuple[float, pytest.Item]]] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        with self._between():
            for item in session.items:
                self._learn(item)
            for guard in sorted(self.seen):
                self._try_without(guard)
        session.testsfailed = len(self.survivors)
        return True

    def _learn(self, item: pytest.Item) -> None:
        """Notes which conditions broke in this test: no other can be missed in it."""
        self._broken.clear()
        begin = monotonic()
        failed = failure(item)
        if failed is not None:
            _say(f"fails as it is, so it proves nothing: {item.nodeid}: {failed}")
            return
        for guard in self._broken:
            self._cases.setdefault(guard, []).append((monotonic() - begin, item))

    def _try_without(self, guard: Guard) -> None:
        cases = sorted(self._cases.get(guard, []), key=lambda case: case[0])
        self.missing = guard
        try:
            for _, item in [each for each in cases for _ in range(TRIES)]:
                failed = failure(item)
                if failed is not None:
                    _say(f"killed   {guard}\n         by {item.nodeid}: {failed}")
                    return
        finally:
            self.missing = None
        self.survivors.append(guard)
        tried = f"{len(cases)} tests do without it" if cases else "it breaks in no test"
        _say(f"SURVIVED {guard}\n         {tried}")

    @contextmanager
    def _between(self) -> Iterator[None]:
        """Stands between the tests' line and the network."""
        real = line._send

        def send(session: URLLib3Session, request: AWSPreparedRequest) -> AWSResponse:
            operation = line._target(request).rpartition(".")[2]
            asked = line._sent(request)
            self.seen.update(each for each in guards(operation, asked) if each)
            if self.missing is not None:
                request.body = json.dumps(without(operation, asked, self.missing)).encode()
                request.headers["Content-Length"] = str(len(request.body))
            response = real(session, request)
            if response.status_code == 400:
                answer = json.loads(response.content)
                self._broken.update(broken(operation, asked, answer))
            return response

        line._send = send  # type: ignore[assignment]
        try:
            yield
        finally:
            line._send = real


def failure(item: Any) -> str | None:
    """The last line of what went wrong in a test, None when nothing did."""
    item._initrequest()
    for report in runtestprotocol(item, log=False, nextitem=None):
        if report.failed:
            return str(report.longreprtext).strip().splitlines()[-1]
    return None


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
