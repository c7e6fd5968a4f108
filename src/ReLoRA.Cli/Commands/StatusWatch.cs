using ReLoRA.Core;
using ReLoRA.Scripting.Slurm;
using Spectre.Console;

namespace ReLoRA.Cli.Commands;

/// <summary>Shows a status again and again, in its own place.</summary>
internal static class StatusWatch
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <exception cref="UserFaultException">The output is no terminal.</exception>
    public static Task ShowAsync(SweepTarget sweeps, CancellationToken stop)
    {
        if (Console.IsOutputRedirected)
            throw new UserFaultException(
                "--watch shows a status in its own place, which takes a terminal. Leave it out, or watch in a browser: relora watch"
            );
        // A scheduler that takes long is not waited for: the screen would stand still.
        var queue = new QueueWatch(new SlurmScheduler(), TimeProvider.System, Pause);
        return AnsiConsole
            .Live(Now(sweeps, queue))
            .Overflow(VerticalOverflow.Ellipsis)
            .StartAsync(async display =>
            {
                while (!stop.IsCancellationRequested)
                {
                    display.UpdateTarget(Now(sweeps, queue));
                    display.Refresh();
                    await Task.Delay(Pause, stop).ContinueWith(_ => { }, TaskScheduler.Default);
                }
            });
    }

    private static Text Now(SweepTarget sweeps, QueueWatch queue) =>
        new(StatusView.Of(sweeps.Status(queue), sweeps.Runs));
}
