using System.CommandLine;
using ReLoRA.Data.Hub;

namespace ReLoRA.Cli.Commands;

/// <summary><c>relora data pull</c>.</summary>
internal static class DataPullCommand
{
    public static Command Create()
    {
        var repository = new Argument<string>("repository")
        {
            Description = "A repository of the Hugging Face hub, as in pico-lm/pretokenized-dolma.",
        };
        var model = new Option<bool>("--model") { Description = "It is a model; otherwise a dataset." };
        var revision = new Option<string>("--revision")
        {
            Description = "A branch, a tag or a commit. A commit is the same for ever.",
            DefaultValueFactory = _ => "main",
        };
        var include = Patterns("--include", "Fetch only what fits one of these patterns ('data/train-0000*.parquet').");
        var exclude = Patterns("--exclude", "Leave out what fits one of these patterns.");
        var output = new Option<string?>("--output")
        {
            Description =
                "A folder that gets the files too: hard links into the cache, or copies where there can be none.",
        };
        var threads = new Option<int>("--threads") { Description = "Files at once.", DefaultValueFactory = _ => 4 };
        var dryRun = new Option<bool>("--dry-run") { Description = "List files and sizes, and fetch nothing." };
        var json = new Option<bool>("--json") { Description = "Print the result as JSON." };
        var stream = new StreamCommandOptions();
        var command = new Command(
            "pull",
            "Fetch a dataset or model from the Hugging Face hub into the cache that Python uses too. Interrupted, the same command goes on. "
                + "Variables: HF_ENDPOINT, HF_TOKEN, HF_HOME, HF_HUB_CACHE."
        )
        {
            repository,
            model,
            revision,
            include,
            exclude,
            output,
            threads,
            dryRun,
            json,
        };
        stream.AddTo(command);
        command.SetAction(
            (parsed, cancellation) =>
            {
                var kind = parsed.GetValue(model) ? RepositoryKind.Model : RepositoryKind.Dataset;
                var options = new HubPullOptions
                {
                    Repository = new HubRepository(
                        kind,
                        parsed.GetRequiredValue(repository),
                        parsed.GetRequiredValue(revision)
                    ),
                    Include = parsed.GetValue(include) ?? [],
                    Exclude = parsed.GetValue(exclude) ?? [],
                    Output = parsed.GetValue(output),
                    Threads = parsed.GetValue(threads),
                };
                var printed = parsed.InvocationConfiguration.Output;
                var (isDry, isJson) = (parsed.GetValue(dryRun), parsed.GetValue(json));
                if (stream.IsAsked(parsed) && !isDry)
                    return Interruptible.RunAsync(
                        stop => PullStream.RunAsync(stream.Read(parsed, options), stop),
                        cancellation
                    );
                return Interruptible.RunAsync(stop => RunAsync(options, isDry, isJson, printed, stop), cancellation);
            }
        );
        return command;
    }

    private static Option<string[]> Patterns(string name, string description) =>
        new(name) { Description = description, AllowMultipleArgumentsPerToken = true };

    private static async Task<int> RunAsync(
        HubPullOptions options,
        bool isDry,
        bool isJson,
        TextWriter output,
        CancellationToken cancellation
    )
    {
        var settings = HubSettings.FromEnvironment(Environment.GetEnvironmentVariable);
        HubPullResult? pulled = null;
        PullView view;
        using (var display = PullDisplay.OnStandardError())
        using (var hub = new HubClient(settings, new HubPatience(), TimeProvider.System, display.Tell))
        {
            try
            {
                if (!isDry)
                    pulled = await HubPull.RunAsync(
                        options,
                        hub,
                        settings,
                        TimeProvider.System,
                        display.Report,
                        cancellation
                    );
                view = pulled is not null
                    ? PullView.Of(pulled.Listing, pulled.Folder, pulled.BytesNow)
                    : PullView.Of(await HubPull.SelectAsync(options, hub, cancellation), null, 0);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                display.Tell($"Stopped: {options.Repository.Name} is not complete. Run the same command to go on.");
                return ExitCodes.Interrupted;
            }
        }
        if (isJson)
            DataOutput.WriteJson(output, view);
        else
            Print(view, pulled, output);
        return ExitCodes.Success;
    }

    private static void Print(PullView view, HubPullResult? pulled, TextWriter output)
    {
        if (pulled is null)
        {
            foreach (var line in view.Lines())
                output.WriteLine(line);
            output.WriteLine(view.Summary());
            return;
        }
        output.WriteLine($"{view.Summary()}, {ByteText.Of(view.BytesNow)} of them fetched now");
        output.WriteLine(view.Folder);
        if (PullNextStep.Of(pulled) is { } next)
            output.WriteLine($"Next: {next}");
    }
}
