#!/usr/bin/env bash
# Records what CPython prints for every scenario: scenarios/NAME/scenario.py -> scenarios/NAME/expected.txt.
#
#   record.sh [--check] [NAME ...]
#
#   --check   compare with the recorded output and write nothing
#   NAME      only these scenarios; without a name, all of them
#
#   PYTHON    the interpreter; without it, any CPython >= 3.13 on the PATH or under ~/.pyenv, 3.13 preferred
#   RUNS      how often each scenario must print the same (5 when recording, 1 when checking)
#
# A scenario whose second line is "# differs: 3.13 ..." shows a behaviour that CPython 3.13.0 has and later ones
# have not: a later interpreter neither records nor refutes it.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")"

check=false
names=()
for argument in "$@"; do
    case $argument in
        --check) check=true ;;
        -h | --help) sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p;}' "${BASH_SOURCE[0]}"; exit 0 ;;
        -*) echo "record.sh: unknown option $argument" >&2; exit 2 ;;
        *) names+=("$argument") ;;
    esac
done
if $check; then runs=${RUNS:-1}; else runs=${RUNS:-5}; fi
[[ $runs =~ ^[1-9][0-9]*$ ]] || { echo "record.sh: RUNS must be a positive number, not $runs" >&2; exit 2; }

# Prints the version, such as 3.13.0, of an interpreter that is a CPython >= 3.13; fails for any other.
version_of() {
    "$1" -c '
import sys
if sys.implementation.name != "cpython" or sys.version_info < (3, 13): sys.exit(1)
print("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null
}

if [[ -n ${PYTHON:-} ]]; then
    version=$(version_of "$PYTHON") || { echo "record.sh: $PYTHON is no CPython >= 3.13" >&2; exit 2; }
else
    version=
    for candidate in python3.13 "$HOME"/.pyenv/versions/3.13*/bin/python3 \
        python3.14 python3.15 python3 python "$HOME"/.pyenv/versions/3.1[4-9]*/bin/python3; do
        if version=$(version_of "$candidate"); then
            PYTHON=$candidate
            break
        fi
    done
    [[ -n ${PYTHON:-} ]] || { echo "record.sh: no CPython >= 3.13 found; name one in PYTHON" >&2; exit 2; }
fi

if ((${#names[@]} == 0)); then
    for directory in scenarios/*/; do names+=("$(basename "$directory")"); done
fi

# A scenario that hangs must not hang the recording; where there is no timeout command it may.
limit=()
if command -v timeout >/dev/null; then limit=(timeout 60); fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failures=0

complain() {
    echo "FAILED $1: $2" >&2
    failures=$((failures + 1))
}

record() {
    local name=$1 directory=scenarios/$1 run
    [[ $name =~ ^[a-z0-9]+(-[a-z0-9]+)*$ ]] || { complain "$name" "the name is not kebab-case"; return; }
    [[ -f $directory/scenario.py ]] || { complain "$name" "there is no scenario.py"; return; }
    head -n 1 "$directory/scenario.py" | grep -Eq '^# rules: [A-Z]+(-[A-Z0-9]+)*(, [A-Z]+(-[A-Z0-9]+)*)*: .+\.$' \
        || { complain "$name" "the first line must read '# rules: ID, ID: one sentence.'"; return; }
    for ((run = 1; run <= runs; run++)); do
        # -I: nothing of the user's environment; -B: no cache files; -W ignore: no warning is part of a trace.
        if ! ${limit[@]+"${limit[@]}"} "$PYTHON" -I -B -W ignore "$directory/scenario.py" \
            >"$scratch/out.$run" 2>"$scratch/err" </dev/null; then
            complain "$name" "it did not end normally"
            cat "$scratch/err" >&2
            return
        fi
        if ! cmp -s "$scratch/out.1" "$scratch/out.$run"; then
            complain "$name" "run $run prints something else than run 1"
            diff "$scratch/out.1" "$scratch/out.$run" >&2 || true
            return
        fi
    done
    if [[ $version != 3.13.0 ]] && sed -n 2p "$directory/scenario.py" | grep -q '^# differs: 3\.13 '; then
        echo "left alone $name: it records CPython 3.13.0, this is $version"
    elif $check; then
        diff -u "$directory/expected.txt" "$scratch/out.1" >&2 || complain "$name" "the recorded output is another"
    else
        cp "$scratch/out.1" "$directory/expected.txt"
    fi
}

for name in "${names[@]}"; do record "$name"; done

verb=recorded
if $check; then verb=checked; fi
echo "$verb ${#names[@]} scenarios with CPython $version, $runs run(s) each, $failures failed"
((failures == 0))
