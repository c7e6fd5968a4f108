/// A small sweep as the lab's workers would leave it, written through the log's own writer.
module ReLoRA.Analysis.Tests.SampleSweep

open System
open System.Collections.Generic
open System.IO
open ReLoRA.Results.Log
open ReLoRA.Results.Runs

let private measured (pairs: (string * float) list) : IReadOnlyDictionary<string, obj> =
    Dictionary(pairs |> Seq.map (fun (key, value) -> KeyValuePair(key, value :> obj)))

let runWith
    (measured: IReadOnlyDictionary<string, obj>)
    (config: string)
    (operations: float)
    (cell: string)
    (semantics: string)
    (seed: string)
    =
    RunRecord(
        Cell = cell,
        Config = config,
        Method = (if semantics = "" then "FullRank" else "ReLoRA"),
        Semantics = semantics,
        SemanticsVersion = 1,
        Seed = seed,
        Parameters = 1000L,
        TrainableParameters = 100L,
        Steps = 4L,
        TokensPerStep = 512L,
        TrainData = "t",
        EvaluationData = "e",
        Threads = 2,
        Device = "cpu",
        MicroBatch = 4,
        OperationsPerToken =
            (if Double.IsNaN operations then
                 Nullable()
             else
                 Nullable operations),
        Measured = measured
    )

let runOf = runWith (measured [])

let run = runOf "{}" nan

let step (number: int64) (rate: float) =
    StepRecord(
        Step = number,
        Tokens = number * 512L,
        Loss = 6.0 - float number,
        LearningRate = 1e-3,
        GradientNorm = 1.0,
        Measured = measured [ "seconds", 512.0 / rate; "tokens_per_second", rate ]
    )

let eval (step: int64) (news: float) (fiction: float) =
    // News has three times as many tokens.
    let loss, macro = (3.0 * news + fiction) / 4.0, (news + fiction) / 2.0

    EvalRecord(
        Step = step,
        Tokens = step * 512L,
        Name = "perplexity",
        Loss = loss,
        Perplexity = exp loss,
        MacroLoss = macro,
        MacroPerplexity = exp macro,
        Domains =
            [|
                EvalDomain("news", news, exp news, 3000L)
                EvalDomain("fiction", fiction, exp fiction, 1000L)
            |],
        Measured = measured [ "seconds", 1.5 ]
    )

let resetOf (layers: ResetLayer[]) (number: int) (semantics: string) (jump: float) (verdict: string) =
    ResetRecord(
        Step = int64 number,
        Number = number,
        Semantics = semantics,
        PreservesFunction = (semantics = "Exact"),
        Jump = jump,
        Noise = 1e-6,
        JumpBound = 4e-6,
        Lost = jump * 100.0,
        LostBound = 1e-3,
        LostTestable = (verdict <> "nothing merged"),
        TrainingJump = jump,
        MergeError = 5e-8,
        MergeBound = 1.2e-7,
        UpdateNorm = 3.5,
        StateCleared = (if semantics = "Exact" then 1.0 else 0.999),
        GradientA = 0.0,
        GradientB = 0.25,
        AdapterRank = 8.0,
        LearningRateBefore = 9.5e-4,
        LearningRateAfter = 1e-5,
        Verdict = verdict,
        Layers = layers,
        Measured = measured [ "seconds", 0.5 ]
    )

let reset = resetOf [| ResetLayer("layers.0.attention.q_proj", 5e-8, 3.5) |]

let finalAt (step: int64) (outcome: string) =
    EndRecord(
        Step = step,
        Tokens = step * 512L,
        Outcome = outcome,
        Loss = 2.0,
        Measured = measured [ "seconds", 60.0; "peak_memory_bytes", 1e6 ]
    )

let final = finalAt 4L

let write (runs: string) (cell: string) (records: LogRecord list) =
    let folder = RunsFolder(runs).Cell cell
    Directory.CreateDirectory folder.Path |> ignore
    use writer = RunLogWriter.Create folder.LogPath
    records |> List.iter writer.Append

let plan (runs: string) (name: string) (cells: SweepCell list) =
    SweepFile(Name = name, Cells = List.toArray cells).Write(RunsFolder(runs).Sweep(name).PlanPath)

let private finished cell semantics seed rate (resets: LogRecord list) news fiction : LogRecord list =
    [
        run cell semantics seed
        eval 0L 7.0 7.0
        step 1L rate
        step 2L (rate * 1.5)
        yield! resets
        step 3L rate
        step 4L (rate / 10.0)
        eval 4L news fiction
        final "finished"
    ]

