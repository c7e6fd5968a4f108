namespace ReLoRA.Analysis

open System
open System.Collections.Generic
open System.Globalization
open System.Text.Json
open ReLoRA.Results.Runs

/// One knob of every cell's configuration. A knob at its default may be left out of a log's configuration: docs/cell-identity.md.
[<Sealed>]
type KnobColumn internal (name: string, values: IReadOnlyDictionary<string, string>) =
    /// The knob, for example LowRank.Rank.
    member _.Name = name

    /// <summary>Whether the cell's log tells the knob.</summary>
    /// <param name="cell">The cell's id.</param>
    member _.Has(cell: string) = values.ContainsKey cell

    /// <summary>The value as it is written in the configuration; empty where the cell's log does not tell it.</summary>
    /// <param name="cell">The cell's id.</param>
    member _.Text(cell: string) : string =
        match values.TryGetValue cell with
        | true, value -> value
        | _ -> ""

    /// <summary>The value as a number.</summary>
    /// <param name="cell">The cell's id.</param>
    /// <exception cref="T:System.InvalidOperationException">The cell's log does not tell it, or it is no number.</exception>
    member column.Number(cell: string) : float =
        match column.Text cell with
        | "" ->
            raise (
                InvalidOperationException
                    $"the configuration of cell {cell} does not tell {name}: it is at its default there, or the log has no configuration. Ask Has(cell) first."
            )
        | text ->
            match Double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture) with
            | true, number -> number
            | _ ->
                raise (
                    InvalidOperationException $"{name} of cell {cell} is '{text}', which is no number. Take Text(cell)."
                )

    /// <summary>The value as a number, or another where the cell's log does not tell it.</summary>
    /// <param name="cell">The cell's id.</param>
    /// <param name="otherwise">For example the knob's default.</param>
    member column.NumberOr(cell: string, otherwise: float) : float =
        if column.Has cell then column.Number cell else otherwise

    /// <summary>Whether the value is true; a flag that is not told is false, the default of every flag that may be left out.</summary>
    /// <param name="cell">The cell's id.</param>
    member column.Flag(cell: string) : bool = column.Text cell = "true"

    /// The values that there are, each once, as texts in order of cells.
    member _.Distinct() : string[] =
        values.Values |> Seq.distinct |> Seq.toArray

module internal Knobs =
    let private text (value: JsonElement) =
        if value.ValueKind = JsonValueKind.String then
            value.GetString() |> Option.ofObj |> Option.defaultValue ""
        else
            value.GetRawText()

    /// Every leaf of a configuration by its path; of a text that is no JSON none.
    let ofConfig (config: string) : (string * string)[] =
        try
            use document = JsonDocument.Parse config

            ConfigLeaves.Of document.RootElement
            |> Seq.map (fun struct (path, value) -> path, text value)
            |> Seq.toArray
        with :? JsonException ->
            [||]
