"""One function a domain: yields (name, text) for each document of an unpacked Debian package."""

import gzip
import html
import re
import struct
import zlib

NOVELS = ["emma", "northangerabbey", "persuasion", "prideprejudice"]
CHAPTER = re.compile(r"^\s*chapter\s+([ivxlc]+|\d+)\.?\s*$", re.IGNORECASE)
BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
RDB_INTEGER_VECTOR, RDB_NAME = 13, 9


def novels(packages):
    """Four novels of Jane Austen, a document a chapter, a line a paragraph."""
    folder = packages / "r-cran-janeaustenr/usr/lib/R/site-library/janeaustenr/data"
    for title, lines in r_database(folder):
        if title not in NOVELS:
            continue
        chapter, number = [], 0
        for line in lines + ["CHAPTER 0"]:
            if not CHAPTER.match(line):
                chapter.append(line)
                continue
            # What precedes the first chapter is the title page.
            if number > 0:
                yield f"{title}/{number}", reflow(chapter, indent="")
            chapter, number = [], number + 1


def scripture(packages):
    """The New Testament of the World English Bible, a document a chapter, without notes and headings."""
    base = packages / "sword-text-web/usr/share/sword/modules/texts/ztext/engWEB2015eb"
    blocks, text = (base / "nt.bzs").read_bytes(), (base / "nt.bzz").read_bytes()
    for start, size, _ in struct.iter_unpack("<III", blocks):
        if size == 0:
            continue
        book = zlib.decompress(text[start : start + size]).decode("utf-8")
        parts = re.split(r'<chapter [^>]*osisID="([^"]+)"[^>]*sID="[^"]+"/>', book)
        for name, body in zip(parts[1::2], parts[2::2]):
            yield name, plain(re.sub(r"<chapter [^>]*eID=.*", "", body, flags=re.DOTALL))


def jargon(packages):
    """The Jargon File, a document an entry."""
    for name, entry in dictionary(packages / "dict-jargon/usr/share/dictd/jargon"):
        head, _, body = entry.partition("\n\n")
        yield name, f"{' '.join(head.split())}\n\n{reflow(body.splitlines(), indent='    ')}"


def devil(packages):
    """The Devil's Dictionary, a document an entry."""
    for name, entry in dictionary(packages / "dict-devil/usr/share/dictd/devil"):
        yield name, reflow(entry.splitlines(), indent="")


def reflow(lines, indent):
    """Joins the lines of a paragraph that has the given indent, its first line apart; verse and tables, indented further, keep theirs."""
    paragraphs = []
    for block in "\n".join(line.rstrip() for line in lines).split("\n\n"):
        rows = [row for row in block.split("\n") if row]
        if not rows:
            continue
        body = rows[1:] or rows
        prose = all(row.startswith(indent) and not row[len(indent) :].startswith(" ") for row in body)
        rows = [row.strip() if prose else row.removeprefix(indent) for row in rows]
        paragraphs.append((" " if prose else "\n").join(rows))
    return "\n\n".join(paragraphs)


def plain(osis):
    """The running text of a chapter in OSIS markup."""
    osis = re.sub(r"<(note|title)\b.*?</\1>", " ", osis, flags=re.DOTALL)
    osis = re.sub(r'<div sID="[^"]*" type="x-p"/>|<div [^>]*type="paragraph"/>', "\n\n", osis)
    osis = re.sub(r"<(l|lb|lg)\b[^>]*/?>", "\n", osis)
    text = html.unescape(re.sub(r"<[^>]*>", "", osis))
    text = re.sub(r"[ \t]+", " ", text)
    text = re.sub(r" ?\n ?", "\n", text)
    text = re.sub(r" ([,.;:!?’”])", r"\1", text)
    # A paragraph mark between two sentences of one line swallowed their space.
    text = re.sub(r"([,.;!?][’”]+)(?=\w)", r"\1 ", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def dictionary(stem):
    """The entries of a dictd database in the order of their text; an entry with several headwords comes once."""
    data = gzip.decompress(stem.with_suffix(".dict.dz").read_bytes())
    entries = {}
    for line in stem.with_suffix(".index").read_text("utf-8").splitlines():
        word, start, length = line.split("\t")[:3]
        # The database describes itself in entries of these names; devil spells them without hyphens.
        if not word.replace("-", "").startswith("00database"):
            entries.setdefault((number(start), number(length)), word)
    used = {}
    for (start, length), word in sorted(entries.items()):
        used[word] = used.get(word, 0) + 1
        name = word if used[word] == 1 else f"{word}#{used[word]}"
        yield name, data[start : start + length].decode("utf-8").strip()


def number(text):
    """dictd writes numbers in base 64, most significant digit first."""
    value = 0
    for digit in text:
        value = value * 64 + BASE64.index(digit)
    return value


def r_database(folder):
    """The character vectors of an R lazy-load database: (name, lines)."""
    index = gzip.decompress((folder / "Rdata.rdx").read_bytes())
    data = (folder / "Rdata.rdb").read_bytes()
    # An integer vector of length 2 a variable (place, bytes); the names follow as a character vector.
    pair = struct.pack(">II", RDB_INTEGER_VECTOR, 2)
    places = [struct.unpack_from(">II", index, found.end()) for found in re.finditer(re.escape(pair), index)]
    label = b"\x00\x04\x00" + bytes([RDB_NAME])
    words = re.findall(re.escape(label) + rb"\x00\x00\x00(.)([a-z]+)", index, flags=re.DOTALL)
    names = [word.decode() for size, word in words if len(word) == size[0] and word not in (b"names",)]
    for name, (start, size) in zip(names, places):
        chunk = data[start : start + size]
        yield name, r_strings(zlib.decompress(chunk[4:]))


def r_strings(serialized):
    """The strings of one serialized character vector (R's XDR format): flags, length, bytes, one after another."""
    at = serialized.index(struct.pack(">I", 16))
    count = struct.unpack_from(">I", serialized, at + 4)[0]
    at, strings = at + 8, []
    for _ in range(count):
        size = struct.unpack_from(">i", serialized, at + 4)[0]
        strings.append(serialized[at + 8 : at + 8 + size].decode("utf-8"))
        at += 8 + size
    return strings


DOMAINS = {"novels": novels, "scripture": scripture, "jargon": jargon, "devil": devil}
