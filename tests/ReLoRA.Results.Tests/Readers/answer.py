"""What the Python reader makes of every log of a folder, as LogAnswer.cs writes it: NAME.msgpack gives NAME.python."""

import math
import struct
import sys
from pathlib import Path

import relora_log


def text(value):
    if value is None:
        return "z"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return "t" + value.replace("\0", "\ufffd").encode().hex()
    if isinstance(value, bytes):
        return "x" + value.hex()
    if isinstance(value, dict):
        return "{" + ",".join(f"{text(key)}:{text(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(text, value)) + "]"
    return "nan" if math.isnan(value) else struct.pack(">d", value).hex()


for path in sorted(Path(sys.argv[1]).glob("*.msgpack")):
    try:
        log = relora_log.read_log(path)
        lines = [f"damage {damage.begin} {damage.end} {damage.kind}\n" for damage in log.damages]
        lines += [f"record {text(record)}\n" for record in log.records]
    except relora_log.LogFormatError:
        lines = ["another format\n"]
    path.with_suffix(".python").write_text("".join(lines))
