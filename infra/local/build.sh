#!/usr/bin/env bash
# build.sh WORKSPACE SOURCES...: builds a front end when its sources differ from the last build.
set -euo pipefail
cd "$(dirname "$0")/../.."
workspace=$1
shift

sources() {
  find "$@" package-lock.json -type f -not -path '*/node_modules/*' -not -path '*/dist/*' \
    -not -path '*/tests/*' | LC_ALL=C sort | tr '\n' '\0'
}

[ -f "$workspace/package.json" ] || exit 0
want=$(sources "$@" | xargs -0 cat | (sha256sum 2>/dev/null || shasum -a 256) | cut -c1-64)
stamp=$workspace/dist/.built  # inside, so that a build which broke off has none
if [ "$(cat "$stamp" 2>/dev/null || true)" = "$want" ]; then
  exit 0
fi
echo "Building the $workspace..."
npm run build --silent --workspace "$workspace"
echo "$want" > "$stamp"
