/// Rows from the records of one log.
module internal ReLoRA.Analysis.LogRows

open ReLoRA.Results.Log
open ReLoRA.Results.Runs

/// A figure that was measured; NaN where the record does not tell it.
let measured (key: string) (record: LogRecord) =
    match record.Measured.TryGetValue key with
    | true, (:? float as value) -> value
    | true, (:? int64 as value) -> float value
    | true, (:? int as value) -> float value
    | _ -> nan

let private records<'record when 'record :> LogRecord and 'record: not null> (log: RunLog) =
    log.Records<'record>() |> Seq.toArray

let steps (cell: string) (log: RunLog) =
    let perToken =
        match log.Run with
        | null -> nan
        | run ->
            if run.OperationsPerToken.HasValue then
                run.OperationsPerToken.Value
            else
                nan

    let mutable seconds = 0.0
    let mutable last = 0L

    records<StepRecord> log
    |> Array.map (fun record ->
        let ofStep = measured "seconds" record

        // Steps that damage took also took time.
        seconds <- if record.Step > last + 1L then nan else seconds + ofStep
        last <- record.Step

        {
            Cell = cell
            Step = record.Step
            Tokens = record.Tokens
            Loss = record.Loss
            LearningRate = record.LearningRate
            GradientNorm = record.GradientNorm
            Seconds = ofStep
            TokensPerSecond = measured "tokens_per_second" record
            SecondsSoFar = seconds
            Operations = perToken * float record.Tokens
        }
        : StepRow)

let spectra (cell: string) (log: RunLog) =
    records<ResetRecord> log
    |> Array.collect (fun record ->
        record.Layers
        |> Seq.filter (fun layer -> layer.Spectrum.Count > 0)
        |> Seq.map (fun layer ->
            {
                Cell = cell
                Step = record.Step
                Number = record.Number
                Layer = layer.Name
                Rank = layer.Rank.GetValueOrDefault()
                Values = Seq.toArray layer.Spectrum
            }
            : SpectrumRow)
        |> Seq.toArray)

let tasks (cell: string) (log: RunLog) =
    records<TaskRecord> log
    |> Array.collect (fun record ->
        record.Figures
        |> Seq.map (fun figure ->
            {
                Cell = cell
                Step = record.Step
                Tokens = record.Tokens
                Task = record.Name
                Data = record.Data
                Moment = record.Moment
                Group = figure.Group
                Name = figure.Name
                Metric = figure.Metric
                Value = figure.Value
                Items = figure.Items
                Correct =
                    (if figure.Correct.HasValue then
                         figure.Correct.Value
                     else
                         -1L)
            }
            : TaskRow)
        |> Seq.toArray)

let resets (cell: string) (log: RunLog) =
    records<ResetRecord> log
    |> Array.map (fun record ->
        let ranks =
            record.Layers
            |> Seq.map (fun layer -> layer.Rank.GetValueOrDefault())
            |> Seq.toArray

        {
            Cell = cell
            Step = record.Step
            Number = record.Number
            Semantics = record.Semantics
            PreservesFunction = record.PreservesFunction
            Jump = record.Jump
            Noise = record.Noise
            JumpBound = record.JumpBound
            Lost = record.Lost
            LostBound = record.LostBound
            LostTestable = record.LostTestable
            TrainingJump = record.TrainingJump
            MergeError = record.MergeError
            MergeBound = record.MergeBound
            UpdateNorm = record.UpdateNorm
            StateCleared = record.StateCleared
            GradientA = record.GradientA
            GradientB = record.GradientB
            AdapterRank = record.AdapterRank
            LowestRank = (if ranks.Length = 0 then 0 else Array.min ranks)
            HighestRank = Array.fold max 0 ranks
            LearningRateBefore = record.LearningRateBefore
            LearningRateAfter = record.LearningRateAfter
            Verdict = record.Verdict
            Seconds = measured "seconds" record
        }
        : ResetRow)

// Those beside a reset have two values at one step: a curve by steps has none of them.
let evals (cell: string) (log: RunLog) =
    records<EvalRecord> log
    |> Array.filter (fun record -> isNull record.Moment)
    |> Array.map (fun record ->
        {
            Cell = cell
            Step = record.Step
            Tokens = record.Tokens
            Name = record.Name
            Loss = record.Loss
            Perplexity = record.Perplexity
            MacroLoss = record.MacroLoss
            MacroPerplexity = record.MacroPerplexity
            Seconds = measured "seconds" record
        }
        : EvalRow)