let task (step: int64) (name: string) (accuracy: float) =
    TaskRecord(
        Step = step,
        Tokens = step * 512L,
        Name = name,
        Data = name,
        Moment = "step",
        Items = 100L,
        Figures =
            [|
                TaskFigure("overall", "", "accuracy", accuracy, 100L, int64 (100.0 * accuracy))
            |]
    )

/// A finished run of ten operations a token and a second a step, whose loss falls to the last validation's.
let whole (cell: string) (semantics: string) (seed: string) (loss: float) (others: LogRecord list) : LogRecord list =
    [
        runOf "{}" 10.0 cell semantics seed
        eval 0L 7.0 7.0
        for number in 1L .. 4L do
            step number 512.0
        yield! others
        eval 4L loss loss
        EndRecord(
            Step = 4L,
            Tokens = 2048L,
            Outcome = "finished",
            Loss = loss,
            Measured = measured [ "seconds", 60.0; "peak_memory_bytes", 1e6; "training_operations", 20480.0 ]
        )
    ]

/// A finished run of a configuration, with its seed and last validation's loss.
let configured' (cell: string) (config: string) (seed: string) (loss: float) : LogRecord list =
    [
        runOf config nan cell "Exact" seed
        step 1L 1.0
        eval 4L loss loss
        final "finished"
    ]

let configured cell config = configured' cell config "1" 3.0

/// Full rank against two semantics, two seeds each, all finished.
let twoSeeds (runs: string) =
    let exact jump : LogRecord list =
        [ for number in 1..3 -> reset number "Exact" (jump * float number) "kept" ]

    let published jump : LogRecord list =
        [
            reset 1 "PaperSingleGpu" 0.0 "nothing merged"
            reset 2 "PaperSingleGpu" jump "changed"
            reset 3 "PaperSingleGpu" (2.0 * jump) "changed"
        ]

    write runs "f1" (finished "f1" "" "1" 30000.0 [] 3.0 3.4)
    write runs "f2" (finished "f2" "" "2" 31000.0 [] 3.1 3.3)
    write runs "x1" (finished "x1" "Exact" "1" 20000.0 (exact 1e-6) 3.2 3.5)
    write runs "x2" (finished "x2" "Exact" "2" 21000.0 (exact 1.2e-6) 3.25 3.5)
    write runs "p1" (finished "p1" "PaperSingleGpu" "1" 20500.0 (published 0.15) 3.5 3.75)
    write runs "p2" (finished "p2" "PaperSingleGpu" "2" 20500.0 (published 0.12) 3.7 3.85)

    plan
        runs
        "quickstart"
        [
            SweepCell("f1", "full rank, seed 1", "full rank", "1", "")
            SweepCell("x1", "Exact, seed 1", "Exact", "1", "f1")
            SweepCell("p1", "PaperSingleGpu, seed 1", "PaperSingleGpu", "1", "f1")
            SweepCell("f2", "full rank, seed 2", "full rank", "2", "")
            SweepCell("x2", "Exact, seed 2", "Exact", "2", "f2")
            SweepCell("p2", "PaperSingleGpu, seed 2", "PaperSingleGpu", "2", "f2")
        ]

/// One cell each that finished, goes on, diverged, was never started, and has a torn log; one baseline.
let interrupted (runs: string) =
    let whole = finished "f1" "" "1" 30000.0 [] 3.0 3.4
    write runs "f1" whole
    write runs "a1" (finished "a1" "Exact" "1" 20000.0 [ reset 1 "Exact" nan "changed" ] 2.9 3.1)
    write runs "a2" (List.truncate 4 (finished "a2" "Exact" "2" 20000.0 [] 0.0 0.0))
    write runs "a3" [ run "a3" "Exact" "3"; step 1L 20000.0; finalAt 1L "diverged" ]
    write runs "t1" (finished "t1" "Exact" "1" 20000.0 [] 3.0 3.0)
    let torn = RunsFolder(runs).Cell("t1").LogPath
    File.WriteAllBytes(torn, (File.ReadAllBytes torn)[..599])

    plan
        runs
        "interrupted"
        [
            SweepCell("f1", "full seed 1", "full", "1", "")
            SweepCell("a1", "r4 seed 1", "r4", "1", "f1")
            SweepCell("a2", "r4 seed 2", "r4", "2", "f2")
            SweepCell("a3", "r4 seed 3", "r4", "3", "f3")
            SweepCell("t1", "r8 seed 1", "r8", "1", "f1")
            SweepCell("n1", "r16 seed 1", "r16", "1", "f1")
        ]
