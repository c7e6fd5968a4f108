/// What the calls of a sweep mean, written down a second time and without looking at the planner: lists of small records.
module ReLoRA.Scripting.Oracle.GridAlgebra

type Knob =
    | Rank
    | ResetEvery
    | Layers
    | Batch

type Cell =
    {
        IsLowRank: bool
        Rank: int
        ResetEvery: int
        Layers: int
        Batch: int
        Seed: int
    }

type Condition =
    | Below of Knob * int
    | LowRankOnly

type Step =
    | Method of bool list
    | Grid of Knob * int list
    | Zip of Knob * Knob * (int * int) list
    | Derive of Knob * from: Knob * plus: int
    | Where of Condition
    | When of Condition * Step list
    | Star of Step list

type Program =
    {
        Steps: Step list
        Seeds: int
        HasBaseline: bool
    }

let get knob (cell: Cell) =
    match knob with
    | Rank -> cell.Rank
    | ResetEvery -> cell.ResetEvery
    | Layers -> cell.Layers
    | Batch -> cell.Batch

let set knob value (cell: Cell) =
    match knob with
    | Rank -> { cell with Rank = value }
    | ResetEvery -> { cell with ResetEvery = value }
    | Layers -> { cell with Layers = value }
    | Batch -> { cell with Batch = value }

/// What a knob is derived to: a value that it may have, whatever the other holds.
let derived knob from plus =
    let least =
        match knob with
        | Rank
        | Layers -> 1
        | Batch -> 2
        | ResetEvery -> 20

    least + (from + plus) % 3

let holds condition cell =
    match condition with
    | Below(knob, bound) -> get knob cell < bound
    | LowRankOnly -> cell.IsLowRank

let rec private through steps cells =
    steps |> List.fold (fun made step -> made |> List.collect (apply step)) cells

and private apply step cell =
    match step with
    | Method methods -> [ for isLowRank in methods -> { cell with IsLowRank = isLowRank } ]
    | Grid(knob, values) -> [ for value in values -> set knob value cell ]
    | Zip(first, second, values) -> [ for one, two in values -> cell |> set first one |> set second two ]
    | Derive(knob, from, plus) -> [ set knob (derived knob (get from cell) plus) cell ]
    | Where condition -> if holds condition cell then [ cell ] else []
    | When(condition, steps) ->
        if holds condition cell then
            through steps [ cell ]
        else
            [ cell ]
    | Star arms ->
        cell
        :: [
            for arm in arms do
                yield! apply arm cell
        ]

/// What trains: at full rank, with a plain cosine, neither rank nor resets are looked at.
let trained (cell: Cell) =
    if cell.IsLowRank then
        cell
    else
        { cell with Rank = 0; ResetEvery = 0 }

/// The cells in the order they are started, distinct, and of each the partner that it is compared with.
let cells program start =
    let pairs =
        through program.Steps [ start ]
        |> List.collect (fun cell -> [ for seed in 0 .. program.Seeds - 1 -> { cell with Seed = start.Seed + seed } ])
        |> List.collect (fun cell ->
            if program.HasBaseline && cell.IsLowRank then
                let partner = { cell with IsLowRank = false }
                [ trained partner, None; trained cell, Some(trained partner) ]
            else
                [ trained cell, None ])

    let partners =
        pairs
        |> List.choose (fun (cell, partner) -> partner |> Option.map (fun found -> cell, found))
        |> Map.ofList

    pairs
    |> List.map fst
    |> List.distinct
    |> List.map (fun cell -> cell, partners.TryFind cell)
