using System.Globalization;
using ReLoRA.Export;

namespace ReLoRA.Cli.Commands;

/// <summary>An export in words.</summary>
internal static class ExportText
{
    public static string Progress(ExportProgress state) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"exporting: {state.Done:N0} of {state.Cells:N0} cells, {state.Rows:N0} rows"
        );

    public static string Of(ExportResult made)
    {
        var lines = made.Tables.Select(table =>
            string.Create(CultureInfo.InvariantCulture, $"{table.File, -24} {table.Rows, 12:N0}  {table.Meaning}")
        );
        return string.Join('\n', lines.Prepend(made.Folder)) + "\n";
    }
}
