"""Before anything of ours is imported: its environment, and a line that lets no call out."""

import os
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, settings

from tests.support import emulators, environment, line, stacks

environment.apply()

# What is true is so on a busy machine too: nothing here is judged by the clock on the wall.
settings.register_profile(
    "quick",
    max_examples=25,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("quick")

LONGEST_FIRST = ("e2e", "deploy", "invariants", "local", "store", "actions", "api")
"""In what order the folders are begun: at the end nobody waits for one that is long."""

IN_PROCESS = {"domain", "store", "api", "actions", "invariants"}
"""The folders whose tests run our code in this process; the others start whole stacks."""


@pytest.fixture(autouse=True)
def _line(request: pytest.FixtureRequest) -> Iterator[None]:
    if _folder(request.node) not in IN_PROCESS:
        yield
        return
    with line.laid():
        yield
        line.LINE.reset()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The SDK tries again at once: the pauses between its attempts are not what is tested."""
    monkeypatch.setattr("botocore.endpoint.time", SimpleNamespace(sleep=lambda _: None))


@pytest.fixture
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a stack that was started once."""
    return stacks.new_folder(tmp_path_factory)


def _folder(item: pytest.Item) -> str:
    return item.path.relative_to(Path(__file__).parent).parts[0]


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores, up to four: people in browsers wait half of the time."""
    return min((os.cpu_count() or 1) + 1, 4)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def place(item: pytest.Item) -> int:
        folder = _folder(item)
        return LONGEST_FIRST.index(folder) if folder in LONGEST_FIRST else len(LONGEST_FIRST)

    items.sort(key=place)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Java starts while the quick tests run."""
    if any("dynamodb-local" in item.name for item in session.items):
        emulators.start_dynamodb_local()


def pytest_sessionfinish() -> None:
    emulators.stop_all()
