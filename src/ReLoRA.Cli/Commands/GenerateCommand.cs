using System.CommandLine;
using System.Globalization;
using ReLoRA.Core;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.Inference;
using ReLoRA.Core.ModelFolders;
using ReLoRA.Data.Tokenizers;
using static TorchSharp.torch;

namespace ReLoRA.Cli.Commands;

/// <summary><c>relora generate</c>.</summary>
internal static class GenerateCommand
{
    public static Command Create()
    {
        var model = new Argument<string>("model") { Description = "A folder with config.json and model.safetensors." };
        var prompt = new Option<string>("--prompt")
        {
            Description = "The text to go on from. Default: none.",
            DefaultValueFactory = _ => "",
        };
        var tokens = new Option<int>("--tokens")
        {
            Description = "New tokens at most.",
            DefaultValueFactory = _ => 100,
        };
        var tokenizer = new Option<string?>("--tokenizer")
        {
            Description = "A tokenizer.json or tokenizer.model. Default: the one in the model's folder.",
        };
        var temperature = new Option<double>("--temperature")
        {
            Description = "0 takes the likeliest token; above it tokens are drawn.",
        };
        var seed = new Option<long>("--seed") { Description = "The seed of the draws." };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("generate", "Continue a text.")
        {
            model,
            prompt,
            tokens,
            tokenizer,
            temperature,
            seed,
            json,
        };
        command.SetAction(parsed =>
        {
            var folder = parsed.GetRequiredValue(model);
            Require("--tokens", parsed.GetValue(tokens), most: int.MaxValue);
            Require("--temperature", parsed.GetValue(temperature), most: 1000);
            var settings = new GenerationSettings
            {
                Tokens = parsed.GetValue(tokens),
                Temperature = parsed.GetValue(temperature),
                Seed = parsed.GetValue(seed),
            };
            using var loaded = ModelFolder.Load(folder, Precision.Float32, CPU);
            var file = parsed.GetValue(tokenizer);
            var text = file is null ? TextTokenizer.Find(folder) : TextTokenizer.Open(file);
            Generate(
                loaded,
                text,
                parsed.GetRequiredValue(prompt),
                settings,
                parsed.GetValue(json),
                parsed.InvocationConfiguration.Output
            );
            return ExitCodes.Success;
        });
        return command;
    }

    private static void Generate(
        LoadedModel model,
        ITextTokenizer tokenizer,
        string prompt,
        GenerationSettings settings,
        bool json,
        TextWriter output
    )
    {
        List<int> start = [.. Begin(model, tokenizer), .. tokenizer.Encode(prompt)];
        if (start.Count == 0)
            throw new UserFaultException(
                "Neither model nor tokenizer names a token that texts begin with. Give a --prompt."
            );
        int?[] ends = [model.BeginOfText, model.EndOfText, tokenizer.BeginOfText, tokenizer.EndOfText];
        settings = settings with { Ends = [.. ends.OfType<int>().Distinct()] };
        var made = TextGenerator.Generate(model.Decoder, start, settings).ToList();
        // Together, since a token's text can depend on its neighbours.
        var text = tokenizer.Decode([.. start, .. made]);
        if (json)
            DataOutput.WriteJson(
                output,
                new
                {
                    Prompt = start,
                    Ids = made,
                    Text = text,
                }
            );
        else
            output.WriteLine(text);
    }

    private static IEnumerable<int> Begin(LoadedModel model, ITextTokenizer tokenizer) =>
        (model.BeginOfText ?? tokenizer.BeginOfText) is { } id ? [id] : [];

    private static void Require(string option, double value, double most)
    {
        if (!(value >= 0 && value <= most))
            throw new UserFaultException(
                string.Create(CultureInfo.InvariantCulture, $"{option} is {value}; allowed: 0 to {most}.")
            );
    }
}
