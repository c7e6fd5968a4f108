using System.Globalization;
using System.Text;
using ReLoRA.Core.Dynamics.Stored;

namespace ReLoRA.Cli.Commands;

/// <summary>Figures of checkpoints as CSV (RFC 4180, with a header), numbers to the last bit; the numbers of a vector with spaces between them.</summary>
internal static class ProbeCsv
{
    private static readonly char[] Quoted = [',', '"', '\n', '\r'];

    public static string Of(ProbeResult result)
    {
        var text = new StringBuilder("checkpoint,step,layer,metric,of,value,finding,vector,columns\n");
        foreach (var (folder, figures) in result.Checkpoints)
        {
            foreach (var found in figures)
                text.AppendJoin(',', Row(folder, found).Select(Quote)).Append('\n');
        }
        return text.ToString();
    }

    private static string[] Row(ProbedFolder folder, FolderFigure found) =>
        [
            folder.Path,
            folder.Step?.ToString(CultureInfo.InvariantCulture) ?? "",
            found.Layer,
            found.Metric,
            found.Of,
            Number(found.Figure.Value),
            found.Figure.Finding,
            string.Join(' ', found.Figure.Vector.Select(Number)),
            string.Join(' ', found.Figure.Columns),
        ];

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Quote(string text) =>
        text.IndexOfAny(Quoted) < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
