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

/// What tells a record from the others of its kind.
let private key (entry: LogEntry) =
    [
        for name in [ "step"; "moment"; "name"; "number"; "first"; "data" ] ->
            match entry.Map.TryGetValue name with
            | true, value -> $"{value}"
            | _ -> ""
    ]

/// Empty where all records are the same, outside of what clocks measured; else what differs. Records that one log has at steps of its own, for
/// example of an evaluation that is done more often, are told as such.
let differences (one: RunLog) (other: RunLog) : string[] =
    let ones, others = byKind one |> Map.ofArray, byKind other |> Map.ofArray

    let kinds =
        Array.append (byKind one) (byKind other) |> Array.map fst |> Array.distinct

    let keyed (entries: LogEntry[] option) =
        entries
        |> Option.defaultValue [||]
        |> Array.groupBy key
        |> Array.map (fun (key, same) -> key, same)

    kinds
    |> Array.choose (fun kind ->
        let a, b = keyed (ones.TryFind kind), keyed (others.TryFind kind)
        let inB = Map.ofArray b
        let inA = a |> Array.map fst |> Set.ofArray

        let differing =
            a
            |> Array.tryFind (fun (key, entries) ->
                match inB.TryFind key with
                | Some found ->
                    found.Length <> entries.Length
                    || not (
                        Array.forall2 (fun (x: LogEntry) (y: LogEntry) -> same (box x.Map) (box y.Map)) entries found
                    )
                | None -> false)

        let alone (entries: (string list * LogEntry[])[]) (isThere: string list -> bool) side =
            match
                entries
                |> Array.filter (fun (key, _) -> not (isThere key))
                |> Array.sumBy (snd >> Array.length)
            with
            | 0 -> [||]
            | count -> [| $"{count} in {side} only" |]

        let found =
            [|
                match differing with
                | Some(_, entries) -> $"differ{step entries[0]}"
                | None -> ()
                yield! alone a inB.ContainsKey "A"
                yield! alone b inA.Contains "B"
            |]

        if found.Length = 0 then
            None
        else
            let all = String.concat ", " found
            Some $"{kind}: {all}")
