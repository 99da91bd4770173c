"""`python -m infra.package [--out FOLDER]`: everything a deployment is made of, in one folder.

function.zip, template.json, front.zip, and manifest.json with their SHA-256.
"""

import argparse
import hashlib
import json
import shutil
import sys
import tempfile
from pathlib import Path

from infra.deploy import front
from infra.deploy.problem import Problem
from infra.package import archive, lint, template, wheels

MOST_BYTES = 6_000_000
"""Of the zip: every cold start fetches it."""


def package(out: Path, cache: Path) -> None:
    """Writes the folder anew. Raises Problem saying what is missing or wrong."""
    wheels.check_python()
    sam = template.build()
    lint.lint(sam, lint.transformed(sam))
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    function(out / "function.zip", cache, wheels.ARM64)
    (out / "template.json").write_text(json.dumps(sam, indent=1, sort_keys=True) + "\n")
    (out / "front.zip").write_bytes(front.pack(front.build()))
    digests = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in out.iterdir()}
    (out / "manifest.json").write_text(json.dumps(digests, indent=1, sort_keys=True) + "\n")


def function(into: Path, cache: Path, platform: tuple[str, ...]) -> None:
    """The zip for one platform. Raises Problem when it has grown too large."""
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder)
        archive.unpack(wheels.download(cache, platform), tree)
        archive.compile_all(tree)
        archive.pack(tree, into)
    if into.stat().st_size > MOST_BYTES:
        raise Problem(
            f"The zip has grown to {into.stat().st_size:,} bytes; {MOST_BYTES:,} are allowed "
            "(infra/package/contents.py says what goes into it)."
        )


def main() -> int:
    """0 when the folder is complete, 1 with the reason on standard error otherwise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("dist/package"))
    parser.add_argument("--cache", type=Path, default=Path(".local/wheels"))
    asked = parser.parse_args()
    try:
        package(asked.out, asked.cache)
    except Problem as problem:
        sys.stderr.write(f"messenger: {problem}\n")
        return 1
    size = (asked.out / "function.zip").stat().st_size
    digest = json.loads((asked.out / "manifest.json").read_text())["function.zip"]
    sys.stdout.write(f"{asked.out}: function.zip has {size:,} bytes, SHA-256 {digest}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