let domains (cell: string) (log: RunLog) =
    records<EvalRecord> log
    |> Array.filter (fun record -> isNull record.Moment)
    |> Array.collect (fun record ->
        record.Domains
        |> Seq.map (fun domain ->
            {
                Cell = cell
                Step = record.Step
                Evaluation = record.Name
                Domain = domain.Name
                Loss = domain.Loss
                Perplexity = domain.Perplexity
                Tokens = domain.Tokens
                RowNats = Seq.toArray domain.RowNats
            }
            : DomainRow)
        |> Seq.toArray)

let private marks (phenomenon: PairsPhenomenon) =
    match phenomenon.Right with
    | null -> [||]
    | right when
        phenomenon.Pairs < 0L
        || int64 right.Length <> 2L * ((phenomenon.Pairs + 7L) / 8L)
        || right |> Seq.exists (fun digit -> not (System.Char.IsAsciiHexDigit digit))
        ->
        [||]
    | right ->
        let bytes = System.Convert.FromHexString right

        Array.init (int phenomenon.Pairs) (fun pair -> bytes[pair / 8] &&& (0x80uy >>> (pair % 8)) <> 0uy)

let pairs (cell: string) (log: RunLog) =
    records<PairsRecord> log
    |> Array.filter (fun record -> isNull record.Moment)
    |> Array.collect (fun record ->
        record.Phenomena
        |> Seq.map (fun phenomenon ->
            {
                Cell = cell
                Step = record.Step
                Tokens = record.Tokens
                Phenomenon = phenomenon.Name
                Term = phenomenon.Term |> Option.ofObj |> Option.defaultValue phenomenon.Name
                Correct = phenomenon.Correct
                Ties = phenomenon.Ties
                Pairs = phenomenon.Pairs
                Right = marks phenomenon
            }
            : PairsRow)
        |> Seq.toArray)

let probes (cell: string) (log: RunLog) =
    records<ProbeRecord> log
    |> Array.collect (fun record ->
        record.Values
        |> Seq.map (fun value ->
            {
                Cell = cell
                Step = record.Step
                Tokens = record.Tokens
                Name = record.Name
                Metric = record.Metric
                Of = record.Of
                Moment = record.Moment
                Layer = value.Layer
                Value = value.Value
                Finding = value.Finding
            }
            : ProbeRow)
        |> Seq.toArray)

let private notStarted (planned: SweepCell) =
    {
        Cell = planned.Id
        Label = planned.Label
        Arm = planned.Arm
        Seed = planned.Seed
        Baseline = planned.Baseline
        Method = ""
        Semantics = ""
        State = "not started"
        LastStep = 0L
        Steps = 0L
        Parameters = 0L
        TrainableParameters = 0L
        Seconds = nan
        TokensPerSecond = nan
        PeakMemoryBytes = nan
        OperationsPerToken = nan
        TrainingOperations = nan
        Damage = ""
    }

let private withRun (run: RunRecord | null) row =
    match run with
    | null -> row
    | run ->
        { row with
            Method = run.Method
            Semantics = run.Semantics
            Steps = run.Steps
            Parameters = run.Parameters
            TrainableParameters = run.TrainableParameters
            OperationsPerToken =
                (if run.OperationsPerToken.HasValue then
                     run.OperationsPerToken.Value
                 else
                     nan)
        }

let private withEnd (log: RunLog) row =
    match records<EndRecord> log |> Array.tryLast with
    | Some final when log.IsFinished ->
        { row with
            State = final.Outcome
            LastStep = final.Step
            Seconds = measured "seconds" final
            PeakMemoryBytes = measured "peak_memory_bytes" final
            TrainingOperations = measured "training_operations" final
        }
    | _ -> row

/// The row of a cell whose log cannot be read, and why.
let unreadable (planned: SweepCell) (why: string) =
    { notStarted planned with
        State = "unreadable"
        Damage = why
    }

/// The cell's row; log is null where the cell has none yet.
let cell (planned: SweepCell) (log: RunLog | null) =
    match log with
    | null -> notStarted planned
    | log ->
        let steps = steps planned.Id log

        let damage = log.Damages |> Seq.map string |> String.concat "; "

        { notStarted planned with
            State = "unfinished"
            LastStep = steps |> Array.tryLast |> Option.map _.Step |> Option.defaultValue 0L
            TokensPerSecond =
                steps
                |> Array.map _.TokensPerSecond
                |> Array.filter System.Double.IsFinite
                |> Statistics.median
            Damage = damage
        }
        |> withRun log.Run
        |> withEnd log
