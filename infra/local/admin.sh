#!/usr/bin/env bash
# admin.sh EMAIL NAME: creates an admin on the running local stack, whose environment it borrows.
set -euo pipefail
cd "$(dirname "$0")/../.."
environment=${LOCAL_DIR:-.local}/environment
[ -n "$1" ] && [ -n "$2" ] || { echo "messenger: make admin EMAIL=you@example.com NAME='Your Name'" >&2; exit 1; }
[ -f "$environment" ] || { echo "messenger: start the stack first: make run" >&2; exit 1; }
set -a
. "$environment"
set +a
exec .venv/bin/python -m infra.create_admin "$1" "$2"
