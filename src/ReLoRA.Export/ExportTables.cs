using ReLoRA.Results.Tables;

namespace ReLoRA.Export;

/// <summary>The tables of an export: those of logs, that of cells, that of problems.</summary>
public static class ExportTables
{
    /// <summary>The table with a row for each cell of each sweep.</summary>
    public const string Cells = "cells";

    /// <summary>The table of what a reader should know.</summary>
    public const string Problems = "problems";

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [Cells, .. LogTables.All.Select(table => table.Name), Problems];
}
