#!/usr/bin/env python3
"""Kills `relora run` and its workers at random moments, and compares what comes out in the end with an undisturbed run.

    tools/kills/kills.py [--kills 200] [--seed 20241] [--steps 150] [--runs FOLDER] [--commands 2]

Needs a Release build (dotnet build -c Release) and msgpack (Debian: python3-msgpack)."""
import argparse, os, pathlib, random, shutil, signal, subprocess, tempfile, time

import msgpack

ROOT = pathlib.Path(__file__).resolve().parents[2]
RELORA = ROOT / "src/ReLoRA.Cli/bin/Release/net10.0/relora"
CELLS = 8
SWEEP = """
var start = Presets.Nano with
{
    Model = Presets.Nano.Model with { Width = 16, Layers = 1, HiddenWidth = 24 },
    LowRank = Presets.Nano.LowRank with { Method = LowRankMethod.ReLoRA, Rank = 4, ResetEvery = 15 },
    Schedule = new ScheduleConfig { WarmupSteps = 5, RestartWarmupSteps = 2 },
    Data = new DataConfig { BatchSize = 2, Train = "ROOT/datasets/english/train" },
    Budget = new BudgetConfig { Tokens = STEPS * 2 * 128 },
    Evaluation = new EvaluationConfig { Every = 50, MaxRows = 2, Perplexity = "ROOT/datasets/english/validation" },
    Checkpoint = new CheckpointConfig { Every = 5, KeepEvery = 50 },
};
Sweep("kills", start).Baseline().Seeds(count: 4);
"""


def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--kills", type=int, default=200)
    p.add_argument("--seed", type=int, default=20241, help="of the moments")
    p.add_argument("--steps", type=int, default=150, help="of each of the eight cells")
    p.add_argument("--commands", type=int, default=1, choices=(1, 2), help="2: two runs of the sweep at once, whose commands and workers are killed alike")
    p.add_argument("--runs", type=pathlib.Path, help="an empty folder to keep both runs in; default: one that is deleted")
    return p.parse_args()


class Tally:
    kills = commands = rounds = unreadable = differences = 0
    latest = 0.0

    def bad(self, text):
        self.unreadable += 1
        print(f"unreadable: {text}", flush=True)

    def differs(self, text):
        self.differences += 1
        print(f"different: {text}", flush=True)


def start(folder, script, *options):
    output = open(folder / "output.txt", "a")
    return subprocess.Popen([RELORA, "run", script, *options], cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=output)


def workers(command):
    found = []
    for children in pathlib.Path(f"/proc/{command.pid}/task").glob("*/children"):
        try:
            found += [int(i) for i in children.read_text().split() if b"\0worker\0" in pathlib.Path(f"/proc/{i}/cmdline").read_bytes()]
        except OSError:
            pass
    return found


def kill(process):
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        pass


def outlives(command, worker, moment, tally):
    """A worker that is done before its moment says how long one takes by now: a machine's speed changes."""
    seen = time.monotonic()
    while time.monotonic() - seen < moment:
        time.sleep(0.005)
        if worker not in workers(command):
            tally.latest = time.monotonic() - seen
            return False
    return True


def run_and_kill(folder, script, moments, most, tally):
    """One command, whose workers are killed one after the other; now and then the command with its worker."""
    command, seen, kills = start(folder, script, "--jobs", "1", "--threads", "1"), set(), 0
    tally.commands += 1
    while command.poll() is None:
        new = [worker for worker in workers(command) if worker not in seen]
        if not new:
            time.sleep(0.005)
            continue
        seen.add(new[0])
        if not outlives(command, new[0], moments.uniform(0, tally.latest), tally):
            continue
        kills += 1
        if kills == most or moments.randrange(6) == 0:
            command.kill()
            # The worker notices and begins to save: it is killed in the middle of that, too.
            time.sleep(moments.uniform(0, 0.06))
            kill(new[0])
            command.wait()
            return kills, None
        kill(new[0])
    return kills, command.returncode


class Pair:
    """Two runs of one sweep at once; each that ends or is killed is begun again until one says that the sweep is done."""

    def __init__(self, folder, script):
        self.folder, self.script, self.commands, self.orphans = folder, script, [], []

    def fill(self, tally):
        while len(self.commands) < 2:
            self.commands.append(start(self.folder, self.script, "--jobs", "1", "--threads", "1"))
            tally.commands += 1

    def kill_one(self, moments):
        """A worker or a command, whichever comes. The worker of a killed command lives on until it has saved."""
        living = [command for command in self.commands if command.poll() is None]
        of_workers = [worker for command in living for worker in workers(command)]
        victims = of_workers + [command.pid for command in living] + [i for i in self.orphans if is_worker(i)]
        if not victims:
            return 0
        victim = moments.choice(victims)
        for command in living:
            if command.pid == victim:
                self.orphans += workers(command)
        kill(victim)
        return 1

    def is_done(self, tally):
        done = False
        for command in [command for command in self.commands if command.poll() is not None]:
            self.commands.remove(command)
            # 1 where a worker was killed.
            if command.returncode not in (0, 1, -signal.SIGKILL):
                tally.bad(f"exit code {command.returncode}: {(self.folder / 'output.txt').read_text()[-2000:]}")
            done |= command.returncode == 0
        return done

    def end(self):
        for command in self.commands:
            command.wait()
        while any(is_worker(i) for i in self.orphans):
            time.sleep(0.01)
        self.commands, self.orphans = [], []


