using ReLoRA.Scripting.Running;
using Spectre.Console;

namespace ReLoRA.Cli.Commands;

/// <summary>Progress bars on a terminal, one line an event otherwise; always on standard error, which leaves output to results.</summary>
internal static class RunDisplay
{
    public static Task<SweepResult> ShowAsync(Func<IRunObserver, Task<SweepResult>> run)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        if (Console.IsErrorRedirected || !console.Profile.Capabilities.Interactive)
            return run(new LineObserver(Console.Error));
        var figures = new RunFiguresColumn();
        return console
            .Progress()
            .AutoClear(false)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn(),
                figures
            )
            .StartAsync(context => run(new RunBars(console, context, figures)));
    }
}
