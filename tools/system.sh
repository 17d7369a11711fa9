#!/bin/sh
# Bring the Debian packages of tools/system-packages.txt: as root on Debian installs what is missing,
# otherwise names each missing package and what it is for. Always exits 0: the tests of a missing part
# are skipped, or fail when CI is set. Says nothing when nothing is missing.
set -eu
cd "$(dirname "$0")/.."
list=tools/system-packages.txt

installed() { # exit 0 when the Debian package $1 is installed
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

missing() { # the names of the packages not installed, one a line
    sed 's/#.*//' "$list" | while read -r name; do
        [ -z "$name" ] || installed "$name" || echo "$name"
    done
}

name_them() { # each package of $1 with what it is for
    for name in $1; do
        echo "  $name: $(sed -n "s/^$name  *# *//p" "$list")"
    done
}

if ! command -v dpkg-query >/dev/null; then
    echo "Not Debian: the tests of real parts run where these are installed, and are skipped elsewhere:"
    name_them "$(sed 's/#.*//' "$list")"
    exit 0
fi

wanted=$(missing)
[ -n "$wanted" ] || exit 0

if [ "$(id -u)" = 0 ]; then
    echo "Installing Debian packages for the tests: $(echo "$wanted" | tr '\n' ' ')"
    export DEBIAN_FRONTEND=noninteractive
    apt-get -q -o DPkg::Lock::Timeout=300 update >/dev/null || true
    for name in $wanted; do # one by one: a package unknown here does not keep the others away
        apt-get -q -y -o DPkg::Lock::Timeout=300 install --no-install-recommends "$name" >/dev/null || true
    done
    wanted=$(missing)
fi

if [ -n "$wanted" ]; then
    echo "Missing Debian packages; their tests are skipped (apt-get install --no-install-recommends):"
    name_them "$wanted"
fi
