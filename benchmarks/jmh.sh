#!/usr/bin/env bash
# Runs the JMH benchmarks: jmh.sh [NAME] [JMH OPTIONS]. Build first: benchmarks/build.sh
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/scripts/find-jdk.sh"
find_jdk
exec "$JAVA_HOME/bin/java" --sun-misc-unsafe-memory-access=allow -cp "$root/benchmarks/target/bench/*" \
    org.openjdk.jmh.Main "$@"
