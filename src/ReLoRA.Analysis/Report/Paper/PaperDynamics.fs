/// Effective rank and condition number of weights and updates over steps, by component of the layers.
module internal ReLoRA.Analysis.Report.Paper.PaperDynamics

open System
open System.Text.RegularExpressions
open ReLoRA.Analysis
open ReLoRA.Analysis.Report

/// What a probe measured, in the study's terms.
type private Target =
    {
        /// The log's word.
        Of: string
        /// In words.
        Words: string
        /// weights or updates.
        Kind: string
        /// The published models that it is the same as; empty for none.
        Models: string list
        /// How it differs from what was published.
        Remark: string
    }

let private target of' words kind models remark =
    {
        Of = of'
        Words = words
        Kind = kind
        Models = models
        Remark = remark
    }

let private both = [ "decoder"; "relora" ]

let private targets =
    [|
        target
            "frozen_weight"
            "weights without adapters"
            "weights"
            both
            "As published: of ReLoRA the weights without the adapters, which resets alone change."
        target
            "weight"
            "weights"
            "weights"
            both
            "The weights that the model computes with; published are ReLoRA's without the adapters."
        target "ov_circuit_published" "OV circuit" "weights" both "All heads side by side, as published."
        target
            "adapter"
            "adapter's product"
            "updates"
            [ "relora" ]
            "As published for ReLoRA, shortly after a reset. The published decoder's is a gradient, and not like for like."
        target "gradient" "gradient" "updates" [ "decoder" ] "As published for the decoder."
        target
            "reset_update"
            "update since the last reset"
            "updates"
            [ "relora" ]
            "The adapter's product times its scale, which changes neither figure: as published for ReLoRA."
        target "cumulative_update" "update since the beginning" "updates" [] "The study has no such figure."
        target "step_update" "update of a step" "updates" [] "The study has no such figure."
    |]

let private metrics =
    [|
        "effective_rank", "proportional effective rank", "per", Axis.linear
        "condition_number", "condition number over the numerical rank", "condition_number", Axis.logarithmic
        "raw_condition_number", "condition number over all singular values", "condition_number", Axis.logarithmic
    |]

/// The components that the study looks at, as its figures name them, by the end of a layer's name.
let private components =
    [|
        "swiglu.w_2", ".swiglu.w_2"
        "attention.v_proj", ".attention.v_proj"
        "attention.o_proj", ".attention.o_proj"
        "ov_circuit", ".attention.ov"
    |]

let private number (layer: string) =
    let found = Regex.Match(layer, @"(?:^|\.)layers\.(\d+)\.")

    if found.Success then
        Some(int found.Groups[1].Value)
    else
        None

/// Beside resets there are two values at a step; the study measured at steps of its own, and once the rate was up again.
let private isOwnStep (row: ProbeRow) =
    row.Moment = "step" || row.Moment = "rewarmed"

let private points (rows: ProbeRow[]) =
    let byCell = rows |> Array.groupBy _.Cell |> Map.ofArray

    fun cell ->
        byCell.TryFind cell
        |> Option.defaultValue [||]
        |> Array.distinctBy (fun row -> row.Step, row.Layer)
        |> Array.groupBy _.Step
        |> Array.map (fun (step, layers) ->
            let values = layers |> Array.map _.Value |> Array.filter Double.IsFinite
            float step, Statistics.mean values)

/// The published κ of ReLoRA's updates is that of rounding: beside a figure over the numerical rank it would mislead.
let private published (metric: string) (prefix: string) (target: Target) of' (found: Published) =
    if metric = "condition_number" && target.Kind = "updates" then
        [||]
    else
        Published.curves $"{prefix}_{target.Kind}" of' found
        |> Array.filter (fun curve -> List.contains curve.Model target.Models)
        |> Array.map PaperBands.reference

