"""Every value of a folder of runs as the Python reader's frames have it: cell, frame, row, column, type, value."""

import csv
import math
import sys
from collections import Counter

import relora_log


def values(column, value):
    if isinstance(value, (list, tuple)):
        if not column.startswith("knob."):
            for index, item in enumerate(value, start=1):
                yield from values(f"{column}[{index}]", item)
    elif isinstance(value, str):
        yield column, "t", value
    elif isinstance(value, bool) or type(value).__name__ == "bool_":
        yield column, "b", "true" if value else "false"
    elif value is not None and not math.isnan(value):
        yield column, "n", format(float(value), ".17g")


runs = relora_log.runs(sys.argv[1])
names = [name for name in relora_log._FRAMES if name != "damages"]
with open(sys.argv[2], "w", newline="", encoding="utf-8") as file:
    out = csv.writer(file)
    out.writerow(["cell", "frame", "row", "column", "type", "value"])
    for name, frame in zip(names, runs.frames(*names)):
        rows = Counter()
        for record in frame.to_dict("records"):
            cell = record.pop("cell")
            for column, value in record.items():
                for one in values(column, value):
                    out.writerow([cell, name, rows[cell], *one])
            rows[cell] += 1
