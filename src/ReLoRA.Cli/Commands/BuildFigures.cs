using System.Globalization;
using ReLoRA.Data.Building;

namespace ReLoRA.Cli.Commands;

/// <summary>Tokens a second and the time left of a build. What an earlier run of it had done does not count as speed.</summary>
internal sealed class BuildFigures(DataProgress display, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private BuildProgress? _start;
    private long _begun;
    private long _last;

    /// <summary>Shows how far the build is.</summary>
    public void Report(BuildProgress state)
    {
        if (_start is null)
        {
            (_start, _begun) = (state, clock.GetTimestamp());
            if (state.Tokens > 0)
                display.Report(Invariant($"going on after {state.Tokens:N0} tokens"));
            return;
        }
        if (state.ReadBytes < state.AllBytes && _last != 0 && clock.GetElapsedTime(_last) < Interval)
            return;
        _last = clock.GetTimestamp();
        display.Report(state.File, Detail(state, _start, clock.GetElapsedTime(_begun)));
    }

    private static string Detail(BuildProgress state, BuildProgress start, TimeSpan elapsed)
    {
        var share = state.AllBytes == 0 ? 1 : (double)state.ReadBytes / state.AllBytes;
        var speed = (state.Tokens - start.Tokens) / Math.Max(elapsed.TotalSeconds, 1e-3);
        var read = state.ReadBytes - start.ReadBytes;
        var left =
            read > 0
                ? Invariant($"{elapsed * ((double)(state.AllBytes - state.ReadBytes) / read):hh\\:mm\\:ss} left")
                : "";
        return Invariant($"{state.Tokens:N0} tokens, {share:P0}, {speed:N0} tokens/s, {left}");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