let private note (rows: ProbeRow[]) (references: Band[]) (target: Target) layers =
    let missing =
        rows |> Array.filter (fun row -> not (Double.IsFinite row.Value)) |> _.Length

    let left =
        if missing = 0 then
            ""
        else
            $" {missing} of {rows.Length} layer values do not exist and are left out."

    let dashed =
        if references.Length = 0 then
            ""
        else
            "; dashed: published, mean over 12 layers"

    $"Line: mean over {layers}, and over seeds; band: from the lowest seed to the highest{dashed}. Vertical: resets. {target.Remark}{left}"

let private ofPiece (rows: ProbeRow[]) metric (target: Target) (ending: string) =
    rows
    |> Array.filter (fun row ->
        row.Metric = metric
        && row.Of = target.Of
        && row.Layer.EndsWith(ending, StringComparison.Ordinal))

let private isNumber (row: ProbeRow) = Double.IsFinite row.Value

let private capital (words: string) =
    $"{Char.ToUpperInvariant words[0]}{words[1..]}"

let private charts (frames: Frames) (found: Published) (rows: ProbeRow[]) measured (target: Target) piece =
    let (metric: string), (words: string), (prefix: string), (axis: string -> Axis) =
        measured

    let (of': string), (ending: string) = piece

    let rows = ofPiece rows metric target ending

    let layers =
        rows
        |> Array.choose (fun row -> number row.Layer)
        |> Array.distinct
        |> Array.sort

    let chart id title (rows: ProbeRow[]) (references: Band[]) over =
        PaperBands.chart
            $"{metric}-{target.Of}-{of'}{id}"
            $"{title}, {target.Words}, {of'}"
            (axis words)
            (PaperBands.resets frames)
            (PaperBands.arms frames (points rows))
            references
            (note rows references target over)

    let some (part: int[]) =
        let inside = Set.ofArray part

        rows
        |> Array.filter (fun row -> number row.Layer |> Option.exists inside.Contains)

    let span (part: int[]) =
        if part.Length = 1 then
            $"layer {part[0]}"
        else
            $"layers {part[0]} to {Array.last part}"

    [|
        if rows |> Array.exists isNumber then
            let title = capital words
            chart "" title rows (published metric prefix target of' found) $"{layers.Length} layers"

            if layers.Length > 1 then
                let half = layers.Length / 2

                for id, part in
                    [
                        "-first", Array.truncate half layers
                        "-last", Array.skip (layers.Length - half) layers
                    ] do
                    chart id $"{title}, {span part}" (some part) [||] (span part)
    |]

/// The charts of a kind, weights or updates: of all layers, the first and the last.
let ofKind kind (frames: Frames) (found: Published) =
    let rows = frames.Probes |> Array.filter isOwnStep

    [|
        for metric in metrics do
            for target in targets |> Array.filter (fun target -> target.Kind = kind) do
                for piece in components do
                    yield! charts frames found rows metric target piece
    |]

/// What was measured and gave no number, as the condition number over all singular values of a product of two factors must, in words.
let withoutNumber kind (frames: Frames) (found: Published) =
    let rows = frames.Probes |> Array.filter isOwnStep

    let findings (rows: ProbeRow[]) =
        rows
        |> Array.map (fun row -> (row.Finding.Split " (")[0])
        |> Array.filter (fun finding -> finding <> "")
        |> Array.distinct
        |> String.concat ", "

    let ends metric prefix target of' =
        published metric prefix target of' found
        |> Array.map (fun band ->
            $" In comparison, {band.Name} ends at {PaperFigures.text (Array.last band.Mean)} at step {Figures.rate (Array.last band.X)}.")
        |> String.concat ""

    [|
        for metric, words, prefix, _ in metrics do
            for target in targets |> Array.filter (fun target -> target.Kind = kind) do
                for of', ending in components do
                    let rows = ofPiece rows metric target ending

                    if rows.Length > 0 && not (Array.exists isNumber rows) then
                        $"{capital words}, {target.Words}, {of'}: measured, and no number ({findings rows}).{ends metric prefix target of'}"
    |]
