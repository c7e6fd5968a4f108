using System.CommandLine;
using ReLoRA.Analysis.Drawing;
using ReLoRA.Analysis.Report.Paper;
using ReLoRA.Core;

namespace ReLoRA.Cli.Commands;

/// <summary>What <c>relora report</c> draws besides the page: figures for papers, and the study's figures.</summary>
internal sealed class FigureOptions
{
    private const string ReferenceForm = "docs/paper-figures.md has the files' form";

    private readonly Option<string?> png = new("--png")
    {
        Description = "Write every chart as PNG and SVG as well, to a folder of the sweep's name in this one.",
    };

    private readonly Option<string?> paper = new("--paper")
    {
        Description =
            "Write the study's figures as a page, PNG and SVG, to a folder of the sweep's name in this one, which comes after the folder of runs. Default: paper in the sweep's folder.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> reference = new("--reference")
    {
        Description = $"A folder of published figures to draw beside ours in --paper; {ReferenceForm}.",
    };

    private readonly Option<string?> scale = new("--scale")
    {
        Description = "The published models to draw: tiny or small. Default: those of the sweep's size, or else both.",
    };

    public void AddTo(Command command)
    {
        foreach (var option in new[] { png, paper, reference, scale })
            command.Add(option);
        scale.AcceptOnlyFromAmong("tiny", "small");
    }

    /// <summary>Draws what is asked for.</summary>
    /// <exception cref="UserFaultException">A folder is none, or cannot be written, or options do not go together.</exception>
    public WrittenReport Write(WrittenReport report, string runsRoot, ParseResult parsed)
    {
        var isPaper = parsed.GetResult(paper) is not null;
        Check(parsed, isPaper);
        try
        {
            return report with
            {
                Figures = parsed.GetValue(png) is { } folder
                    ? ReportFigures.Write(runsRoot, report.Sweep, folder)
                    : null,
                Paper = isPaper
                    ? PaperReport.Write(
                        runsRoot,
                        report.Sweep,
                        parsed.GetValue(paper) is { } place
                            ? Path.Combine(place, report.Sweep)
                            : PaperReport.DefaultFolder(runsRoot, report.Sweep),
                        parsed.GetValue(reference),
                        parsed.GetValue(scale)
                    )
                    : null,
            };
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserFaultException(
                $"The figures of {report.Sweep} cannot be written: {fault.Message} Make room or mend what it says, or choose another folder.",
                fault
            );
        }
    }

    private void Check(ParseResult parsed, bool isPaper)
    {
        foreach (var option in new[] { png, paper })
        {
            if (parsed.GetValue(option) is { } folder && File.Exists(folder))
                throw new UserFaultException(
                    $"{option.Name} is the file {Path.GetFullPath(folder)}; allowed: a folder, which is made where it is missing"
                );
        }
        foreach (var option in new[] { reference, scale })
        {
            if (!isPaper && parsed.GetValue(option) is not null)
                throw new UserFaultException($"{option.Name} is of --paper, which is not asked for. Add --paper.");
        }
        if (parsed.GetValue(reference) is { } published && !Directory.Exists(published))
            throw new UserFaultException(
                $"--reference: there is no folder {Path.GetFullPath(published)}; allowed: a folder of published figures. {ReferenceForm}."
            );
    }
}
