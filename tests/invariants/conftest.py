"""The table on each emulator whose transactions hold, and faults that cost no time."""

from collections.abc import Iterator

import pytest
from botocore.retries.standard import ExponentialBackoff
from msgspec.structs import replace

from chalicelib.config import config
from tests.support import company, emulators


@pytest.fixture(params=emulators.EXACT)
def exact_table(request: pytest.FixtureRequest) -> Iterator[str]:
    with emulators.empty_table(request.param):
        company.found(company.ANNA, company.OLEG, company.ELENA)
        yield request.param


@pytest.fixture
def empty() -> Iterator[None]:
    with emulators.empty_table("ministack"):
        yield


@pytest.fixture
def table() -> Iterator[None]:
    with emulators.empty_table("ministack"):
        company.found(company.ANNA, company.OLEG, company.ELENA)
        yield


@pytest.fixture(autouse=True)
def _retries_do_not_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """The SDK tries again at once."""
    monkeypatch.setattr(ExponentialBackoff, "delay_amount", lambda *_: 0)


@pytest.fixture(autouse=True)
def _nobody_is_slowed_down(monkeypatch: pytest.MonkeyPatch) -> None:
    """What must hold is shown by more messages at once than a person writes."""
    unlimited = replace(config(), rate_limits=False)
    monkeypatch.setattr("chalicelib.actions.limits.config", lambda: unlimited)
