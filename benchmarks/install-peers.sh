#!/usr/bin/env bash
# Installs the peers from Debian's packages and Maven Central, builds those that are compiled, and says which are missing.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

packages=()
command -v go >/dev/null || packages+=(golang-go)
command -v node >/dev/null || packages+=(nodejs)
command -v cc >/dev/null || packages+=(gcc)
[ -x /usr/bin/python3.11 ] || packages+=(python3)
/usr/bin/python3.11 -c 'import uvloop' 2>/dev/null || packages+=(python3-uvloop)
if [ ${#packages[@]} -gt 0 ]; then
    if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
        # One by one: what cannot be had must not keep the others out.
        for package in "${packages[@]}"; do
            apt-get install -y -qq "$package" >/dev/null || echo "$package could not be installed" >&2
        done
    else
        echo "not installed: ${packages[*]}; as root on Debian this script installs them" >&2
    fi
fi

! command -v go >/dev/null || (cd "$here/peers/golang" && go build -o target/bench .)

! command -v cc >/dev/null || (cd "$here/peers/c-epoll" && mkdir -p target && cc -O2 -Wall -o target/bench bench.c)

. "$here/../scripts/find-jdk.sh"
find_jdk && prepare_maven && (cd "$here/peers/jvm" && mvn -B -ntp -q package)

for peer in "$here"/peers/*/run; do
    name=$(basename "$(dirname "$peer")")
    if about=$("$peer" --about 2>&1); then
        printf '%-20s %s\n' "$name" "$about"
    else
        printf '%-20s missing: %s\n' "$name" "$about"
    fi
done
