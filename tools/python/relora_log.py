"""Reads ReLoRA.Scripting run logs into pandas DataFrames.

The format is described in docs/log-format.md. Needs msgpack and pandas; those of Debian 12
(python3-msgpack, python3-pandas) are enough.

    import relora_log
    runs = relora_log.runs("runs")
    runs.evals.merge(runs.cells, on="cell")
"""

import json
import re
import zlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Dict, Iterable, Iterator, List, NamedTuple, Optional, Tuple

import msgpack
import pandas as pd

FORMAT = 1
_UNSUPPORTED = "UnsupportedFormat"


class LogFormatError(Exception):
    """The log was written by a version of the format that this reader does not know."""


class Damage(NamedTuple):
    """A part of a log that was left out, from byte `begin` up to `end`, and why."""

    begin: int
    end: int
    kind: str  # TornTail, ChecksumMismatch, NotAMap, Malformed or Shifted; of a whole log UnsupportedFormat
    reason: str

    def __str__(self) -> str:
        return f"bytes {self.begin} to {self.end}: {self.reason}"


@dataclass(frozen=True)
class RunLog:
    """The records of one log, as dicts in the order of writing, without the crc records and without damaged parts."""

    records: List[Dict[str, Any]]
    damages: List[Damage]

    @property
    def run(self) -> Optional[Dict[str, Any]]:
        """The run record, or None where the log does not have one, yet or any more."""
        return next(iter(self.of_kind("run")), None)

    @property
    def is_finished(self) -> bool:
        return bool(self.records) and self.records[-1]["kind"] == "end"

    def of_kind(self, kind: str) -> List[Dict[str, Any]]:
        return [record for record in self.records if record["kind"] == kind]


class Runs:
    """The cells of a folder of runs, as frames that are read when they are asked for, one log at a time.

    Only the rows of the frame that is asked for are held. `frames` reads several in one pass over the logs.
    Copies that were moved aside (`ID.old-N`) are no cells.
    """

    def __init__(self, folder):
        found = Path(folder).glob("cells/*/log.msgpack")
        self.paths = sorted(path for path in found if ".old-" not in path.parent.name)

    def logs(self) -> Iterator[Tuple[str, RunLog]]:
        """Each cell's id and log, one after the other. One of another format has no records, and one damage."""
        for path in self.paths:
            data = path.read_bytes()
            try:
                log = _scan(data)
            except LogFormatError as fault:
                log = RunLog([], [Damage(0, len(data), _UNSUPPORTED, str(fault))])
            yield path.parent.name, log

    def frames(self, *names: str) -> Tuple[pd.DataFrame, ...]:
        """Several frames for one reading: steps, evals = runs.frames("steps", "evals")."""
        unknown = [name for name in names if name not in _FRAMES]
        if unknown:
            raise KeyError(f"no frame {unknown[0]!r}; there are {', '.join(_FRAMES)}")
        rows: Dict[str, List[Dict[str, Any]]] = {name: [] for name in names}
        for cell, log in self.logs():
            for name in names:
                rows[name].extend(dict(row, cell=cell) for row in _FRAMES[name](log))
        return tuple(_frame(rows[name], _WHOLE.get(name, ())) for name in names)

    def _one(self, name: str) -> pd.DataFrame:
        return self.frames(name)[0]

    cells = cached_property(lambda self: self._one("cells"))
    steps = cached_property(lambda self: self._one("steps"))
    spikes = cached_property(lambda self: self._one("spikes"))
    resets = cached_property(lambda self: self._one("resets"))
    reset_layers = cached_property(lambda self: self._one("reset_layers"))
    reset_spectra = cached_property(lambda self: self._one("reset_spectra"))
    evals = cached_property(lambda self: self._one("evals"))
    eval_domains = cached_property(lambda self: self._one("eval_domains"))
    pairs = cached_property(lambda self: self._one("pairs"))
    pairs_phenomena = cached_property(lambda self: self._one("pairs_phenomena"))
    tasks = cached_property(lambda self: self._one("tasks"))
    task_figures = cached_property(lambda self: self._one("task_figures"))
    probes = cached_property(lambda self: self._one("probes"))
    probe_values = cached_property(lambda self: self._one("probe_values"))
    checkpoints = cached_property(lambda self: self._one("checkpoints"))
    notes = cached_property(lambda self: self._one("notes"))
    damages = cached_property(lambda self: self._one("damages"))


def read_log(path) -> RunLog:
    """Reads a log without its damaged parts, which it names. Raises LogFormatError for one of another format."""
    data = Path(path).read_bytes()
    try:
        return _scan(data)
    except LogFormatError as fault:
        raise LogFormatError(f"{path}, {fault}") from None


def runs(folder) -> Runs:
    """The cells of a folder of runs (the folder that holds `cells`). Nothing is read before a frame is asked for."""
    return Runs(folder)


