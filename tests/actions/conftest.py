"""The company in an empty table."""

from collections.abc import Iterator

import pytest
from botocore.retries.standard import ExponentialBackoff

from tests.support import company, emulators


@pytest.fixture
def _company() -> Iterator[None]:
    with emulators.empty_table("ministack"):
        company.found()
        yield


@pytest.fixture(params=emulators.EXACT)
def exact_company(request: pytest.FixtureRequest) -> Iterator[None]:
    with emulators.empty_table(request.param):
        company.found()
        yield


@pytest.fixture(autouse=True)
def _retries_do_not_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """The SDK tries again at once."""
    monkeypatch.setattr(ExponentialBackoff, "delay_amount", lambda *_: 0)
