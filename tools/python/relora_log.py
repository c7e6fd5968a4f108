"""Reads ReLoRA.Scripting run logs into pandas DataFrames.

The format is described in docs/log-format.md. Needs msgpack and pandas; those of Debian 12
(python3-msgpack, python3-pandas) are enough.

    import relora_log
    frames = relora_log.runs("runs")
    frames.evals.merge(frames.cells, on="cell")
"""

import json
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, NamedTuple, Optional

import msgpack
import pandas as pd

FORMAT = 1


class LogFormatError(Exception):
    """The log was written by a version of the format that this reader does not know."""


class Damage(NamedTuple):
    """Where reading stopped before the end of the log, and why."""

    offset: int
    reason: str


@dataclass(frozen=True)
class RunLog:
    """The records of one log, as dicts in the order of writing, without the crc records."""

    records: List[Dict[str, Any]]
    damage: Optional[Damage]

    @property
    def run(self) -> Optional[Dict[str, Any]]:
        """The run record, or None where the log does not have one yet."""
        return next(iter(self.of_kind("run")), None)

    @property
    def is_finished(self) -> bool:
        return bool(self.records) and self.records[-1]["kind"] == "end"

    def of_kind(self, kind: str) -> List[Dict[str, Any]]:
        return [record for record in self.records if record["kind"] == kind]


@dataclass(frozen=True)
class Frames:
    """One row per cell, step, reset, reset and layer, evaluation, evaluation and domain."""

    cells: pd.DataFrame
    steps: pd.DataFrame
    resets: pd.DataFrame
    reset_layers: pd.DataFrame
    evals: pd.DataFrame
    eval_domains: pd.DataFrame


def read_log(path) -> RunLog:
    """Reads a log up to its end or to its first damage: a torn tail, a wrong checksum, something that is no record."""
    return _scan(Path(path).read_bytes())


def runs(folder) -> Frames:
    """Reads every cell of a folder of runs (the folder that holds `cells`)."""
    logs = {path.parent.name: read_log(path) for path in sorted(Path(folder).glob("cells/*/log.msgpack"))}

    def rows(kind):
        return [dict(record, cell=cell) for cell, log in logs.items() for record in log.of_kind(kind)]

    resets, evals = rows("reset"), rows("eval")
    return Frames(
        cells=_frame([_cell_row(cell, log) for cell, log in logs.items()]),
        steps=_frame(rows("step")),
        resets=_frame([_without(row, "layers") for row in resets]),
        reset_layers=_frame(_inner(resets, "layers", ("cell", "step", "number"))),
        evals=_frame([_without(row, "domains") for row in evals]),
        eval_domains=_frame(_inner(evals, "domains", ("cell", "step", "name"), prefix="domain_")),
    )


def sweep(folder, name: str) -> pd.DataFrame:
    """The plan of one sweep: cell, label, arm, seed, baseline. Seeds are text: they may pass 2^53."""
    plan = json.loads((Path(folder) / "sweeps" / name / "sweep.json").read_text(encoding="utf-8"))
    return pd.DataFrame(plan["cells"]).rename(columns={"id": "cell"})


def _scan(data: bytes) -> RunLog:
    records: List[Dict[str, Any]] = []
    unpacker = msgpack.Unpacker(raw=False, strict_map_key=True, max_buffer_size=max(1, len(data)))
    unpacker.feed(data)
    covered, first_uncovered, offset = 0, 0, 0
    while offset < len(data):
        try:
            record = unpacker.unpack()
        except msgpack.OutOfData:
            return RunLog(records, Damage(offset, "the last record is incomplete"))
        except (ValueError, TypeError, msgpack.UnpackException) as fault:
            return RunLog(records, Damage(offset, f"not MessagePack that a log holds: {fault}"))
        if not isinstance(record, dict) or not isinstance(record.get("kind"), str):
            return RunLog(records, Damage(offset, "no record: a map with a kind is wanted"))
        if record["kind"] == "crc":
            found = zlib.crc32(data[covered:offset])
            if (record.get("from"), record.get("to"), record.get("crc32")) != (covered, offset, found):
                return RunLog(records[:first_uncovered], Damage(covered, f"the checksum at byte {offset} is wrong"))
            covered, first_uncovered = offset, len(records)
        else:
            if record["kind"] == "run" and record.get("format") != FORMAT:
                raise LogFormatError(f"the log's format is {record.get('format')}; this reader knows {FORMAT}")
            records.append(record)
        offset = unpacker.tell()
    return RunLog(records, None)


def _cell_row(cell: str, log: RunLog) -> Dict[str, Any]:
    run = dict(log.run or {})
    end = next(iter(log.of_kind("end")), {})
    if "config" in run:
        run["knob"] = json.loads(run.pop("config"))
    run.update(
        cell=cell,
        finished=log.is_finished,
        outcome=end.get("outcome"),
        last_step=max((record["step"] for record in log.of_kind("step")), default=0),
        end=_without(end, "kind"),
        damage=log.damage.reason if log.damage else None,
    )
    return run


def _inner(rows, key, outer, prefix=""):
    return [
        {**{name: row[name] for name in outer}, **{(prefix + name if name == "name" else name): value for name, value in item.items()}}
        for row in rows
        for item in row[key]
    ]


def _without(row, key):
    return {name: value for name, value in row.items() if name != key}


def _frame(rows) -> pd.DataFrame:
    """Nested maps become columns with a dot: measured.seconds, knob.LowRank.Rank."""
    frame = pd.json_normalize([_without(row, "kind") for row in rows]) if rows else pd.DataFrame({"cell": []})
    return frame[["cell"] + [name for name in frame.columns if name != "cell"]]
