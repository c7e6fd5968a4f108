"""Run with: /usr/bin/python3 -m unittest (in this folder). CI runs it through ReLoRA.Results.Tests."""

import math
import tempfile
import unittest
from pathlib import Path

import msgpack
import relora_log

FIXTURES = Path(__file__).resolve().parents[2] / "tests" / "Fixtures" / "logs" / "format-1"
RUNS = FIXTURES / "runs"
FULL_RANK, LOW_RANK = "aaaaaaaaaaaa", "bbbbbbbbbbbb"


def write(folder, cell, data):
    path = Path(folder) / "cells" / cell / "log.msgpack"
    path.parent.mkdir(parents=True)
    path.write_bytes(data)


class ReadLog(unittest.TestCase):
    def test_a_whole_log_is_read(self):
        log = relora_log.read_log(RUNS / "cells" / LOW_RANK / "log.msgpack")
        self.assertEqual(log.damages, [])
        self.assertTrue(log.is_finished)
        self.assertEqual(log.run["seed"], "9223372036854775807")
        self.assertEqual(len(log.of_kind("step")), 70)

    def test_damage_is_told_and_what_came_before_is_read(self):
        whole = len(relora_log.read_log(RUNS / "cells" / LOW_RANK / "log.msgpack").records)
        for name, records, reason in (
            ("torn", whole - 1, "no end"),
            ("zeros", whole, "must be a map"),
            ("flipped", whole - 64, "checksum"),
        ):
            log = relora_log.read_log(FIXTURES / "damaged" / f"{name}.msgpack")
            self.assertEqual(len(log.records), records, name)
            self.assertEqual(len(log.damages), 1)
            self.assertIn(reason, log.damages[0].reason)

    def test_damage_in_the_middle_costs_its_block_and_is_a_column(self):
        data = bytearray((RUNS / "cells" / LOW_RANK / "log.msgpack").read_bytes())
        data[data.index(b"Seed")] ^= 1
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "cells" / LOW_RANK / "log.msgpack"
            path.parent.mkdir(parents=True)
            path.write_bytes(data)
            runs = relora_log.runs(folder)
            cell = runs.cells.iloc[0]
            self.assertTrue(cell["finished"])
            self.assertEqual(cell["damages"], 1)
            self.assertRegex(cell["damage"], "^bytes 0 to [0-9]+: the checksum at byte [0-9]+ is wrong$")
            self.assertEqual(list(runs.damages["kind"]), ["ChecksumMismatch"])
            self.assertEqual(list(runs.steps["step"]), list(range(63, 71)))

    def test_bytes_taken_out_end_the_reading(self):
        data = (FIXTURES / "trained" / "cells" / "690005dc9f46" / "log.msgpack").read_bytes()
        marks = relora_log._marks(data)
        log = relora_log._scan(data[: marks[0].offset + 100] + data[marks[0].offset + 200 :])
        self.assertEqual([damage.kind for damage in log.damages], ["Shifted"])
        self.assertIn("100 bytes were taken out", log.damages[0].reason)
        self.assertFalse(log.is_finished)

    def test_an_empty_log_has_no_records_and_no_damage(self):
        self.assertEqual(relora_log._scan(b""), relora_log.RunLog([], []))

    def test_every_truncation_is_read_up_to_the_last_whole_record(self):
        data = (RUNS / "cells" / FULL_RANK / "log.msgpack").read_bytes()
        whole = relora_log._scan(data).records
        for length in range(0, len(data), 7):
            log = relora_log._scan(data[:length])
            self.assertEqual(log.records, whole[: len(log.records)])

    def test_every_flipped_bit_before_the_last_checksum_is_told(self):
        data = (RUNS / "cells" / LOW_RANK / "log.msgpack").read_bytes()
        covered = data.rindex(b"\xa4kind\xa3crc") - 1
        for bit in range(0, covered * 8, 131):
            flipped = bytearray(data)
            flipped[bit // 8] ^= 1 << bit % 8
            try:
                self.assertTrue(relora_log._scan(bytes(flipped)).damages, f"bit {bit}")
            except relora_log.LogFormatError:
                pass

    def test_later_kinds_and_keys_are_kept(self):
        log = relora_log.read_log(FIXTURES / "later.msgpack")
        self.assertEqual(log.damages, [])
        self.assertEqual([record["kind"] for record in log.records], ["run", "spectrum", "step"])
        self.assertEqual(log.records[2]["flops"], 1e12)

    def test_another_format_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "log.msgpack"
            path.write_bytes(msgpack.packb({"kind": "run", "format": 2}))
            with self.assertRaisesRegex(relora_log.LogFormatError, "format is 2; this reader knows 1"):
                relora_log.read_log(path)


class Runs(unittest.TestCase):
    def setUp(self):
        self.frames = relora_log.runs(RUNS)

    def test_a_frame_is_read_when_it_is_asked_for_and_held(self):
        class Counting(relora_log.Runs):
            reads = 0

            def logs(self):
                self.reads += 1
                return super().logs()

        runs = Counting(RUNS)
        self.assertEqual(runs.reads, 0)
        self.assertIs(runs.steps, runs.steps)
        self.assertEqual(runs.reads, 1)
        notes, checkpoints = runs.frames("notes", "checkpoints")
        self.assertEqual(runs.reads, 2)
        self.assertEqual((len(notes), len(checkpoints)), (2, 2))
        with self.assertRaisesRegex(KeyError, "no frame 'step'; there are cells, steps"):
            runs.frames("step")

    def test_every_kind(self):
        runs = relora_log.runs(FIXTURES / "every-kind")
        spectra = runs.reset_spectra
        self.assertEqual(list(spectra["value"]), [7.5, 2.5, 0, 1e-12])
        self.assertEqual(list(spectra["index"]), [1, 2, 3, 4])
        self.assertEqual(runs.probe_values["columns"].dropna().tolist(), [["largest", "Gr\u00f6\u00dfe"]])
        self.assertEqual(list(runs.probe_values["finding"]), ["", "zero matrix", "", "zero matrix"])
        self.assertEqual(list(runs.spikes["phase"]), ["recovered", "recovered"])
        self.assertEqual(set(runs.pairs_phenomena["phenomenon_name"]), {"anaphor_agreement", "determiner_noun_agreement", "binding"})
        self.assertEqual(list(runs.task_figures["metric"]), ["perplexity", "accuracy", "perplexity"])
        self.assertEqual(runs.eval_domains["row_nats"].dropna().tolist()[0][0], 2.25)
        self.assertEqual(list(runs.cells["outcome"]), ["diverged", "finished"])
        self.assertEqual(runs.cells["end.loss"][0], math.inf)

    def test_cells(self):
        cells = self.frames.cells.set_index("cell")
        self.assertEqual(list(cells.index), [FULL_RANK, LOW_RANK])
        self.assertEqual(list(cells["method"]), ["FullRank", "ReLoRA"])
        self.assertEqual(list(cells["knob.Seed"]), [42, 42])
        self.assertTrue(cells["finished"].all())
        self.assertEqual(cells.loc[LOW_RANK, "last_step"], 70)
        self.assertEqual(cells.loc[LOW_RANK, "end.measured.peak_memory_bytes"], 1_000_000)

    def test_steps(self):
        steps = self.frames.steps
        self.assertEqual(len(steps), 140)
        self.assertEqual(steps.groupby("cell")["step"].max().to_dict(), {FULL_RANK: 70, LOW_RANK: 70})
        self.assertAlmostEqual(steps["loss"].iloc[0], 8 / 1.01, places=12)
        self.assertEqual(set(steps["measured.tokens_per_second"]), {32768.0})

    def test_resets(self):
        resets = self.frames.resets
        self.assertEqual(list(resets["verdict"]), ["kept", "changed"])
        self.assertEqual(list(resets["cell"]), [LOW_RANK, LOW_RANK])
        self.assertTrue(resets["training_jump"].isna().all())
        self.assertEqual(len(self.frames.reset_layers), 4)
        self.assertEqual(self.frames.reset_layers["name"].iloc[0], "layers.0.attention.q_proj")

    def test_evals(self):
        self.assertEqual(list(self.frames.evals["step"]), [0, 70, 0, 70])
        domains = self.frames.eval_domains
        self.assertEqual(len(domains), 8)
        self.assertEqual(list(domains["domain_name"][:2]), ["fiction", "news"])
        self.assertAlmostEqual(domains["perplexity"].iloc[0], math.exp(2.5))

    def test_a_sweep_joins_on_cell(self):
        sweep = relora_log.sweep(RUNS, "sample")
        joined = self.frames.evals.merge(sweep, on="cell")
        self.assertEqual(joined.groupby("arm")["step"].max().to_dict(), {"full": 70, "ReLoRA": 70})

    def test_a_copy_that_was_moved_aside_is_no_cell(self):
        with tempfile.TemporaryDirectory() as folder:
            for cell in (LOW_RANK, f"{LOW_RANK}.old-1"):
                write(folder, cell, (RUNS / "cells" / LOW_RANK / "log.msgpack").read_bytes())
            self.assertEqual(list(relora_log.runs(folder).cells["cell"]), [LOW_RANK])

    def test_a_log_of_a_newer_format_is_a_row_and_costs_the_others_nothing(self):
        newer = msgpack.packb({"kind": "run", "format": 2})
        with tempfile.TemporaryDirectory() as folder:
            write(folder, FULL_RANK, newer)
            write(folder, LOW_RANK, (RUNS / "cells" / LOW_RANK / "log.msgpack").read_bytes())
            runs = relora_log.runs(folder)
            self.assertEqual(list(runs.cells["state"]), ["unreadable", "finished"])
            self.assertEqual(list(runs.cells["finished"]), [False, True])
            self.assertRegex(runs.cells["damage"][0], "^bytes 0 to 18: byte 0: the log's format is 2; this reader knows 1")
            self.assertTrue(math.isnan(runs.cells["last_step"][0]))
            self.assertEqual(runs.damages[["cell", "begin", "end", "kind"]].values.tolist(), [[FULL_RANK, 0, len(newer), "UnsupportedFormat"]])
            self.assertEqual(set(runs.steps["cell"]), {LOW_RANK})

    def test_a_folder_without_runs_gives_empty_frames(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertTrue(relora_log.runs(folder).cells.empty)


if __name__ == "__main__":
    unittest.main()
