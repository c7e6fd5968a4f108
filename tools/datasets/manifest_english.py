"""Writes datasets/english/MANIFEST.json: each part with its source, licence, size and checksum. Standard library only."""

import hashlib
import json
import pathlib
import sys

MIT_PACKAGE = "The novels are in the public domain (published 1813-1818); the package that carries them is under the MIT licence."
SOURCES = {
    "novels": {
        "package": "r-cran-janeaustenr 1.0.0-1 (Debian 12)",
        "content": "Jane Austen: Emma, Northanger Abbey, Persuasion, Pride and Prejudice; a document a chapter",
        "licence": "public domain",
        "note": MIT_PACKAGE,
    },
    "scripture": {
        "package": "sword-text-web 426.0-1 (Debian 12)",
        "content": "New Testament of the World English Bible, notes, headings and verse numbers removed; a document a chapter",
        "licence": "public domain",
        "note": "World English Bible is a trademark of eBible.org; this is a changed text and does not go by that name.",
    },
    "jargon": {
        "package": "dict-jargon 4.4.7-3.1 (Debian 12)",
        "content": "The Jargon File, version 4.4.7; a document an entry",
        "licence": "public domain",
    },
    "devil": {
        "package": "dict-devil 1.0-13.1 (Debian 12)",
        "content": "Ambrose Bierce: The Devil's Dictionary; a document an entry",
        "licence": "public domain",
    },
}
COMMANDS = {
    "text": "tools/datasets/fetch-english.sh",
    "pairs": "tools/pairs/make_pairs.py",
    "everything else": "tools/datasets/build-english.sh",
}


def part(root, path):
    data = path.read_bytes()
    return {"file": path.relative_to(root).as_posix(), "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def main(root):
    files = sorted(path for path in root.rglob("*") if path.is_file() and path.name != "MANIFEST.json")
    parts = [part(root, path) for path in files]
    manifest = {
        "sources": SOURCES,
        "licence_of_the_rest": "tokenizer.json, shards, manifests and unigram.json are derived from these texts: public domain; pairs are this repository's own, under its licence",
        "commands": COMMANDS,
        "split": "by document: SHA-256 of the id, first 8 hexadecimal digits, modulo 100; below 90 train, below 95 validation, else test",
        "bytes": sum(item["bytes"] for item in parts),
        "parts": parts,
    }
    (root / "MANIFEST.json").write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
