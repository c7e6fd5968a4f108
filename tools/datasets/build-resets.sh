#!/usr/bin/env bash
# Makes the corpus folder that sweeps/resets.csx trains and evaluates on: build-resets.sh TEXT BLIMP [FOLDER]. See README.md.
#
# TEXT:  train/*.jsonl.gz, and paloma_like/SOURCE/{val,test}/*.jsonl.gz in Paloma's layout, SOURCE novels and tinystories among them.
# BLIMP: BLiMP as a .tar.gz archive, whose sentences are scored and not trained on.
set -euo pipefail
[ $# -ge 2 ] || { sed -n '2,5s/^# \{0,1\}//p' "$0" >&2; exit 2; }
text=$(realpath "$1")
blimp=$(realpath "$2")
cd "$(dirname "$0")/../.."
corpus=${3:-datasets/resets}

dotnet build src/ReLoRA.Cli -c Release --nologo -v quiet
relora() { dotnet run --project src/ReLoRA.Cli -c Release --no-build -- "$@"; }

mkdir -p "$corpus"
relora tokenizer train "$text/train" --vocabulary 2048 --output "$corpus/tokenizer.json" --force
relora data build "$text/train" --tokenizer "$corpus/tokenizer.json" --sequence 256 --output "$corpus/train" --force
for source in novels tinystories; do
  relora data build "$text/paloma_like/$source/val" \
    --tokenizer "$corpus/tokenizer.json" --sequence 256 --output "$corpus/validation/$source" --force
done
ln -sfn "$text/paloma_like" "$corpus/paloma"
ln -sfn "$blimp" "$corpus/blimp.tar.gz"
