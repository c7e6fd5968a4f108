using System.Globalization;
using ReLoRA.Data.Converting;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Cli.Commands;

/// <summary>Progress of a conversion on standard error: files, tokens a second, time left.</summary>
internal sealed class ConvertDisplay(ProgressLine line, string what) : IDisposable
{
    /// <summary>Progress on this process's standard error.</summary>
    public static ConvertDisplay OnStandardError(string what) => new(ProgressLine.OnStandardError(), what);

    /// <summary>Shows where the work is, now and then. Safe for use by several threads.</summary>
    public void Report(ConvertProgress state) => line.Show(elapsed => Line(state, elapsed));

    /// <summary>Clears the line.</summary>
    public void Dispose() => line.Dispose();

    private string Line(ConvertProgress state, TimeSpan elapsed)
    {
        var rate = state.Tokens / Math.Max(elapsed.TotalSeconds, 1e-3);
        var left = state.TokensInAll - state.TokensBefore - state.Tokens;
        var time = left > 0 && rate > 0 ? $", {RunText.Duration(Math.Ceiling(left / rate))} left" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: {state.FilesDone:N0} of {state.Files:N0} files, {state.TokensBefore + state.Tokens:N0} tokens, {rate / 1e6:F1} M tokens/s{time}"
        );
    }
}