def sweep(folder, name: str) -> pd.DataFrame:
    """The plan of one sweep: cell, label, arm, seed, baseline. Seeds are text: they may pass 2^53."""
    plan = json.loads((Path(folder) / "sweeps" / name / "sweep.json").read_text(encoding="utf-8"))
    return pd.DataFrame(plan["cells"]).rename(columns={"id": "cell"})


# What a record must hold to be one, kind by kind: i integer of 64 bits, s of 32, n number, t text, b boolean, N numbers,
# T texts, [name] maps as under that name; with a question mark, may be missing. A test compares it with the C# types.
SCHEMA_TEXT = """
run format:i cell:t config:t method:t semantics:t semantics_version:s seed:t parameters:i trainable_parameters:i steps:i tokens_per_step:i train_data:t evaluation_data:t threads:s device:t micro_batch:s operations_per_token:n? recompute:b? ranks:s?
step step:i tokens:i loss:n learning_rate:n gradient_norm:n skipped:b?
spike step:i phase:t first:i steps:i mean:n deviation:n loss:n peak:n
reset step:i number:s semantics:t preserves_function:b jump:n noise:n jump_bound:n lost:n lost_bound:n lost_testable:b training_jump:n merge_error:n merge_bound:n update_norm:n state_cleared:n gradient_a:n gradient_b:n adapter_rank:n learning_rate_before:n learning_rate_after:n verdict:t layers:[layer] weights_hash:t? norm_a:n? norm_b:n? dead_adapters:t?
eval step:i tokens:i name:t loss:n perplexity:n macro_loss:n macro_perplexity:n domains:[domain] moment:t?
pairs step:i tokens:i name:t accuracy:n phenomena:[phenomenon] moment:t?
task step:i tokens:i name:t data:t moment:t items:i figures:[figure]
probe step:i tokens:i name:t metric:t of:t moment:t values:[value]
checkpoint step:i path:t
note text:t
end step:i tokens:i outcome:t loss:n
crc from:i to:i crc32:i
[layer] name:t merge_error:n update_norm:n norm_a:n? norm_b:n? state_cleared:n? rule_error:n? rank:s? spectrum:N?
[domain] name:t loss:n perplexity:n tokens:i row_nats:N?
[phenomenon] name:t correct:i ties:i pairs:i term:t? right:t?
[figure] group:t name:t metric:t value:n items:i correct:i?
[value] layer:t value:n finding:t vector:N? columns:T?
"""
_SCHEMA = {
    line.split()[0]: [tuple(re.fullmatch(r"(\w+):([^?]+)(\??)", key).groups()) for key in line.split()[1:]]
    for line in SCHEMA_TEXT.strip().splitlines()
}


def _is_integer(value, bits=64):
    return type(value) is int and -(1 << bits - 1) <= value < 1 << bits - 1


def _is_number(value):
    return type(value) in (float, int)


_TYPES = {
    "i": _is_integer,
    "s": lambda value: _is_integer(value, 32),
    "n": _is_number,
    "t": lambda value: type(value) is str,
    "b": lambda value: type(value) is bool,
    "N": lambda value: type(value) is list and all(map(_is_number, value)),
    "T": lambda value: type(value) is list and all(type(item) is str for item in value),
}


def _fault(record: Dict[str, Any], name: str) -> Optional[str]:
    for key, wanted, optional in _SCHEMA.get(name, ()):
        value = record.get(key)
        if value is None:
            if optional and key not in record:
                continue
            return f"the record has no key '{key}'"
        if wanted in _TYPES:
            if not _TYPES[wanted](value):
                return f"the record's key '{key}' is of the wrong type"
        elif type(value) is not list or any(type(item) is not dict for item in value):
            return f"the record's key '{key}' is not an array of maps"
        else:
            for item in value:
                inner = _fault(item, wanted)
                if inner:
                    return inner
    measured = record.get("measured")
    if name in _SCHEMA and not name.startswith("[") and measured is not None and type(measured) is not dict:
        return "the record's key 'measured' is not a map"
    return None


# A crc record as it is written always: what a reader finds its place by after damage.
_INTEGER = rb"([\x00-\x7f]|\xcc.|\xcd..|\xce.{4}|\xcf[\x00-\x7f].{7})"
_MARK = re.compile(
    rb"\x84\xa4kind\xa3crc\xa4from" + _INTEGER + rb"\xa2to" + _INTEGER + rb"\xa5crc32" + _INTEGER, re.DOTALL
)


class _Mark(NamedTuple):
    offset: int
    begin: int
    end: int
    crc: int


