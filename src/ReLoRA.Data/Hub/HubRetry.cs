using System.Globalization;

namespace ReLoRA.Data.Hub;

/// <summary>Asks again while the hub fails in ways that may pass.</summary>
internal sealed class HubRetry(HubPatience patience, TimeProvider clock, Action<string>? tell)
{
    /// <summary>Runs attempts until one succeeds.</summary>
    /// <param name="attempt">An attempt.</param>
    /// <param name="arrived">How far the attempts have come. An attempt that came further than any before does not count as a failure.</param>
    /// <param name="stop">Stops it.</param>
    /// <exception cref="DataException">Too many in a row failed, or one failed in a way that does not pass.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> attempt, Func<long> arrived, CancellationToken stop)
    {
        var (furthest, failures) = (arrived(), 0);
        while (true)
        {
            try
            {
                return await attempt();
            }
            catch (HubInterruption fault)
            {
                failures = arrived() > furthest ? 0 : failures + 1;
                furthest = Math.Max(furthest, arrived());
                if (failures >= patience.Attempts)
                    throw GivenUp(fault, $", {failures} times in a row");
                await PauseAsync(fault, failures, stop);
            }
        }
    }

    private async Task PauseAsync(HubInterruption fault, int failures, CancellationToken stop)
    {
        var asked = fault.Asked ?? fault.AskedUntil - clock.GetUtcNow();
        if (asked > patience.LongestAsked)
            throw GivenUp(fault, $", and the hub asks to wait for {asked:hh\\:mm\\:ss}");
        var pause = patience.Pause(Math.Max(1, failures), fault.Address);
        if (asked > pause)
            pause = asked.Value;
        if (failures > 1)
            tell?.Invoke(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{fault.Message}; attempt {failures + 1} of {patience.Attempts} in {pause.TotalSeconds:F0} s"
                )
            );
        await Task.Delay(pause, clock, stop);
    }

    private static DataException GivenUp(HubInterruption fault, string often) =>
        new(
            DataFault.Network,
            $"{fault.Message}{often}. Check the network and HF_ENDPOINT, or wait; the same command goes on with what has arrived.",
            fault
        );
}
