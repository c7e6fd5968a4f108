"""Writes datasets/english/pairs: minimal pairs in BLiMP's JSON-lines schema, from templates and a seed. Standard library only."""

import collections
import gzip
import json
import pathlib
import random
import re
import sys

from phenomena import PHENOMENA

SEED = 20260101
PAIRS = 100
LEAST_OCCURRENCES = 5
ROOT = pathlib.Path(__file__).resolve().parents[2] / "datasets" / "english"


def words(text):
    return re.findall(r"[A-Za-z']+", text.lower())


def corpus_counts(folder):
    counts = collections.Counter()
    for path in sorted(folder.glob("*.train.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                counts.update(words(json.loads(line)["text"]))
    return counts


def sentence(text):
    return text[0].upper() + text[1:] + "."


def pairs_of(phenomenon):
    """Unique pairs in the order they are drawn. Each phenomenon has its own stream, so that one can change alone."""
    stream = random.Random(f"{SEED} {phenomenon.uid}")
    seen = {}
    for _ in range(100 * PAIRS):
        good, bad = phenomenon.draw(stream)
        if good == bad:
            raise SystemExit(f"{phenomenon.uid}: the sentences of a pair are the same: {good}")
        seen.setdefault((sentence(good), sentence(bad)))
        if len(seen) == PAIRS:
            return list(seen)
    raise SystemExit(f"{phenomenon.uid}: the templates give only {len(seen)} pairs; {PAIRS} are needed. Add words.")


def record(phenomenon, index, good, bad):
    return {
        "sentence_good": good,
        "sentence_bad": bad,
        "field": phenomenon.field,
        "linguistics_term": phenomenon.term,
        "UID": phenomenon.uid,
        "simple_LM_method": True,
        "one_prefix_method": False,
        "two_prefix_method": False,
        "lexically_identical": sorted(words(good)) == sorted(words(bad)),
        "pairID": str(index),
    }


def main(output):
    counts = corpus_counts(ROOT / "text")
    output.mkdir(parents=True, exist_ok=True)
    rare = {}
    for phenomenon in PHENOMENA:
        pairs = pairs_of(phenomenon)
        for word in words(" ".join(good + " " + bad for good, bad in pairs)):
            if counts[word] < LEAST_OCCURRENCES:
                rare[word] = counts[word]
        lines = [json.dumps(record(phenomenon, index, *pair)) + "\n" for index, pair in enumerate(pairs)]
        (output / f"{phenomenon.uid}.jsonl").write_bytes("".join(lines).encode("utf-8"))
    if rare:
        raise SystemExit(f"words that occur fewer than {LEAST_OCCURRENCES} times in the train split: {rare}")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "pairs")