def _marks(data: bytes) -> List[_Mark]:
    def number(code: bytes) -> int:
        return code[0] if len(code) == 1 else int.from_bytes(code[1:], "big")

    return [_Mark(found.start(), *map(number, found.groups())) for found in _MARK.finditer(data)]


def _scan(data: bytes) -> RunLog:
    """Blocks whose checksum holds, then what stands after the last checksum: docs/log-format.md, "Damage"."""
    records: List[Dict[str, Any]] = []
    damages: List[Damage] = []
    view = memoryview(data)
    marks = _marks(data)
    start, bad = 0, None
    for mark in marks:
        if mark.end != mark.offset or mark.offset == 0:
            continue
        if mark.begin == start and zlib.crc32(view[start : mark.offset]) == mark.crc:
            if bad:
                damages.append(Damage(bad[0], start, "ChecksumMismatch", bad[1]))
                bad = None
            _read(data, start, mark.offset, records, damages)
        elif not bad:
            bad = (start, f"the checksum at byte {mark.offset} is wrong")
        start = mark.offset
    if bad:
        damages.append(Damage(bad[0], start, "ChecksumMismatch", bad[1]))
    later = [mark for mark in marks if mark.offset > start]
    if later:
        damages.append(_shift(view, start, later, marks))
    else:
        _read_tail(data, start, records, damages)
    return RunLog(records, damages)


def _shift(view, start: int, later: List[_Mark], marks: List[_Mark]) -> Damage:
    first = len(marks) - len(later)
    for before, mark in zip(marks[max(first - 1, 0) :], marks[max(first, 1) :]):
        begin = mark.offset - (mark.end - mark.begin)
        if begin == before.offset and zlib.crc32(view[begin : mark.offset]) == mark.crc:
            what = "put in" if mark.offset > mark.end else "taken out"
            return Damage(start, len(view), "Shifted", f"{abs(mark.offset - mark.end)} bytes were {what} after byte {start}")
    reason = f"the checksum at byte {later[0].offset} says that it stands at byte {later[0].end}"
    return Damage(start, len(view), "ChecksumMismatch", reason)


def _read(data: bytes, start: int, limit: int, records, damages) -> None:
    """A block as it was written: what is no record costs itself only."""
    while start < limit:
        for offset, end, record, kind, reason in _values(data, start, limit):
            if record is not None:
                if record["kind"] != "crc":
                    records.append(record)
                start = end
                continue
            end = end or limit
            damages.append(Damage(offset, end, "Malformed" if kind == "TornTail" else kind, reason))
            start = end
            break


def _read_tail(data: bytes, start: int, records, damages) -> None:
    """Nothing vouches for these: they count up to the first that is no record."""
    covered, kept = start, len(records)
    for offset, end, record, kind, reason in _values(data, start, len(data)):
        if record is None:
            damages.append(Damage(offset, len(data), kind, reason))
            return
        if record["kind"] != "crc":
            records.append(record)
        elif offset > start or start == 0:
            found = zlib.crc32(memoryview(data)[covered:offset])
            if (record["from"], record["to"], record["crc32"]) != (covered, offset, found):
                del records[kept:]
                damages.append(Damage(covered, len(data), "ChecksumMismatch", f"the checksum at byte {offset} is wrong"))
                return
            covered, kept = offset, len(records)


class _Twins(ValueError):
    pass


def _map(pairs):
    result = dict(pairs)
    if len(result) != len(pairs):
        raise _Twins("a key stands there twice")
    return result


def _extension(code, data):
    raise ValueError("an extension type")


def _unpacker(size: int) -> msgpack.Unpacker:
    return msgpack.Unpacker(
        raw=False, strict_map_key=True, max_buffer_size=max(1, size), object_pairs_hook=_map, ext_hook=_extension
    )


def _values(data: bytes, start: int, limit: int) -> Iterable[Tuple[int, int, Optional[Dict[str, Any]], str, str]]:
    """Each record's offset, end and map; or, last, an offset, an end (0: not known), None, the kind of damage and why."""
    unpacker = _unpacker(limit - start)
    unpacker.feed(memoryview(data)[start:limit])
    offset = start
    while offset < limit:
        code = data[offset]
        if not (0x80 <= code <= 0x8F or code in (0xDE, 0xDF)):
            yield offset, _end(data, offset, limit) or 0, None, "NotAMap", "a record must be a map"
            return
        try:
            record = unpacker.unpack()
        except (msgpack.OutOfData, ValueError, TypeError, msgpack.UnpackException) as fault:
            end = _end(data, offset, limit)
            if end is None:
                yield offset, 0, None, "TornTail", "the last record has no end"
            else:
                yield offset, end, None, "Malformed", f"not MessagePack that a log holds: {fault}"
            return
        end = start + unpacker.tell()
        kind = record.get("kind")
        if kind == "run" and _is_integer(record.get("format")) and record["format"] != FORMAT:
            raise LogFormatError(
                f"byte {offset}: the log's format is {record['format']}; this reader knows {FORMAT}. Read it with the version that wrote it."
            )
        reason = _fault(record, kind) if type(kind) is str else "the record has no key 'kind' that is a text"
        yield (offset, end, record, "", "") if reason is None else (offset, end, None, "Malformed", reason)
        if reason is not None:
            return
        offset = end


