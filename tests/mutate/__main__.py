"""Takes each condition away by itself; 1 when no test misses one: `make mutate`."""

import sys

import pytest

from tests.mutate.loop import Loop

TESTS = ("tests/store", "tests/actions", "tests/api", "tests/invariants")
EXACT = "not moto and not dynamodb-local"
"""moto does not tell which condition broke; one judge is enough."""


def main() -> int:
    loop = Loop()
    chosen = sys.argv[1:] or TESTS
    quiet = ["-p", "no:cacheprovider", "-p", "no:terminal", "-o", "addopts=--strict-markers"]
    pytest.main([*quiet, "-k", EXACT, *chosen], [loop])
    sys.stdout.write(f"{len(loop.seen)} conditions, {len(loop.survivors)} survived\n")
    return 1 if loop.survivors or not loop.seen else 0


if __name__ == "__main__":
    sys.exit(main())
