#!/usr/bin/env python3
"""What each probe of tools/bench/probe-cost.csx took at its step, beside a hundred steps of training.

    tools/bench/probe_cost.py RUNS

RUNS is the runs folder. Needs msgpack (Debian: python3-msgpack). The first probe of a kind pays for what the others share."""
import json
import pathlib
import statistics
import sys

import msgpack

STEP = 8
for cell in sorted(pathlib.Path(sys.argv[1], "cells").iterdir()):
    records = [r for r in msgpack.Unpacker((cell / "log.msgpack").open("rb"), raw=False) if isinstance(r, dict)]
    method = json.loads((cell / "cell.json").read_text())["LowRank"]["Method"]
    steps = [r["measured"]["seconds"] for r in records if r.get("kind") == "step" and r["step"] > 2]
    hundred = 100 * statistics.median(steps)
    probes = [(r["name"], r["measured"]["seconds"]) for r in records if r.get("kind") == "probe" and r["step"] == STEP]
    print(f"{method}: 100 steps {hundred:.0f} s, {len(probes)} probes {sum(s for _, s in probes):.1f} s")
    for of in dict.fromkeys(name.split("/")[1] for name, _ in probes):
        own = [(name, s) for name, s in probes if name.split("/")[1] == of]
        total = sum(s for _, s in own)
        print(f"  {of}: {len(own)} probes {total:.2f} s, {100 * total / hundred:.2f} % of training")
        for name, s in own:
            print(f"    {name}: {s:.3f} s")
