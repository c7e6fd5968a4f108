using System.CommandLine;
using ReLoRA.Core.Evaluation.Scoring;
using ReLoRA.Core.Evaluation.Tasks;

namespace ReLoRA.Cli.Commands;

/// <summary><c>relora eval NAME</c>, the same for every evaluator.</summary>
internal static class EvalTaskCommand
{
    public static Command Create(Evaluator evaluator)
    {
        var model = new Argument<string>("model") { Description = "A folder with config.json and model.safetensors." };
        var data = new Option<string>("--data") { Description = "A folder, an archive or a file.", Required = true };
        var tokenizer = new Option<string?>("--tokenizer")
        {
            Description = "A tokenizer.json or tokenizer.model. Default: the one in the model's folder.",
        };
        var start = new Option<int?>("--start-token")
        {
            Description = "The id of a token put before each text. Default: none is.",
        };
        var score = new Option<ScoreRule>("--score")
        {
            Description = "Whether a text's score is the sum or the mean over its tokens.",
            DefaultValueFactory = _ => ScoreRule.Sum,
        };
        var split = new Option<string>("--split")
        {
            Description = "The part of the data, where it has several.",
            DefaultValueFactory = _ => "val",
        };
        var samples = CountOption.Create("--samples", "Items of each group at most; 0 takes all.", value: 0, least: 0);
        var items = new Option<string?>("--items", "--pairs")
        {
            Description = "Write every item's scores to this .csv or .arrow.",
        };
        var precision = ModelInput.Precision();
        var batch = CountOption.Create(
            "--batch-tokens",
            "Tokens of one forward pass; scores depend on it by rounding only.",
            SequenceScorer.TokensAtOnce
        );
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command(evaluator.Name, evaluator.Summary)
        {
            model,
            data,
            tokenizer,
            start,
            score,
            split,
            samples,
            items,
            precision,
            batch,
            json,
        };
        command.SetAction(
            (parsed, cancellation) =>
            {
                var request = new EvalRequest
                {
                    Evaluator = evaluator,
                    Model = parsed.GetRequiredValue(model),
                    Data = parsed.GetRequiredValue(data),
                    Tokenizer = parsed.GetValue(tokenizer),
                    StartToken = parsed.GetValue(start),
                    Score = parsed.GetValue(score),
                    Split = parsed.GetRequiredValue(split),
                    Samples = parsed.GetValue(samples),
                    Items = parsed.GetValue(items),
                    Precision = parsed.GetValue(precision),
                    TokensAtOnce = parsed.GetValue(batch),
                    Json = parsed.GetValue(json),
                };
                return Interruptible.Run(
                    stop => EvalRun.Run(request, parsed.InvocationConfiguration.Output, stop),
                    cancellation
                );
            }
        );
        return command;
    }
}
