using System.Text.Json.Serialization;
using ReLoRA.Analysis.Drawing;
using ReLoRA.Analysis.Report.Paper;

namespace ReLoRA.Cli.Commands;

/// <summary>A report that is on the disk.</summary>
/// <param name="Sweep">The sweep.</param>
/// <param name="Report">The file.</param>
internal sealed record WrittenReport(string Sweep, string Report)
{
    /// <summary>Its charts as files; null where they were not asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public WrittenFigures? Figures { get; init; }

    /// <summary>The study's figures; null where they were not asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PaperFiles? Paper { get; init; }

    /// <summary>Every file, a line each.</summary>
    public void Print(TextWriter output, TextWriter remarks)
    {
        output.WriteLine(Report);
        Print(Figures, output, remarks);
        if (Paper is null)
            return;
        output.WriteLine(Paper.Page);
        Print(Paper.Figures, output, remarks);
        foreach (var file in Paper.Missing)
            remarks.WriteLine($"There is no {file} in the folder of published figures: what it holds is not drawn.");
    }

    private static void Print(WrittenFigures? figures, TextWriter output, TextWriter remarks)
    {
        if (figures is null)
            return;
        foreach (var figure in figures.Written)
        {
            output.WriteLine(figure.Png);
            output.WriteLine(figure.Svg);
        }
        foreach (var title in figures.Empty)
            remarks.WriteLine($"Nothing to draw in '{title}' of {figures.Sweep}.");
    }
}
