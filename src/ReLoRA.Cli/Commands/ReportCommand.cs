using System.CommandLine;
using System.Text.Json;
using ReLoRA.Analysis.Report;
using ReLoRA.Core;
using ReLoRA.Results.Runs;

namespace ReLoRA.Cli.Commands;

/// <summary><c>relora report</c>.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var target = SweepTarget.Argument();
        var arguments = ScriptArguments.Arguments();
        var runs = ScriptArguments.Runs();
        var sweep = new Option<string?>("--sweep") { Description = "Report on this sweep only. Default: all." };
        var file = new Option<string?>("--output")
        {
            Description = "The file to write. Default: report.html in the sweep's folder.",
        };
        var open = new Option<bool>("--open")
        {
            Description = "Open the page in the browser that this machine prefers.",
        };
        var json = ScriptArguments.Json();
        var command = new Command("report", "Write one HTML page on each sweep. It opens without a network.")
        {
            target,
            arguments,
            runs,
            sweep,
            file,
            open,
            json,
        };
        var figures = new FigureOptions();
        figures.AddTo(command);
        command.SetAction(parsed =>
        {
            using var sweeps = SweepTarget
                .OpenAsync(parsed.GetValue(target), parsed.GetValue(arguments), parsed.GetValue(runs))
                .GetAwaiter()
                .GetResult();
            var root = sweeps.Runs;
            var chosen = Choose(root, sweeps.Names(), parsed.GetValue(sweep), parsed.GetValue(file));
            var reports = chosen
                .Select(name => figures.Write(Write(root, name, parsed.GetValue(file)), root.Root, parsed))
                .ToList();
            Print(reports, parsed.GetValue(json), parsed.InvocationConfiguration);
            if (parsed.GetValue(open))
                reports.ForEach(report => PageOpener.Open(report.Report, parsed.InvocationConfiguration.Error));
            return ExitCodes.Success;
        });
        return command;
    }

    private static IReadOnlyList<string> Choose(
        RunsFolder root,
        IReadOnlyList<string> names,
        string? sweep,
        string? file
    )
    {
        if (sweep is not null && !names.Contains(sweep))
            throw new UserFaultException(
                $"There is no sweep '{sweep}' in {root.Root}. There are: {string.Join(", ", names)}"
            );
        var chosen = sweep is null ? names : [sweep];
        return file is null || chosen.Count == 1
            ? chosen
            : throw new UserFaultException(
                $"--output is one file, but there are {chosen.Count} sweeps: {string.Join(", ", chosen)}. Choose one with --sweep."
            );
    }

    private static WrittenReport Write(RunsFolder root, string sweep, string? file)
    {
        var path = Path.GetFullPath(file ?? SweepReport.DefaultPath(root.Root, sweep));
        if (Directory.Exists(path))
            throw new UserFaultException($"--output is the folder {path}; allowed: the path of a file");
        SweepReport.Write(root.Root, sweep, path);
        return new WrittenReport(sweep, path);
    }

    private static void Print(IReadOnlyList<WrittenReport> reports, bool json, InvocationConfiguration said)
    {
        if (json)
            said.Output.WriteLine(JsonSerializer.Serialize(reports, CommandJson.Options));
        else
            foreach (var report in reports)
                report.Print(said.Output, said.Error);
    }
}
