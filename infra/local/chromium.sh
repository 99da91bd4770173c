#!/usr/bin/env bash
# Prints the path of a Chromium for the browser tests, installing one where that is possible. The one without windows
# needs half the CPU; it is the same engine.
set -euo pipefail

found() {
  local name
  for name in "${CHROMIUM_PATH:-}" chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
    if [ -n "$name" ] && command -v "$name" 2>/dev/null; then
      return 0
    fi
  done
  return 1
}

found && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing Chromium for the browser tests..." >&2
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq >&2
  apt-get install -y -qq chromium-headless-shell >&2 || apt-get install -y -qq chromium >&2
  found && exit 0
fi
echo "messenger: the browser tests need Chromium. Install it (for example: apt install chromium)" >&2
echo "or name one: CHROMIUM_PATH=/path/to/chromium make test" >&2
exit 1
