using System.Globalization;
using ReLoRA.Data.Streaming;

namespace ReLoRA.Cli.Commands;

/// <summary>How a stream stands, on standard error.</summary>
internal sealed class StreamDisplay(ProgressLine line) : IDisposable
{
    /// <summary>Shows the state, now and then.</summary>
    public void Report(StreamProgress state) => line.Show(_ => Line(state));

    /// <summary>Writes a line of its own.</summary>
    public void Tell(string message) => line.Tell(message);

    /// <summary>Clears the line.</summary>
    public void Dispose() => line.Dispose();

    private static string Line(StreamProgress state)
    {
        if (state.Described < state.Files)
            return string.Create(
                CultureInfo.InvariantCulture,
                $"counting rows: {state.Described:N0} of {state.Files:N0} files"
            );
        var readers =
            state.Readers.Count == 0 ? "nobody reads" : $"read next: shard {string.Join(", ", state.Readers.Order())}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"streaming: {state.Here:N0} of {state.Files:N0} shards here ({ByteText.Of(state.BytesHere)}), {state.Coming} coming, {ByteText.Of(state.Received)} received, {readers}"
        );
    }
}
