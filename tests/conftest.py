"""Before anything of ours is imported: its environment, and a line that lets no call out."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.support import emulators, environment, line

environment.apply()

settings.register_profile("quick", max_examples=25, derandomize=True, database=None)
settings.load_profile("quick")

IN_PROCESS = {"domain", "store", "api", "actions", "invariants"}
"""The folders whose tests run our code in this process; the others start whole stacks."""


@pytest.fixture(autouse=True)
def _line(request: pytest.FixtureRequest) -> Iterator[None]:
    folder = request.path.relative_to(Path(__file__).parent).parts[0]
    if folder not in IN_PROCESS:
        yield
        return
    with line.laid():
        yield
        line.LINE.reset()


def pytest_collection_finish(session: pytest.Session) -> None:
    """Java starts while the quick tests run."""
    if any("dynamodb-local" in item.name for item in session.items):
        emulators.start_dynamodb_local()


def pytest_sessionfinish() -> None:
    emulators.stop_all()
