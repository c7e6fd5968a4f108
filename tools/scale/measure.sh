#!/usr/bin/env bash
# What the verbs take with many cells: time, processor, memory, bytes read, files opened. Needs GNU time, and strace for the counts.
#   measure.sh RELORA RUNS CELLS STEPS [VERB...]    the folder is one that relora-scale wrote; verbs: plan new submit status json clean watch report export compare
set -uo pipefail
here=$(dirname "$(realpath "$0")")
relora=$1 runs=$2 cells=$3 steps=$4
shift 4
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

one() { # name, command...
    local name=$1
    shift
    # The shell's own account has the bytes of the children it waited for.
    sh -c '/usr/bin/time -o "$0/time" -f "%e %U %S %M" "$@" > "$0/out" 2> "$0/err"; echo $? > "$0/rc"; grep rchar /proc/$$/io > "$0/io"' "$scratch" "$@"
    local opened="-"
    if [ "${COUNT:-1}" = 1 ] && command -v strace > /dev/null; then
        strace -f -qq -e trace=openat -o "$scratch/trace" "$@" > /dev/null 2>&1
        opened=$(grep -c "$(realpath "$runs").*= [0-9]" "$scratch/trace")
    fi
    read -r wall user system memory < <(tail -1 "$scratch/time")
    printf '%-22s %7.2f s  processor %7.2f s  memory %6d MB  read %8.1f MB  opened in the runs %7s  output %9d bytes  exit %s\n' \
        "$name" "$wall" "$(echo "$user + $system" | bc)" $((memory / 1024)) \
        "$(echo "$(awk '{print $2}' "$scratch/io") / 1000000" | bc -l)" "$opened" "$(stat -c %s "$scratch/out")" "$(cat "$scratch/rc")"
}

verb() {
    case $1 in
        plan) one plan "$relora" plan "$here/many.csx" --runs "$runs" --no-calibration --yes -- "$cells" "$steps" ;;
        new) one "plan, nothing there" "$relora" plan "$here/many.csx" --runs "$scratch/none" --no-calibration --yes -- "$cells" "$steps" ;;
        submit) one "submit --dry-run" "$relora" submit "$here/many.csx" --slurm --dry-run --runs "$runs" --max-runs "$cells" --yes -- "$cells" "$steps" ;;
        status) one status "$relora" status "$runs" ;;
        json) one "status --json" "$relora" status "$runs" --json ;;
        clean) one "clean --dry-run" "$relora" clean --dry-run "$runs" ;;
        report) one report "$relora" report "$runs" --output "$scratch/report.html" ;;
        export) one "export parquet" "$relora" export "$runs" --format parquet --output "$scratch/export" ;;
        compare) one compare "$relora" compare "$runs" "$runs" ;;
        watch) one "watch, first state" bash -c '
            "$0" watch "$1" --port 8931 > /dev/null & trap "kill $!; wait $! 2> /dev/null" EXIT
            until curl -sf --max-time 60 http://localhost:8931/many/state; do sleep 0.1; done' "$relora" "$runs" ;;
        *) echo "no such verb: $1" >&2 && exit 2 ;;
    esac
}

uptime
[ $# -gt 0 ] || set -- plan new submit status json watch clean report export compare
for name in "$@"; do verb "$name"; done
