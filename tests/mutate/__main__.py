"""Takes each condition away by itself, or with --clients each guard of the pages against a bad
network; 1 when no test misses one: `make mutate`.
"""

import sys

import pytest

from tests.mutate.loop import Loop
from tests.support import environment

CLIENTS = "--clients"

TESTS = ("tests/store", "tests/actions", "tests/api", "tests/invariants")
EXACT = "not moto and not dynamodb-local"
"""moto does not tell which condition broke; one judge is enough."""


def main() -> int:
    quiet = ["-p", "no:cacheprovider", "-p", "no:terminal", "-o", "addopts=--strict-markers"]
    if sys.argv[1:2] == [CLIENTS]:
        return _clients(quiet)
    loop = Loop()
    chosen = sys.argv[1:] or TESTS
    pytest.main([*quiet, "-k", EXACT, *chosen], [loop])
    sys.stdout.write(f"{len(loop.seen)} conditions, {len(loop.survivors)} survived\n")
    return 1 if loop.survivors or not loop.seen else 0


def _clients(quiet: list[str]) -> int:
    environment.apply()
    from tests.mutate.clients import Clients  # it reads the environment

    clients = Clients(sys.argv[2:])
    pytest.main([*quiet, "tests/invariants/test_i2.py"], [clients])
    sys.stdout.write(f"{len(clients.tried)} guards, {len(clients.survivors)} survived\n")
    return 1 if clients.survivors or not clients.tried else 0


if __name__ == "__main__":
    sys.exit(main())
