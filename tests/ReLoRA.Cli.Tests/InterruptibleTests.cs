using ReLoRA.Cli.Commands;
using ReLoRA.Cli.Tests.Specs;

namespace ReLoRA.Cli.Tests;

public sealed class InterruptibleTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_signal_stops_the_work_in_order_before_the_command_line_listens()
    {
        var hasCleaned = false;
        var work = Interruptible.Run(
            stop =>
            {
                stop.WaitHandle.WaitOne(Patience);
                hasCleaned = true;
                stop.ThrowIfCancellationRequested();
                return 0;
            },
            CancellationToken.None
        );
        Relora.Kill("TERM", Environment.ProcessId);
        await Assert.ThrowsAsync<OperationCanceledException>(() => work);
        Assert.True(hasCleaned);
    }

    [Fact]
    public async Task The_command_line_stops_the_work()
    {
        using var source = new CancellationTokenSource();
        var work = Interruptible.Run(stop => stop.WaitHandle.WaitOne(Patience), source.Token);
        await source.CancelAsync();
        Assert.True(await work);
    }
}
