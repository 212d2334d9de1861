#!/usr/bin/env bash
# Measures requests per second with wrk: a constant answer, a link status and a token issue, in interleaved rounds.
# Usage: Tests/Benchmarks/throughput.sh PATH_TO_BINARY
#
# The ratios to the constant answer say more than the numbers: they are less a matter of the machine and its load.
set -euo pipefail
[ $# -eq 1 ] || { echo "usage: $0 PATH_TO_BINARY" >&2; exit 64; }
missing=()
for tool in wrk curl; do command -v "$tool" >/dev/null || missing+=("$tool"); done
[ ${#missing[@]} -eq 0 ] || { echo "$0 needs ${missing[*]}: apt-get install ${missing[*]}" >&2; exit 1; }
binary=$(realpath "$1")
folder=$(mktemp -d)
cd "$folder"

rounds=3
names=(livez link token)
declare -A title=([livez]="constant answer" [link]="link status" [token]="token issue")

"$binary" serve --port 0 --port-file port --database sandbox.sqlite --quiet 2>log &
server=$!
trap 'kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
for _ in $(seq 200); do
  [ -s port ] && break
  kill -0 "$server" 2>/dev/null || { cat log >&2; exit 1; }
  sleep 0.05
done
url=http://127.0.0.1:$(cat port)

body='{"grant_type":"client_credentials","client_id":"demo-client","client_secret":"demo-secret","scope":"connect:fulfillment"}'
token=$(curl -sf "$url/v2/oauth/token" -H 'Content-Type: application/json' -d "$body" |
  sed -E 's/.*"access_token":"([^"]+)".*/\1/')
user=1990ad78-9f7a-4302-95cb-f70fe03b6b04

cat >livez.lua <<LUA
wrk.path = "/livez"
LUA
cat >link.lua <<LUA
wrk.path = "/v2/fulfillment/users/$user/link"
wrk.headers["Authorization"] = "Bearer $token"
LUA
cat >token.lua <<LUA
wrk.method = "POST"
wrk.path = "/v2/oauth/token"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '$body'
LUA

# Prints requests per second; refused or broken requests would measure something else.
measure() {
  wrk -t1 -c64 "-d$2" -s "$1.lua" "$url" >result
  if grep -E 'Non-2xx|Socket errors' result >&2; then
    echo "$1: not all requests were answered well" >&2
    exit 1
  fi
  sed -nE 's/^Requests\/sec: +//p' result
}

median() { sort -n "$1.rates" | awk '{rate[NR] = $1} END {print rate[int((NR + 1) / 2)]}'; }

for name in "${names[@]}"; do measure "$name" 1s >/dev/null; done
printf '%-16s' ''
for name in "${names[@]}"; do printf '%18s' "${title[$name]}"; done
for round in $(seq "$rounds"); do
  printf '\n%-16s' "round $round"
  for name in "${names[@]}"; do
    rate=$(measure "$name" 5s)
    echo "$rate" >>"$name.rates"
    printf '%18s' "$rate"
  done
done
printf '\n%-16s' median
for name in "${names[@]}"; do printf '%18s' "$(median "$name")"; done
constant=$(median livez)
printf '\n%-16s' 'to constant'
for name in "${names[@]}"; do
  printf '%18s' "$(awk -v rate="$(median "$name")" -v constant="$constant" 'BEGIN {printf "%.2f", rate / constant}')"
done
printf '\n'
