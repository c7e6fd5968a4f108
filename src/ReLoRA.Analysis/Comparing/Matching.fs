/// Which cell of B a cell of A is.
module internal ReLoRA.Analysis.Comparing.Matching

open System.Collections.Generic
open ReLoRA.Analysis

/// Pairs those that are alone with their key on either side, and returns the rest.
let private pairBy
    (by: string)
    (key: CellRow -> string)
    (pairs: List<CellRow * CellRow * string>)
    (ones: CellRow[], others: CellRow[])
    =
    let alone (cells: CellRow[]) =
        cells
        |> Array.groupBy key
        |> Array.filter (fun (name, same) -> name <> "" && same.Length = 1)
        |> Array.map (fun (name, same) -> name, same[0])
        |> Map.ofArray

    let a, b = alone ones, alone others
    let taken = HashSet<string>()
    let takenB = HashSet<string>()

    for cell in ones do
        let name = key cell

        match a.TryFind name, b.TryFind name with
        | Some one, Some other ->
            pairs.Add(one, other, by)
            taken.Add one.Cell |> ignore
            takenB.Add other.Cell |> ignore
        | _ -> ()

    ones |> Array.filter (fun cell -> not (taken.Contains cell.Cell)),
    others |> Array.filter (fun cell -> not (takenB.Contains cell.Cell))

/// Every configuration as a map of its leaves.
let private leaves (frames: Frames) =
    frames.Configs
    |> Seq.map (fun pair -> pair.Key, Knobs.ofConfig pair.Value |> Map.ofArray)
    |> Map.ofSeq

/// Pairs, and those of A and B that have none.
let find (a: Frames) (b: Frames) =
    let ofA, ofB = leaves a, leaves b

    let varying =
        Array.append (a.DifferingKnobs()) (b.DifferingKnobs()) |> Array.distinct

    let knobs (cell: CellRow) =
        let own =
            if Map.containsKey cell.Cell ofA then
                ofA.TryFind cell.Cell
            else
                ofB.TryFind cell.Cell

        match own with
        | None -> ""
        | Some values ->
            varying
            |> Array.map (fun knob -> $"{knob}={values.TryFind knob |> Option.defaultValue System.String.Empty}")
            |> String.concat "\n"
            |> sprintf "of\n%s"

    let pairs = List<CellRow * CellRow * string>()

    let rest =
        (a.Cells |> Array.distinctBy _.Cell, b.Cells |> Array.distinctBy _.Cell)
        |> pairBy "id" _.Cell pairs
        |> pairBy "label" _.Label pairs
        |> pairBy "knobs" knobs pairs

    let order =
        a.Cells |> Array.mapi (fun i cell -> cell.Cell, i) |> Array.rev |> Map.ofArray

    pairs.ToArray() |> Array.sortBy (fun (one, _, _) -> order[one.Cell]), rest

/// The knobs in which two cells differ.
let changes (a: Frames) (b: Frames) (one: CellRow) (other: CellRow) : ChangedValue[] =
    match a.Configs.TryGetValue one.Cell, b.Configs.TryGetValue other.Cell with
    | (true, first), (true, second) ->
        let first, second =
            Knobs.ofConfig first |> Map.ofArray, Knobs.ofConfig second |> Map.ofArray

        let text (values: Map<string, string>) knob =
            values.TryFind knob |> Option.defaultValue "(not told)"

        Array.append (first.Keys |> Seq.toArray) (second.Keys |> Seq.toArray)
        |> Array.distinct
        |> Array.filter (fun knob -> first.TryFind knob <> second.TryFind knob)
        |> Array.sort
        |> Array.map (fun knob ->
            {
                Name = knob
                A = text first knob
                B = text second knob
                Cells = 1
            })
    | _ -> [||]
