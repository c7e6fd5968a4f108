/// A sweep whose logs hold what the small one's do not: costs, probes by linear, spectra and tasks.
module ReLoRA.Analysis.Tests.RichSweep

open System.Collections.Generic
open ReLoRA.Results.Log
open ReLoRA.Results.Runs

let layers = [| "layers.0.attention.q_proj"; "layers.1.swiglu.w_2" |]

let private measured (pairs: (string * obj) list) : IReadOnlyDictionary<string, obj> =
    Dictionary(pairs |> Seq.map (fun (key, value) -> KeyValuePair(key, value)))

let probe (step: int64) (metric: string) (moment: string) (values: float list) =
    ProbeRecord(
        Step = step,
        Tokens = step * 512L,
        Name = $"{metric}_weight",
        Metric = metric,
        Of = "weight",
        Moment = moment,
        Values = [| for layer, value in Seq.zip layers values -> ProbeValue(layer, value, "") |]
    )

let spectrum (step: int64) (moment: string) (values: float list) =
    ProbeRecord(
        Step = step,
        Tokens = step * 512L,
        Name = "singular_values_weight",
        Metric = "singular_values",
        Of = "weight",
        Moment = moment,
        Values =
            [|
                for layer in layers -> ProbeValue(layer, List.head values, "", Vector = List.toArray values)
            |]
    )

let task (step: int64) (correct: int64) =
    TaskRecord(
        Step = step,
        Tokens = step * 512L,
        Name = "blimp",
        Data = "blimp.tar.gz",
        Moment = "step",
        Items = 100L,
        Figures =
            [|
                TaskFigure("overall", "", "accuracy", float correct / 100.0, 100L, correct)
                TaskFigure("phenomenon", "binding", "accuracy", float correct / 100.0, 100L, correct)
            |]
    )

let final (trainingSeconds: float) (operations: float) (memory: float) =
    EndRecord(
        Step = 4L,
        Tokens = 2048L,
        Outcome = "finished",
        Loss = 2.0,
        Measured =
            measured
                [
                    "seconds", (trainingSeconds * 1.25) :> obj
                    "device_hours", (trainingSeconds * 1.25 / 3600.0) :> obj
                    "peak_memory_bytes", memory :> obj
                    "training_seconds", trainingSeconds :> obj
                    "evaluation_seconds", (trainingSeconds * 0.25) :> obj
                    "training_operations", operations :> obj
                    "energy_meter", "package-0" :> obj
                    "training_joules", (trainingSeconds * 20.0) :> obj
                ]
    )

/// Which of the records a reset's proof judges; spectra with it.
let reset number jump verdict =
    SampleSweep.resetOf
        [|
            for layer in layers -> ResetLayer(layer, 5e-8, 3.5, Spectrum = [| 2.0; 1.0; 0.0 |])
        |]
        number
        "Exact"
        jump
        verdict

let private cell runs id semantics seed (resets: LogRecord list) correct (last: LogRecord) =
    let operationsPerToken = if semantics = "" then 100.0 else 80.0

    SampleSweep.write
        runs
        id
        [
            SampleSweep.runWith
                (measured [ "torchsharp", "0.107.0.0" :> obj ])
                "{}"
                operationsPerToken
                id
                semantics
                seed
            SampleSweep.eval 0L 7.0 7.0
            probe 0L "effective_rank" "step" [ 0.9; 0.8 ]
            probe 0L "condition_number" "step" [ 10.0; nan ]
            SampleSweep.step 1L 512.0
            SampleSweep.step 2L 256.0
            yield! resets
            spectrum 2L "before_reset" [ 3.0; 2.0 ]
            spectrum 2L "after_reset" [ 3.5; 1.0 ]
            SampleSweep.step 3L 512.0
            SampleSweep.step 4L 512.0
            SampleSweep.eval 4L 3.0 3.2
            task 4L correct
            probe 4L "effective_rank" "step" [ 0.5; 0.25 ]
            probe 4L "condition_number" "step" [ 1000.0; 20.0 ]
            last
        ]

/// Full rank and ReLoRA, one seed; the second reset did not keep what it promises.
let write (runs: string) =
    cell runs "f1" "" "1" [] 60L (final 100.0 2e12 4e9)
    cell runs "x1" "Exact" "1" [ reset 1 1e-6 "kept"; reset 2 0.2 "changed" ] 50L (final 150.0 1.6e12 3e9)

    SampleSweep.plan
        runs
        "rich"
        [
            SweepCell("f1", "full rank, seed 1", "full rank", "1", "")
            SweepCell("x1", "Exact, seed 1", "Exact", "1", "f1")
        ]
