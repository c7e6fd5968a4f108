using ReLoRA.Core.Evaluation.Scoring;
using ReLoRA.Core.ModelFolders;
using ReLoRA.Core.Native;

namespace ReLoRA.Cli.Commands;

/// <summary>
/// Keeps an evaluation's scores in the user's cache folder until it is complete, so that the same command goes on where it was broken off. Where that
/// cannot be, an evaluation does without.
/// </summary>
internal sealed class EvalMemory : IDisposable
{
    private readonly Action<string> tell;
    private ScoreJournal? journal;

    private EvalMemory(Action<string> tell) => this.tell = tell;

    /// <summary>The scores of earlier sittings.</summary>
    public IReadOnlyList<ItemScore> Known => journal?.Known ?? [];

    /// <param name="request">What was asked for.</param>
    /// <param name="items">What is scored.</param>
    /// <param name="tell">Where to say that nothing can be kept.</param>
    public static EvalMemory Open(EvalRequest request, IReadOnlyList<ScoredItem> items, Action<string> tell)
    {
        var memory = new EvalMemory(tell);
        if (CacheFolders.Root is { } root)
            memory.Guard(() =>
            {
                string[] files = [ModelFolder.WeightsName, ModelFolder.ConfigName];
                var name = ScoringIdentity.Of(
                    files.Select(file => Path.Combine(request.Model, file)),
                    $"{request.Precision}",
                    items
                );
                memory.journal = ScoreJournal.Open(Path.Combine(root, "eval", name + ".scores"), items);
            });
        return memory;
    }

    public void Keep(ItemScore score) => Guard(() => journal?.Append(score));

    /// <summary>Removes what was kept.</summary>
    public void Forget() => Guard(() => journal?.Delete());

    public void Dispose() => Guard(() => journal?.Dispose());

    private void Guard(Action operation)
    {
        try
        {
            operation();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            journal = null;
            tell($"The scores cannot be kept, should this be broken off: {fault.Message}");
        }
    }
}
