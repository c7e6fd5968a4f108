"""Turns the unpacked packages of fetch-english.sh into documents: <domain>.<split>.jsonl.gz. Standard library only."""

import gzip
import hashlib
import json
import pathlib
import sys

import sources

TRAIN_PERCENT, VALIDATION_PERCENT = 90, 5
GZIP_LEVEL = 9


def split_of(identifier):
    """A document's split is decided by its id alone, so that a new document never moves an old one."""
    draw = int(hashlib.sha256(identifier.encode()).hexdigest()[:8], 16) % 100
    if draw < TRAIN_PERCENT:
        return "train"
    return "validation" if draw < TRAIN_PERCENT + VALIDATION_PERCENT else "test"


def write(path, documents):
    lines = "".join(
        json.dumps({"text": text, "id": identifier}, ensure_ascii=False, separators=(",", ":")) + "\n"
        for identifier, text in documents
    )
    # No time and no name in the header: equal text gives equal bytes.
    with path.open("wb") as file, gzip.GzipFile("", "wb", GZIP_LEVEL, file, mtime=0) as packed:
        packed.write(lines.encode())
    print(f"{path.name}: {len(documents)} documents, {len(lines.encode())} bytes")


def main(packages, out):
    out.mkdir(parents=True, exist_ok=True)
    for domain, read in sources.DOMAINS.items():
        splits = {"train": [], "validation": [], "test": []}
        seen, texts = set(), set()
        for name, text in read(packages):
            identifier = f"{domain}/{name}"
            if identifier in seen:
                raise SystemExit(f"two documents are called {identifier}")
            seen.add(identifier)
            # The dictionaries hold a few entries twice; the second could be in another split.
            if text in texts:
                continue
            texts.add(text)
            splits[split_of(identifier)].append((identifier, text))
        for split, documents in splits.items():
            write(out / f"{domain}.{split}.jsonl.gz", documents)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
