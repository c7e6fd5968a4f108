using System.CommandLine;
using ReLoRA.Core;
using ReLoRA.Core.Dynamics.Metrics;
using ReLoRA.Core.Dynamics.Published;
using ReLoRA.Core.Dynamics.Stored;

namespace ReLoRA.Cli.Commands;

/// <summary><c>relora probe</c>.</summary>
internal sealed class ProbeCommand
{
    private const string List = "list";

    private const string Summary = """
        Measure the weights, updates, gradients and activations of checkpoints.

        Examples:
          relora probe runs/cells/1f0c --metric effective_rank stable_rank --on '*.attention.*'
            both metrics of the attention's weights at every checkpoint of a run
          relora probe pico/checkpoints/step_2000 --reference pico/checkpoints/step_0 --metric update_ratio --csv
            how far a published model has moved since its first checkpoint
        """;

    private readonly Argument<string[]> folders = new("checkpoint")
    {
        Description =
            "Model folders (config.json, model.safetensors), folders of learning dynamics, or runs, of which all checkpoints are measured.",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private readonly Option<string[]> metrics = new("--metric")
    {
        Description =
            $"One or several of {string.Join(", ", MetricList.Metrics.Select(metric => metric.Name))}. '{List}' shows their formulas.",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [.. new FolderProbeOptions().Metrics],
    };
    private readonly Option<string?> of = new("--of")
    {
        Description =
            $"Of what: {string.Join(", ", MetricList.Targets.Select(target => target.Name))}. Default: the weight, or what the metric is of.",
        HelpName = "target",
    };
    private readonly Option<string> on = new("--on")
    {
        Description = "The linears, by their names; * stands for any text. Heads: layers.0.attention.",
        HelpName = "pattern",
        DefaultValueFactory = _ => "*",
    };
    private readonly Option<string?> reference = new("--reference")
    {
        Description = "The checkpoint that others are compared with, and that updates are counted from.",
        HelpName = "checkpoint",
    };
    private readonly Option<DynamicsSplit?> published = new("--published")
    {
        Description = "Read the published learning dynamics in place of weights, as measured on this data.",
        HelpName = "train|val",
    };
    private readonly Option<string?> data = new("--data")
    {
        Description =
            "A folder of token shards, for gradients, activations and attention. A run's own training data give the figures of its log.",
        HelpName = "dataset",
    };
    private readonly Option<int> rows = CountOption.Create("--rows", "Rows of it, the first ones.", 8, least: 2);
    private readonly Option<int> directions = CountOption.Create(
        "--directions",
        "Leading singular directions that are compared.",
        8
    );
    private readonly Option<SingularSide> side = new("--side")
    {
        Description = "Which singular vectors are compared: right are directions of a linear's inputs.",
        DefaultValueFactory = _ => SingularSide.Right,
    };
    private readonly Option<int> threads = CountOption.Create("--threads", "Threads.", Environment.ProcessorCount);
    private readonly Option<bool> json = new("--json") { Description = "Print JSON." };
    private readonly Option<bool> csv = new("--csv") { Description = "Print CSV." };

    public static Command Create() => new ProbeCommand().Build();

    private Command Build()
    {
        var command = new Command("probe", Summary)
        {
            folders,
            metrics,
            of,
            on,
            reference,
            published,
            data,
            rows,
            directions,
            side,
            threads,
            json,
            csv,
        };
        command.SetAction(
            (parsed, cancellation) =>
            {
                var output = parsed.InvocationConfiguration.Output;
                if (Metrics(parsed).Contains(List))
                {
                    output.Write(ProbeListView.Text());
                    return Task.FromResult(ExitCodes.Success);
                }
                var request = Request(parsed);
                return Interruptible.Run(stop => ProbeRun.Run(request, output, stop), cancellation);
            }
        );
        return command;
    }

    /// <summary>Names may be given one by one, or with commas between them.</summary>
    private List<string> Metrics(ParseResult parsed) =>
        [
            .. parsed
                .GetValue(metrics)!
                .SelectMany(text =>
                    text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                ),
        ];

    private ProbeRequest Request(ParseResult parsed)
    {
        var named = Metrics(parsed);
        var given = parsed.GetValue(folders)!;
        if (given.Length == 0)
            throw new UserFaultException(
                named.Find(Directory.Exists) is { } folder
                    ? $"{folder} stands after --metric, as a metric. Give checkpoints first: relora probe {folder} --metric NAME."
                    : "No checkpoint is given. Give a checkpoint's folder, or a run's; 'relora probe --help' shows examples."
            );
        if (parsed.GetValue(json) && parsed.GetValue(csv))
            throw new UserFaultException("--json and --csv are both given; allowed: one of them. Leave one out.");
        var options = new FolderProbeOptions
        {
            Metrics = named,
            Of = parsed.GetValue(of),
            Layers = parsed.GetRequiredValue(on),
            Reference = parsed.GetValue(reference),
            Published = parsed.GetValue(published),
            Data = parsed.GetValue(data),
            Rows = parsed.GetValue(rows),
            Directions = parsed.GetValue(directions),
            Side = parsed.GetValue(side),
        };
        var form =
            parsed.GetValue(json) ? ProbeForm.Json
            : parsed.GetValue(csv) ? ProbeForm.Csv
            : ProbeForm.Table;
        return new ProbeRequest(given, options, parsed.GetValue(threads), form);
    }
}
