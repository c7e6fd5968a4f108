using ReLoRA.Core.Evaluation.Items;
using ReLoRA.Core.Evaluation.Scoring;
using ReLoRA.Core.Evaluation.Tasks;
using ReLoRA.Core.ModelFolders;
using ReLoRA.Core.Native;
using static TorchSharp.torch;

namespace ReLoRA.Cli.Commands;

/// <summary>One evaluation from its data to its figures.</summary>
internal static class EvalRun
{
    public static int Run(EvalRequest request, TextWriter output, CancellationToken cancellation)
    {
        if (request.Items is { } file)
            ItemTableFile.RequireKind(file);
        ThreadWaiting.Yield();
        using var model = ModelFolder.Load(request.Model, request.Precision, CPU);
        var evaluation = Open(request, model);
        using var progress = new EvalProgress(
            request.Evaluator.Name,
            evaluation.Items,
            ProgressLine.OnStandardError(),
            TimeProvider.System
        );
        using var memory = EvalMemory.Open(request, evaluation.Items, progress.Tell);
        var scores = Score(
            new SequenceScorer(model.Decoder, request.TokensAtOnce),
            evaluation.Items,
            memory,
            progress,
            cancellation
        );
        progress.Dispose();
        var result = EvalResult.Of(request, evaluation, scores);
        if (request.Items is { } path)
            ItemTableFile.Write(path, evaluation.Table(scores));
        if (request.Json)
            DataOutput.WriteJson(output, EvalJson.Of(result));
        else
            output.Write(EvalTable.Of(result));
        if (result.IsComplete)
            memory.Forget();
        else
            Console.Error.WriteLine(
                $"Stopped after {result.Scored} of {evaluation.Items.Count} items. Run the same command to go on."
            );
        return result.IsComplete ? ExitCodes.Success : ExitCodes.Interrupted;
    }

    private static IEvaluation Open(EvalRequest request, LoadedModel model)
    {
        var tokenizer = EvalTokenizer.Open(request, model);
        return request.Evaluator.Open(
            new EvaluationSource
            {
                Data = request.Data,
                Tokenizer = tokenizer,
                Positions = model.Config.Model.MaxSequenceLength,
                VocabularySize = model.Config.Model.VocabularySize,
                StartToken = request.StartToken,
                EndOfText = model.EndOfText ?? tokenizer.EndOfText,
                Score = request.Score,
                Split = request.Split,
                Samples = request.Samples,
            }
        );
    }

    private static ItemScore?[] Score(
        SequenceScorer scorer,
        IReadOnlyList<ScoredItem> items,
        EvalMemory memory,
        EvalProgress progress,
        CancellationToken cancellation
    )
    {
        var scores = new ItemScore?[items.Count];
        foreach (var score in memory.Known)
            scores[score.Item] = score;
        progress.Begin(memory.Known);
        var known = scores.Select(score => score is not null).ToArray();
        foreach (var score in scorer.Score(items, item => known[item]))
        {
            scores[score.Item] = score;
            memory.Keep(score);
            progress.Add(score);
            if (cancellation.IsCancellationRequested)
                break;
        }
        return scores;
    }
}
