using System.Globalization;
using ReLoRA.Data.Hub;
using ReLoRA.Data.Shards;
using ReLoRA.Data.Streaming;

namespace ReLoRA.Cli.Commands;

/// <summary>Runs a stream and shows it.</summary>
internal static class PullStream
{
    public static async Task<int> RunAsync(StreamOptions options, CancellationToken cancellation)
    {
        var settings = HubSettings.FromEnvironment(Environment.GetEnvironmentVariable);
        using var display = new StreamDisplay(ProgressLine.OnStandardError());
        using var hub = new HubClient(settings, new HubPatience(), TimeProvider.System, display.Tell);
        display.Tell(
            $"Streaming {options.Source.Repository.Name} to {options.Output}: it is a dataset as soon as {DatasetManifest.FileName} is there."
        );
        try
        {
            var manifest = await DatasetStreaming.RunAsync(hub, options, display.Report, cancellation);
            display.Tell(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"All {manifest.Shards.Count:N0} shards are there: {manifest.Rows:N0} rows, {manifest.Tokens:N0} tokens, commit {manifest.Streamed!.Commit}."
                )
            );
            return ExitCodes.Success;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            display.Tell("Stopped. Run the same command to go on; a run that needs more shards waits for it a minute.");
            return ExitCodes.Interrupted;
        }
    }
}
