#!/usr/bin/env python3
"""Times `relora bench train` against a PyTorch program that takes the same options and prints the same keys, in turn.

    tools/bench/pairs.py --peer pytorch_peer.py --size tiny --method full --batch 8 --seq 256 [--dtype fp32 bf16] [--pairs 5] [--steps 5]

Each pair is one process of either, one right after the other, and gives one ratio: a machine's speed changes from minute to minute,
so that only figures of one pair compare. The peer runs twice in each pair: as its users start it, and in the environment that
relora gives its own workers (allocator, waiting threads). Prints a line a pair, then medians with the lowest and highest of them.
Needs a Release build (dotnet build -c Release) and, for the peer, a Python with PyTorch (--python)."""
import argparse, json, os, pathlib, statistics, subprocess

RELORA = pathlib.Path(__file__).resolve().parents[2] / "src/ReLoRA.Cli/bin/Release/net10.0/relora.dll"
WORKER = {
    "GLIBC_TUNABLES": "glibc.malloc.mmap_threshold=8589934592:glibc.malloc.trim_threshold=8589934592",
    "OMP_WAIT_POLICY": "PASSIVE",
}


def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--peer", required=True, help="the PyTorch program")
    p.add_argument("--python", default="/usr/bin/python3", help="the Python that runs it")
    p.add_argument("--peer-env", action="append", default=[], metavar="NAME=VALUE", help="a variable for the peer, such as LD_LIBRARY_PATH")
    p.add_argument("--pairs", type=int, default=5)
    p.add_argument("--size", choices=["tiny", "small"], default="tiny")
    p.add_argument("--method", choices=["full", "relora"], default="full")
    p.add_argument("--dtype", choices=["fp32", "bf16"], nargs="+", default=["fp32"], help="relora's, each once a pair; the peer's is always fp32")
    for name, value in (("batch", 8), ("seq", 256), ("steps", 5), ("threads", os.cpu_count())):
        p.add_argument("--" + name, type=int, default=value)
    p.add_argument("--json", action="store_true", help="print one line of JSON at the end")
    return p.parse_args()


def measure(command, variables):
    env = {name: value for name, value in os.environ.items() if name not in WORKER} | variables
    ended = subprocess.run(command, env=env, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(ended.stdout.splitlines()[-1])


def main():
    a = arguments()
    shape = [x for name in ("size", "method", "batch", "seq", "steps", "threads") for x in ("--" + name, str(getattr(a, name)))]
    ours = {dtype: ["dotnet", str(RELORA), "bench", "train", "--json", "--dtype", dtype, *shape] for dtype in a.dtype}
    theirs = [a.python, a.peer, *shape]
    peer_env = dict(pair.split("=", 1) for pair in a.peer_env)
    ratios = {dtype: {"speed": [], "speed_same_env": [], "memory": [], "tokens_per_s": []} for dtype in a.dtype}
    for number in range(1, a.pairs + 1):
        found = {dtype: measure(command, {}) for dtype, command in ours.items()}
        plain, tuned = measure(theirs, peer_env), measure(theirs, peer_env | WORKER)
        print(f"pair {number}: peer {plain['tokens_per_s']:.0f} tokens/s, in our environment {tuned['tokens_per_s']:.0f}, {plain['peak_rss_mb']:.0f} MB")
        for dtype, relora in found.items():
            speed, same = relora["tokens_per_s"] / plain["tokens_per_s"], relora["tokens_per_s"] / tuned["tokens_per_s"]
            memory = relora["peak_rss_mb"] / plain["peak_rss_mb"]
            for name, value in (("speed", speed), ("speed_same_env", same), ("memory", memory), ("tokens_per_s", relora["tokens_per_s"])):
                ratios[dtype][name].append(value)
            print(
                f"  relora {dtype} {relora['tokens_per_s']:.0f} tokens/s: {speed:.2f} and {same:.2f} times; {relora['peak_rss_mb']:.0f} MB: {memory:.2f}",
                flush=True,
            )
    for dtype, lists in ratios.items():
        summary = {name: [statistics.median(values), min(values), max(values)] for name, values in lists.items()}
        if a.json:
            print(json.dumps({"size": a.size, "method": a.method, "batch": a.batch, "seq": a.seq, "dtype": dtype, "pairs": a.pairs, **summary}))
        for name, (median, low, high) in summary.items():
            print(f"{dtype} {name}: {median:.2f} ({low:.2f} to {high:.2f})")


main()
