namespace ReLoRA.Analysis

open System.Text.Encodings.Web
open System.Text.Json

/// Tables as JSON, for programs.
[<AbstractClass; Sealed>]
type TableJson =
    static member private Options =
        JsonSerializerOptions(
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            WriteIndented = true,
            NewLine = "\n",
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping
        )

    /// <summary>An array of <c>{ "title", "columns", "rows", "notes" }</c>; rows are arrays of texts as long as columns.</summary>
    /// <param name="tables">The tables.</param>
    static member Render(tables: Table[]) : string =
        JsonSerializer.Serialize(tables, TableJson.Options)
