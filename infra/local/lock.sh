#!/usr/bin/env bash
# Recompiles both requirement locks with hashes for every platform.
set -euo pipefail
cd "$(dirname "$0")/../.."
for name in requirements requirements-dev; do
  .venv/bin/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-emit-index-url \
    --no-emit-find-links --no-emit-trusted-host --output-file "$name.txt" "$@" "$name.in"
done
