/// The seeds over which an arm is compared with its baseline, item by item.
module internal ReLoRA.Analysis.PairedSeeds

/// How often a bootstrap of the report draws.
let resamples = 1000

/// The seed of its draws: a report of the same logs is the same.
let seed = 1UL

/// Each seed's rows and its baseline's, where both have rows of the same items; all seeds have one set of items, unless it was changed in
/// between, and then those are left that have the first one's.
let ofArm (rowsOf: string -> 'row[] option) (items: 'row[] -> 'items) (cells: CellRow[]) =
    let both =
        cells
        |> Array.choose (fun cell ->
            match rowsOf cell.Cell, rowsOf cell.Baseline with
            | Some ones, Some others when items ones = items others -> Some(ones, others)
            | _ -> None)

    both |> Array.filter (fun (ones, _) -> items ones = items (fst both[0]))

/// The cells' rows, where each row tells of its items.
let rowsByCell (cellOf: 'row -> string) (tells: 'row -> bool) (rows: 'row[]) =
    let byCell = rows |> Array.groupBy cellOf |> Map.ofArray
    fun cell -> byCell.TryFind cell |> Option.filter (Array.forall tells)
