#!/usr/bin/env bash
# Makes everything of datasets/english from its shipped text/. Running it leaves the committed files as they are. See README.md.
set -euo pipefail
cd "$(dirname "$0")/../.."
english=${1:-datasets/english}
domains=(devil jargon novels scripture)

dotnet build src/ReLoRA.Cli -c Release --nologo -v quiet
relora() { dotnet run --project src/ReLoRA.Cli -c Release --no-build -- "$@"; }

text=("${domains[@]/#/$english/text/}")
relora tokenizer train "${text[@]/%/.train.jsonl.gz}" --vocabulary 4096 --output "$english/tokenizer.json" --force
relora data build "${text[@]/%/.train.jsonl.gz}" \
  --tokenizer "$english/tokenizer.json" --sequence 128 --output "$english/train" --force
for split in validation test; do
  for domain in "${domains[@]}"; do
    relora data build "$english/text/$domain.$split.jsonl.gz" \
      --tokenizer "$english/tokenizer.json" --sequence 128 --output "$english/$split/$domain" --force
  done
done
relora data inspect "${domains[@]/#/$english/validation/}" --unigram "$english/train" --json > "$english/unigram.json"
python3 tools/pairs/make_pairs.py "$english/pairs"
python3 tools/datasets/manifest_english.py "$english"
