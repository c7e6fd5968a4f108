#!/usr/bin/env bash
# Packs the finished cells of a folder of runs for keeping, an archive each, and its sweeps: pack.sh RUNS [FOLDER [CELL ...]].
# CELL: the id of a cell that was stopped and is to be kept as it is.
# To read them again: mkdir runs && for f in logs/*.tar.gz; do tar xzf "$f" -C runs; done
set -euo pipefail
runs=$(realpath "$1")
logs=$(realpath -m "${2:-$(dirname "$0")/logs}")
mkdir -p "$logs"
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT

pack() { # ARCHIVE FOLDER: the same bytes each time
    tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -C "$stage" -cf - "$2" | gzip -9n > "$logs/$1.tar.gz"
    rm -rf "${stage:?}/$2"
}

for sweep in "$runs"/sweeps/*/sweep.json; do
    name=$(basename "$(dirname "$sweep")")
    mkdir -p "$stage/sweeps/$name"
    # Where the script lay is nobody else's folder.
    sed -E 's#("script_path": ")[^"]*/(sweeps/[^"]*")#\1\2#' "$sweep" > "$stage/sweeps/$name/sweep.json"
done
pack sweeps sweeps

for cell in "$runs"/cells/*/; do
    id=$(basename "$cell")
    grep -q '"state": "finished"' "$cell/status.json" 2>/dev/null || [[ " ${*:3} " == *" $id "* ]] || continue
    mkdir -p "$stage/cells/$id"
    cp "$cell/cell.json" "$cell/log.msgpack" "$stage/cells/$id/"
    pack "$id" cells
done
ls -l "$logs"
