#!/bin/sh
# Make .venv and install the Python packages in it; quiet and fast when nothing changed.
# Usage: tools/setup.sh [dev]     dev adds the packages of requirements-dev.txt
set -eu
cd "$(dirname "$0")/.."
[ "${1:-}" = dev ] && wanted=requirements-dev.txt || wanted=requirements.txt

fail() {
    echo "setup: $1" >&2
    exit 1
}

find_python() { # print the first Python of 3.11 or newer
    for python in python3 python3.13 python3.12 python3.11; do
        if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$python"
            return
        fi
    done
    fail "Python 3.11 or newer is needed; found: $(python3 --version 2>/dev/null || echo none) (Debian: apt-get install python3 python3-venv)"
}

make_venv() { # the file `place` is written last: without it, or after a move of the folder, .venv is made again
    python=$(find_python)
    "$python" -c 'import venv, ensurepip' 2>/dev/null ||
        fail "this Python has no venv module (Debian: apt-get install python3-venv)"
    echo "setup: making .venv with $("$python" --version)"
    rm -rf .venv
    "$python" -m venv .venv
    pwd >.venv/place
}

is_whole() {
    [ "$(cat .venv/place 2>/dev/null)" = "$(pwd)" ] && .venv/bin/python -m pip --version >/dev/null 2>&1
}

fingerprint() { # one hash over the Python, the place and the files named; fails when .venv is half-made
    .venv/bin/python -I -c '
import hashlib, importlib.util, os, pathlib, sys
importlib.util.find_spec("pip") or sys.exit("no packages")
told = [sys.version, os.getcwd(), *(pathlib.Path(name).read_text("utf-8") for name in sys.argv[1:])]
print(hashlib.sha256("\0".join(told).encode()).hexdigest())' "$@" 2>/dev/null
}

is_current() { # a dev environment serves for running too
    dev=$(fingerprint requirements.txt requirements-dev.txt) || return 1
    [ "$dev" = "$(cat .venv/stamp-dev 2>/dev/null)" ] && return
    [ "$wanted" = requirements.txt ] || return 1
    [ "$(fingerprint requirements.txt)" = "$(cat .venv/stamp 2>/dev/null)" ]
}

is_current && exit 0
exec 9<tools # two at once: the second waits, then finds nothing to do
if command -v flock >/dev/null; then flock 9; fi
is_current && exit 0

is_whole || make_venv
echo "setup: installing $wanted"
rm -f .venv/stamp .venv/stamp-dev
.venv/bin/python -m pip install --quiet --no-input --disable-pip-version-check -r "$wanted"
if [ "$wanted" = requirements.txt ]; then
    fingerprint requirements.txt >.venv/stamp
else
    fingerprint requirements.txt requirements-dev.txt >.venv/stamp-dev
fi