def _end(data: bytes, offset: int, limit: int) -> Optional[int]:
    """Where a value ends that is not read; 0 where that cannot be told, None where the bytes end before it does."""
    unpacker = msgpack.Unpacker(max_buffer_size=max(1, limit - offset))
    unpacker.feed(memoryview(data)[offset:limit])
    try:
        unpacker.skip()
    except msgpack.OutOfData:
        return None
    except (ValueError, msgpack.UnpackException):
        return 0
    return offset + unpacker.tell()


def _cell_row(log: RunLog) -> Dict[str, Any]:
    run = dict(log.run or {})
    end = log.of_kind("end")[-1] if log.is_finished else {}
    if "config" in run:
        try:
            run["knob"] = json.loads(run["config"])
            del run["config"]
        except ValueError:
            pass  # A damaged beginning that nothing covers: the text is kept as it is.
    is_unreadable = any(damage.kind == _UNSUPPORTED for damage in log.damages)
    run.update(
        finished=log.is_finished,
        outcome=end.get("outcome"),
        state="unreadable" if is_unreadable else end.get("outcome", "unfinished"),
        last_step=None if is_unreadable else max((record["step"] for record in log.of_kind("step")), default=0),
        end=_without(end, "kind"),
        damages=len(log.damages),
        damage="; ".join(map(str, log.damages)) or None,
    )
    return run


def _kind(kind: str, *inner: str):
    return lambda log: [_without(record, *inner) for record in log.of_kind(kind)]


def _inner(kind: str, key: str, outer: Tuple[str, ...], prefix: str = "", without: Tuple[str, ...] = ()):
    """The maps in a record's array, each with the keys of the record that tell where it belongs."""

    def rows(log: RunLog) -> List[Dict[str, Any]]:
        return [
            {
                **{name: record.get(name) for name in outer},
                **{(prefix + name if name in outer else name): value for name, value in item.items() if name not in without},
            }
            for record in log.of_kind(kind)
            for item in record[key]
        ]

    return rows


def _spectra(log: RunLog) -> List[Dict[str, Any]]:
    return [
        {"step": reset["step"], "number": reset["number"], "name": layer["name"], "index": index, "value": value}
        for reset in log.of_kind("reset")
        for layer in reset["layers"]
        for index, value in enumerate(layer.get("spectrum", ()), start=1)
    ]


_FRAMES = {
    "cells": lambda log: [_cell_row(log)],
    "steps": _kind("step"),
    "spikes": _kind("spike"),
    "resets": _kind("reset", "layers"),
    "reset_layers": _inner("reset", "layers", ("step", "number"), without=("spectrum",)),
    "reset_spectra": _spectra,
    "evals": _kind("eval", "domains"),
    "eval_domains": _inner("eval", "domains", ("step", "name", "moment"), "domain_"),
    "pairs": _kind("pairs", "phenomena"),
    "pairs_phenomena": _inner("pairs", "phenomena", ("step", "tokens", "name", "moment"), "phenomenon_"),
    "tasks": _kind("task", "figures"),
    "task_figures": _inner("task", "figures", ("step", "tokens", "name", "data", "moment"), "figure_"),
    "probes": _kind("probe", "values"),
    "probe_values": _inner("probe", "values", ("step", "tokens", "name", "metric", "of", "moment")),
    "checkpoints": _kind("checkpoint"),
    "notes": _kind("note"),
    "damages": lambda log: [dict(damage._asdict()) for damage in log.damages],
}

# Columns that a frame has also where no log has them.
_WHOLE = {
    "cells": ("finished", "outcome", "state", "last_step", "damages", "damage"),
    "evals": ("moment",),
    "pairs": ("moment",),
    "steps": ("step", "tokens", "loss", "learning_rate", "gradient_norm"),
    "damages": ("begin", "end", "kind", "reason"),
}


def _without(row, *keys):
    return {name: value for name, value in row.items() if name not in keys}


def _frame(rows, columns) -> pd.DataFrame:
    """Nested maps become columns with a dot: measured.seconds, knob.LowRank.Rank."""
    if rows and "reason" not in rows[0]:
        rows = [_without(row, "kind") for row in rows]
    frame = pd.json_normalize(rows) if rows else pd.DataFrame({"cell": []})
    for name in columns:
        if name not in frame:
            frame[name] = None
    return frame[["cell"] + [name for name in frame.columns if name != "cell"]]
