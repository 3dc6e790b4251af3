#!/usr/bin/env bash
# Builds asyncio4j and its benchmarks, with everything they need in benchmarks/target/bench.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/scripts/find-jdk.sh"
find_jdk
prepare_maven
cd "$root"
exec mvn -B -ntp -q -Dquick -DskipTests "-Dbench.lib=$root/benchmarks/target/bench" -pl benchmarks -am package
