/// Whether two logs tell the same training.
module internal ReLoRA.Analysis.Comparing.LogEquality

open System
open System.Collections
open System.Collections.Generic
open ReLoRA.Results.Log

/// What differs between a straight and a resumed run, or is told as configuration and environment.
let private apart = set [ "run"; "note"; "checkpoint"; "crc" ]

let rec private same (one: obj | null) (other: obj | null) : bool =
    match one, other with
    | null, null -> true
    | null, _
    | _, null -> false
    // By their bits: NaN is itself, and 0 is not -0.
    | (:? float as a), (:? float as b) -> BitConverter.DoubleToInt64Bits a = BitConverter.DoubleToInt64Bits b
    | (:? string as a), (:? string as b) -> a = b
    | (:? IReadOnlyDictionary<string, obj | null> as a), (:? IReadOnlyDictionary<string, obj | null> as b) ->
        let keys (map: IReadOnlyDictionary<string, obj | null>) =
            map.Keys |> Seq.filter (fun key -> key <> "measured") |> Set.ofSeq

        keys a = keys b && keys a |> Set.forall (fun key -> same a[key] b[key])
    | (:? IEnumerable as a), (:? IEnumerable as b) ->
        let a, b =
            Seq.cast<obj | null> a |> Seq.toArray, Seq.cast<obj | null> b |> Seq.toArray

        a.Length = b.Length && Array.forall2 same a b
    | a, b -> a.Equals b

let private step (entry: LogEntry) =
    match entry.Map.TryGetValue "step" with
    | true, (:? int64 as step) -> $" from step {step} on"
    | _ -> ""

let private byKind (log: RunLog) =
    log.Entries
    |> Seq.filter (fun entry -> not (apart.Contains entry.Kind))
    |> Seq.toArray
    |> Array.groupBy _.Kind

/// Empty where all records are the same, outside of what clocks measured; else what differs.
let differences (one: RunLog) (other: RunLog) : string[] =
    let ones, others = byKind one |> Map.ofArray, byKind other |> Map.ofArray

    let kinds =
        Array.append (byKind one) (byKind other) |> Array.map fst |> Array.distinct

    kinds
    |> Array.choose (fun kind ->
        match ones.TryFind kind, others.TryFind kind with
        | Some a, Some b ->
            let paired = min a.Length b.Length

            match
                seq { 0 .. paired - 1 }
                |> Seq.tryFind (fun i -> not (same (box a[i].Map) (box b[i].Map)))
            with
            | Some i -> Some $"{kind}{step a[i]}"
            | None when a.Length > b.Length -> Some $"{kind}: B has the first {b.Length} of {a.Length}"
            | None when b.Length > a.Length -> Some $"{kind}: A has the first {a.Length} of {b.Length}"
            | None -> None
        | Some _, None -> Some $"{kind}: in A only"
        | None, Some _ -> Some $"{kind}: in B only"
        | None, None -> None)
