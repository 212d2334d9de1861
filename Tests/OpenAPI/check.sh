#!/usr/bin/env bash
# Checks the server's OpenAPI document from outside: that it is one, and that the server does what it says.
# Usage: Tests/OpenAPI/check.sh PATH_TO_BINARY, with the packages of requirements.txt on the PATH
#
# Schemathesis makes some thousand requests up from the document, good and bad ones, and holds the answers against it.
# It takes about a minute; the bad part of two means that something hangs.
set -euo pipefail
[ $# -eq 1 ] || { echo "usage: $0 PATH_TO_BINARY" >&2; exit 64; }
binary=$(realpath "$1")
checks=$(realpath "$(dirname "$0")")
folder=$(mktemp -d)
cd "$folder"

"$binary" serve --port 0 --port-file port --database :memory: --quiet 2>log &
server=$!
trap 'kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
for _ in $(seq 200); do
  [ -s port ] && break
  kill -0 "$server" 2>/dev/null || { cat log >&2; exit 1; }
  sleep 0.05
done
export CONNECT_SANDBOX_URL=http://127.0.0.1:$(cat port)

curl -sf "$CONNECT_SANDBOX_URL/_sandbox/openapi.json" -o openapi.json
openapi-spec-validator openapi.json

cp "$checks"/{schemathesis.toml,hooks.py} .
timeout 120 schemathesis run "$CONNECT_SANDBOX_URL/_sandbox/openapi.json" || {
  echo "what the server said:" >&2
  tail -n 20 log >&2
  exit 1
}
