using System.CommandLine;
using System.Globalization;
using ReLoRA.Core.Inference;
using ReLoRA.Core.ModelFolders;
using static TorchSharp.torch;

namespace ReLoRA.Cli.Commands;

/// <summary><c>relora logprobs</c>.</summary>
internal static class LogProbabilitiesCommand
{
    public static Command Create()
    {
        var model = new Argument<string>("model") { Description = "A folder with config.json and model.safetensors." };
        var ids = new Option<string>("--ids")
        {
            Description = "A JSON file: an array of arrays of token ids.",
            Required = true,
        };
        var cache = new Option<bool>("--cache")
        {
            Description = "Go token by token through a cache of keys and values.",
        };
        var precision = ModelInput.Precision();
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("logprobs", "Print log p of each token after the first, in nats.")
        {
            model,
            ids,
            cache,
            precision,
            json,
        };
        command.SetAction(parsed =>
        {
            var sequences = IdsFile.Read(parsed.GetRequiredValue(ids));
            using var loaded = ModelFolder.Load(parsed.GetRequiredValue(model), parsed.GetValue(precision), CPU);
            var values = sequences
                .Select(sequence =>
                    parsed.GetValue(cache)
                        ? TokenLogProbabilities.WithCache(loaded.Decoder, sequence)
                        : TokenLogProbabilities.Of(loaded.Decoder, sequence)
                )
                .ToList();
            Print(parsed.InvocationConfiguration.Output, values, parsed.GetValue(json));
            return ExitCodes.Success;
        });
        return command;
    }

    private static void Print(TextWriter output, List<IReadOnlyList<double>> values, bool json)
    {
        if (json)
        {
            DataOutput.WriteJson(
                output,
                new { Sequences = values.Select(sequence => new { TokenLogprobs = sequence }) }
            );
            return;
        }
        foreach (var sequence in values)
            output.WriteLine(
                string.Join(' ', sequence.Select(value => value.ToString("F6", CultureInfo.InvariantCulture)))
            );
    }
}
