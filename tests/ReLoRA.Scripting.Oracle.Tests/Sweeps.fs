/// Makes a program the sweep that a script would declare.
module ReLoRA.Scripting.Oracle.Sweeps

open ReLoRA.Core.Configuration
open ReLoRA.Scripting.Language
open ReLoRA.Scripting.Oracle.GridAlgebra

let private low = Presets.Nano.LowRank

let private valuesOf (items: 'value seq) =
    let values = KnobValues<'value>(1, "oracle")
    items |> Seq.iter values.Add
    values

let private meets condition (config: RunConfig) =
    match condition with
    | LowRankOnly -> config.LowRank.Method = LowRankMethod.ReLoRA
    | Below(Rank, bound) -> config.LowRank.Rank < bound
    | Below(ResetEvery, bound) -> config.LowRank.ResetEvery < bound
    | Below(Layers, bound) -> config.Model.Layers < bound
    | Below(Batch, bound) -> config.Data.BatchSize < bound

let private read knob (config: RunConfig) =
    match knob with
    | Rank -> config.LowRank.Rank
    | ResetEvery -> config.LowRank.ResetEvery
    | Layers -> config.Model.Layers
    | Batch -> config.Data.BatchSize

type private Path = System.Linq.Expressions.Expression<System.Func<RunConfig, int>>

type private Paths =
    static member Of(path: Path) = path

let private path knob =
    match knob with
    | Rank -> Paths.Of(fun c -> c.LowRank.Rank)
    | ResetEvery -> Paths.Of(fun c -> c.LowRank.ResetEvery)
    | Layers -> Paths.Of(fun c -> c.Model.Layers)
    | Batch -> Paths.Of(fun c -> c.Data.BatchSize)

let rec private add<'axes when 'axes :> SweepAxes<'axes>> (axes: 'axes) (step: Step) : 'axes =
    match step with
    | Method methods ->
        let values =
            methods
            |> List.map (fun isLow ->
                if isLow then
                    LowRankMethod.ReLoRA
                else
                    LowRankMethod.FullRank)

        axes.Grid((fun (c: RunConfig) -> c.LowRank.Method), valuesOf values)
    | Grid(knob, values) -> axes.Grid(path knob, valuesOf values)
    | Zip(first, second, values) ->
        axes.Zip(path first, path second, valuesOf (values |> List.map (fun (one, two) -> struct (one, two))))
    | Derive(knob, from, plus) -> axes.Derive(path knob, (fun config -> derived knob (read from config) plus))
    | Where condition -> axes.Where(fun config -> meets condition config)
    | When(condition, steps) ->
        axes.When((fun config -> meets condition config), (fun branch -> List.fold add branch steps))
    | Star arms -> axes.Star(fun branch -> List.fold add branch arms)

/// What the oracle starts from.
let start =
    {
        IsLowRank = true
        Rank = low.Rank
        ResetEvery = low.ResetEvery
        Layers = Presets.Nano.Model.Layers
        Batch = Presets.Nano.Data.BatchSize
        Seed = int Presets.Nano.Seed
    }

/// The same as the program's sweep, declared.
let declare (preset: RunConfig) program =
    let sweep =
        // Declarations are those of the last globals made here.
        ScriptGlobals [||] |> ignore
        List.fold add (ScriptGlobals.Sweep("oracle", preset)) program.Steps

    let seeded =
        if program.Seeds > 1 then
            sweep.Seeds(count = program.Seeds)
        else
            sweep

    if program.HasBaseline then seeded.Baseline() else seeded

/// A planned cell as the oracle sees it.
let seen (config: RunConfig) =
    trained
        {
            IsLowRank = config.LowRank.Method = LowRankMethod.ReLoRA
            Rank = config.LowRank.Rank
            ResetEvery = config.LowRank.ResetEvery
            Layers = config.Model.Layers
            Batch = config.Data.BatchSize
            Seed = int config.Seed
        }
