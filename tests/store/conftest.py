"""The table, empty, on each emulator that can tell the truth about it."""

from collections.abc import Iterator

import pytest

from tests.support import company, emulators


@pytest.fixture(params=emulators.ALL)
def table(request: pytest.FixtureRequest) -> Iterator[str]:
    """For what one thread does."""
    with emulators.empty_table(request.param):
        yield request.param


@pytest.fixture(params=emulators.EXACT)
def exact_table(request: pytest.FixtureRequest) -> Iterator[str]:
    """For what needs the items that broke a transaction's conditions: moto does not return them."""
    with emulators.empty_table(request.param):
        company.found(company.ANNA, company.OLEG, company.ELENA)
        yield request.param
