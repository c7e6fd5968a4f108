using System.Globalization;
using System.Text.Json.Nodes;
using ReLoRA.Results.Runs;
using ReLoRA.Scripting.Running;
using ReLoRA.Scripting.Slurm;

namespace ReLoRA.Cli.Commands;

/// <summary>What was submitted, on standard output: sentences for people, or one JSON document at the end. Batch scripts of a dry run as they are.</summary>
internal sealed class SubmitOutput(TextWriter output, string runsRoot, bool json)
{
    private readonly JsonArray sweeps = [];

    public void Add(SubmittedJobs submitted)
    {
        Tell(submitted.Sweep, submitted.Notes);
        sweeps.Add(
            new JsonObject
            {
                ["name"] = submitted.Sweep,
                ["jobs"] = new JsonArray([.. submitted.Jobs.Select(OfJob)]),
                ["notes"] = Texts(submitted.Notes),
            }
        );
        if (json)
            return;
        foreach (var job in submitted.Jobs)
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{submitted.Sweep}: {Count(job.Tasks.Sum(task => task.Count), "cell")} in {Count(job.Tasks.Count, "task")}, job {job.Id}."
                )
            );
        output.WriteLine(
            submitted.Jobs.Count == 0
                ? $"{submitted.Sweep}: nothing is missing, nothing was submitted."
                : $"How far they are: relora status {ShellWord.Of(runsRoot)}    Take them back: relora cancel {ShellWord.Of(runsRoot)} --sweep {submitted.Sweep}"
        );
    }

    public void Add(string sweep, (IReadOnlyList<string> Scripts, IReadOnlyList<string> Notes) dry)
    {
        Tell(sweep, dry.Notes);
        sweeps.Add(
            new JsonObject
            {
                ["name"] = sweep,
                ["scripts"] = Texts(dry.Scripts),
                ["notes"] = Texts(dry.Notes),
            }
        );
        if (json)
            return;
        foreach (var script in dry.Scripts)
            output.Write(script);
        if (dry.Scripts.Count == 0)
            Console.Error.WriteLine($"{sweep}: nothing is missing, nothing would be submitted.");
    }

    public void End()
    {
        if (json)
            output.WriteLine(
                new JsonObject { ["runs"] = runsRoot, ["sweeps"] = sweeps }.ToJsonString(CommandJson.Options)
            );
    }

    private static void Tell(string sweep, IReadOnlyList<string> notes)
    {
        foreach (var note in notes)
            Console.Error.WriteLine($"{sweep}: note: {note}");
    }

    private static JsonNode OfJob(SlurmJob job) =>
        new JsonObject
        {
            ["id"] = job.Id,
            ["tasks"] = new JsonArray([.. job.Tasks.Select(task => (JsonNode)Texts(task))]),
        };

    private static JsonArray Texts(IReadOnlyList<string> texts) =>
        new([.. texts.Select(text => (JsonNode)JsonValue.Create(text)!)]);

    private static string Count(int number, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:N0} {what}{(number == 1 ? "" : "s")}");
}