def is_worker(process):
    try:
        return b"\0worker\0" in pathlib.Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return False


def run_pairs(folder, script, moments, options, tally, straight):
    pair = Pair(folder, script)
    while tally.kills < options.kills:
        pair.fill(tally)
        time.sleep(moments.uniform(0, tally.latest))
        tally.kills += pair.kill_one(moments)
        if pair.is_done(tally):
            pair.end()
            finish(folder, script, tally)
            compare(straight, folder, tally, options)
            shutil.rmtree(folder / "runs")
    pair.end()


def records(log):
    """Everything outside measured, notes and checksums, which may differ; and the notes."""
    unpacker = msgpack.Unpacker(raw=False, strict_map_key=True)
    unpacker.feed(log.read_bytes())
    all_of_them = list(unpacker)
    kept = [{k: v for k, v in r.items() if k != "measured"} for r in all_of_them if r["kind"] not in ("note", "crc")]
    return [repr(record) for record in kept], [r["text"] for r in all_of_them if r["kind"] == "note"]


def check_readable(folder, tally):
    for cell in sorted((folder / "runs/cells").glob("*")):
        if (cell / "log.msgpack").exists():
            for note in records(cell / "log.msgpack")[1]:
                if "passed over" in note:
                    tally.bad(f"{cell.name}: {note}")
        if (cell / "worker.log").exists() and "error" in (words := (cell / "worker.log").read_text()):
            tally.bad(f"{cell.name}: {words.strip()}")


def stays(file, options):
    """Whether a checkpoint stays for good. A worker that outlives its command saves where it is, which takes the place of an older one."""
    step = int(file.parts[1].removeprefix("step_").split(".")[0])
    return options.commands == 1 or step == options.steps or step % 50 == 0


def compare(straight, killed, tally, options):
    tally.rounds += 1
    check_readable(killed, tally)
    expected = sorted((straight / "runs/cells").glob("*"))
    if [cell.name for cell in expected] != sorted(cell.name for cell in (killed / "runs/cells").glob("*")):
        tally.differs("other cells")
        return
    for cell in expected:
        other = killed / "runs/cells" / cell.name
        if records(cell / "log.msgpack")[0] != records(other / "log.msgpack")[0]:
            tally.differs(f"{cell.name}: log")
        files, others = ({path.relative_to(folder) for path in folder.glob("checkpoints/*/*.safetensors")} for folder in (cell, other))
        if any(stays(file, options) for file in files ^ others):
            tally.differs(f"{cell.name}: other checkpoints {sorted(map(str, files ^ others))}")
        for file in sorted(files & others):
            if (cell / file).read_bytes() != (other / file).read_bytes():
                tally.differs(f"{cell.name}: {file}")


def finish(folder, script, tally):
    if start(folder, script, "--jobs", "1", "--threads", "1").wait() != 0:
        tally.bad((folder / "output.txt").read_text()[-2000:])


def work(options, place):
    straight, killed = place / "straight", place / "killed"
    for folder in (straight, killed):
        folder.mkdir(parents=True)
        (folder / "kills.csx").write_text(SWEEP.replace("ROOT", str(ROOT)).replace("STEPS", str(options.steps)))
    moments, tally, begun = random.Random(options.seed), Tally(), time.monotonic()
    finish(straight, "kills.csx", tally)
    # From the start of a worker to its end, however busy the machine is.
    tally.latest = (time.monotonic() - begun) / CELLS
    print(f"a worker takes {tally.latest:.1f} s", flush=True)
    if options.commands == 2:
        run_pairs(killed, "kills.csx", moments, options, tally, straight)
    while tally.kills < options.kills:
        kills, code = run_and_kill(killed, "kills.csx", moments, options.kills - tally.kills, tally)
        tally.kills += kills
        check_readable(killed, tally)
        if code == 0:
            compare(straight, killed, tally, options)
            shutil.rmtree(killed / "runs")
    finish(killed, "kills.csx", tally)
    compare(straight, killed, tally, options)
    print(f"{tally.commands} commands, {tally.rounds} sweeps of {CELLS} cells compared, {time.monotonic() - begun:.0f} s")
    print(f"kills: {tally.kills}, unreadable states: {tally.unreadable}, differences: {tally.differences}")
    return 1 if tally.unreadable or tally.differences else 0


def main():
    options = arguments()
    if options.runs:
        return work(options, options.runs.resolve())
    with tempfile.TemporaryDirectory(prefix="relora-kills-") as folder:
        return work(options, pathlib.Path(folder))


if __name__ == "__main__":
    raise SystemExit(main())
