/// One row per arm and reset: what each reset did.
module internal ReLoRA.Analysis.ResetTable

/// A column of ranks tells nothing where all are the same.
let private ranksDiffer (resets: ResetRow[]) =
    let ranks =
        resets |> Array.collect (fun reset -> [| reset.LowestRank; reset.HighestRank |])

    ranks.Length > 0 && Array.min ranks <> Array.max ranks

let private rank (reset: ResetRow) =
    if reset.LowestRank = reset.HighestRank then
        $"{reset.HighestRank}"
    else
        $"{reset.LowestRank} to {reset.HighestRank}"

let private row (withRanks: bool) (seeds: Map<string, string>) (arm: string, count: int, reset: ResetRow) =
    let seed = seeds[reset.Cell]

    [|
        $"{arm} #{reset.Number}"
        $"{reset.Step}"
        if withRanks then
            rank reset
        reset.Verdict
        Figures.small reset.Jump
        Figures.small reset.Noise
        (if reset.LostTestable then
             Figures.small reset.Lost
         else
             "not testable")
        Figures.small reset.MergeError
        Figures.fraction reset.StateCleared
        Figures.small reset.GradientA
        Figures.small reset.GradientB
        $"{Figures.learningRate reset.LearningRateBefore} -> {Figures.learningRate reset.LearningRateAfter}"
        (if count > 1 then $"{seed}, worst of {count}" else seed)
    |]

let build (frames: Frames) : Table =
    let seeds =
        frames.Cells |> Array.map (fun cell -> cell.Cell, cell.Seed) |> Map.ofArray

    let numbers =
        frames.Resets
        |> Array.countBy (fun reset -> reset.Cell, reset.Number)
        |> Map.ofArray

    let rows =
        SummaryTable.arms frames
        |> Array.collect (fun (arm, cells) ->
            SummaryTable.worstResets frames cells
            |> Array.map (fun reset ->
                let count =
                    cells
                    |> Array.filter (fun cell -> numbers.ContainsKey((cell.Cell, reset.Number)))
                    |> Array.length

                arm, count, reset))

    let withRanks = ranksDiffer (rows |> Array.map (fun (_, _, reset) -> reset))

    {
        Title = $"{frames.Sweep}: what each reset did"
        Columns =
            [|
                "reset"
                "step"
                if withRanks then
                    "rank"
                "verdict"
                "jump"
                "noise"
                "lost"
                "merge error"
                "state cleared"
                "gradient A"
                "gradient B"
                "learning rate"
                "seed"
            |]
        Rows = rows |> Array.map (row withRanks seeds)
        Notes =
            [|
                "Jump: |dlogits| / |logits| on the probe batch. Noise: what rounding alone does to it. Lost: share of the adapters' contribution that the merge lost."
                "Merge error: largest |(W' - W) - sBA| / |W'|. State cleared: fraction of the adapters' moments that are zero afterwards."
                if withRanks then
                    "Rank: of the adapters that begin at this reset, from the lowest of a linear to the highest."
                "Each row is the seed with the worst verdict and, among those, the largest jump."
            |]
    }
