#!/bin/sh
# Every test but the long fault runs, in two processes side by side: the slow ones on browsers, kills and
# engines in one, all others in the other, whose output follows when both have ended. Each starts and stops
# the servers that it needs. Ends with 1 when a test of either failed.
set -u
cd "$(dirname "$0")/.."
slow="tests/browser tests/chaos tests/contract"
log=$(mktemp)
other=
trap '[ -z "$other" ] || kill "$other" 2>/dev/null; rm -f "$log"' EXIT
trap 'exit 130' INT TERM

run() {
    .venv/bin/python -m pytest --ignore=tests/bench -m "not chaos_long" "$@"
}

# shellcheck disable=SC2046,SC2086 # words of the list are meant apart
run $(printf -- '--ignore=%s ' $slow) >"$log" 2>&1 &
other=$!
# shellcheck disable=SC2086
run $slow
first=$?
wait "$other"
second=$?
other=
cat "$log"
[ "$first" = 0 ] && [ "$second" = 0 ]
