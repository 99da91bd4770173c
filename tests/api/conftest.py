"""A company with its people, behind the application's doors."""

from collections.abc import Iterator

import pytest

from tests.support import company, emulators, geoip


@pytest.fixture(scope="session", autouse=True)
def _geoip() -> None:
    geoip.write()


@pytest.fixture(autouse=True)
def _company() -> Iterator[None]:
    with emulators.empty_table("ministack"):
        company.found()
        yield
