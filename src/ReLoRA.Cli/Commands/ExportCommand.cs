using System.CommandLine;
using System.Text.Json;
using ReLoRA.Export;

namespace ReLoRA.Cli.Commands;

/// <summary><c>relora export</c>.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var target = SweepTarget.Argument();
        var arguments = ScriptArguments.Arguments();
        var runs = ScriptArguments.Runs();
        var sweep = new Option<string?>("--sweep")
        {
            Description = "Export the cells of this sweep only. Default: all.",
        };
        var format = new Option<string>("--format")
        {
            Description = $"The tables' files: {ExportFormats.Names}.",
            HelpName = "FORMAT",
            Required = true,
        };
        var kinds = new Option<string[]>("--kind")
        {
            Description = $"The tables: {string.Join(", ", ExportTables.Names)}. Default: all.",
            HelpName = "TABLE",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        var folder = new Option<string?>("--output")
        {
            Description =
                "The folder to write; an earlier export there is replaced, anything else is not. Default: exports/FORMAT in the folder of runs.",
            HelpName = "DIR",
        };
        var json = ScriptArguments.Json();
        var command = new Command(
            "export",
            "Write what the logs hold as tables, a file each, with a dictionary of all columns. Exit code 1: something that was logged is missing, "
                + "as the problems say."
        )
        {
            target,
            arguments,
            runs,
            sweep,
            format,
            kinds,
            folder,
            json,
        };
        command.SetAction(
            async (parsed, stop) =>
            {
                var form = ExportFormats.Parse(parsed.GetRequiredValue(format));
                var tables = ExportFormats.Tables(parsed.GetValue(kinds) ?? []);
                using var sweeps = await SweepTarget.OpenAsync(
                    parsed.GetValue(target),
                    parsed.GetValue(arguments),
                    parsed.GetValue(runs)
                );
                var options = ExportChoice.Of(sweeps, parsed.GetValue(sweep), form, parsed.GetValue(folder)) with
                {
                    Tables = tables,
                };
                var made = await Interruptible.Run(word => Export(options, word), stop);
                Print(made, parsed.GetValue(json), parsed.InvocationConfiguration.Output);
                return made.IsIncomplete ? ExitCodes.Failed : ExitCodes.Success;
            }
        );
        return command;
    }

    private static ExportResult Export(ExportOptions options, CancellationToken stop)
    {
        using var line = ProgressLine.OnStandardError();
        try
        {
            return RunsExporter.Export(options, state => line.Show(_ => ExportText.Progress(state)), stop);
        }
        catch (OperationCanceledException)
        {
            line.Tell("Stopped: nothing was written.");
            throw;
        }
    }

    private static void Print(ExportResult made, bool json, TextWriter output)
    {
        foreach (var line in ExportText.Problems(made.Problems))
            Console.Error.WriteLine(line);
        if (json)
            output.WriteLine(
                JsonSerializer.Serialize(
                    new
                    {
                        made.Folder,
                        made.Format,
                        made.Sweeps,
                        made.Cells,
                        made.Tables,
                        made.Problems,
                        made.LeftOut,
                    },
                    CommandJson.Options
                )
            );
        else
            output.Write(ExportText.Of(made));
    }
}
