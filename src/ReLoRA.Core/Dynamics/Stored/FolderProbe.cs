using ReLoRA.Core.Configuration;
using ReLoRA.Core.Dynamics.Catalogue;
using ReLoRA.Core.Dynamics.Measured;
using ReLoRA.Core.Dynamics.Published;
using ReLoRA.Data.Shards;
using static TorchSharp.torch;

namespace ReLoRA.Core.Dynamics.Stored;

/// <summary>Measures checkpoints after the fact, by the metrics that probes log while a run trains. One checkpoint is in memory at a time, and the reference.</summary>
public sealed class FolderProbe : IDisposable
{
    private readonly FolderProbeOptions options;
    private readonly CancellationToken cancellation;
    private readonly IReadOnlyList<ProbeConfig> questions;
    private readonly TokenDataset? data;
    private readonly IMatrixSource? reference;

    /// <summary>Checks what is asked for, and opens the reference and the data.</summary>
    /// <param name="options">What is asked for.</param>
    /// <param name="folders">The checkpoints that are going to be measured.</param>
    /// <param name="cancellation">Ends measuring, within a checkpoint too.</param>
    /// <exception cref="UserFaultException">Something of it cannot be; the message lists all.</exception>
    /// <exception cref="ReLoRA.Data.DataException">The dataset cannot be read.</exception>
    public FolderProbe(
        FolderProbeOptions options,
        IReadOnlyList<ProbedFolder> folders,
        CancellationToken cancellation = default
    )
    {
        (this.options, this.cancellation) = (options, cancellation);
        questions = FolderQuestions.Of(options, folders);
        var before = options.Reference is null ? null : ProbedFolders.FindOne(options.Reference, options.Published);
        data = options.Data is null ? null : TokenDataset.Open(options.Data);
        try
        {
            reference = before is null ? null : Open(before, initial: null);
        }
        catch
        {
            data?.Dispose();
            throw;
        }
    }

    /// <summary>Figures that <see cref="Measure"/> yields one after another, for a count of what is to come.</summary>
    public int Questions => questions.Count;

    /// <summary>Measures a checkpoint: for each metric the figures of all layers, in the model's order.</summary>
    /// <param name="folder">The checkpoint.</param>
    /// <exception cref="UserFaultException">It has nothing of the kind, or the pattern matches nothing.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public IEnumerable<IReadOnlyList<FolderFigure>> Measure(ProbedFolder folder)
    {
        using var source = Open(
            folder,
            reference is null ? null : new WeightsSince(name => Before(name).Value(), name => Before(name).Rounded)
        );
        foreach (var question in questions)
            yield return Figures(folder, question, source);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        reference?.Dispose();
        data?.Dispose();
    }

    private IReadOnlyList<FolderFigure> Figures(ProbedFolder folder, ProbeConfig question, IMatrixSource source)
    {
        try
        {
            using var scope = NewDisposeScope();
            var figures = Measurement.Of(question, source, () => reference!, cancellation);
            if (figures.Count == 0)
                throw new UserFaultException(Unmatched(question, source.Names(question.Of)));
            return
            [
                .. figures.Select(found => new FolderFigure(
                    question.MetricName,
                    question.TargetName,
                    found.Name,
                    found.Figure
                )),
            ];
        }
        catch (UserFaultException fault) when (!fault.Message.StartsWith(folder.Path, StringComparison.Ordinal))
        {
            throw new UserFaultException($"{folder.Path}: {fault.Message}", fault);
        }
    }

    private IMatrixSource Open(ProbedFolder folder, WeightsSince? initial) =>
        folder.Published is { } split
            ? new PublishedSource(LearningDynamicsFolder.Open(folder.Path), split, initial)
            : new StoredSource(
                folder.Path,
                initial,
                questions.Any(question => TargetKinds.IsObserved(question.Of)) ? data : null,
                options.Layers,
                options.Rows,
                cancellation
            );

    private MeasuredTensor Before(string linear) =>
        reference!.Names(ProbeTarget.Weight).Contains(linear)
            ? reference.Of(ProbeTarget.Weight, linear, 0)[0]
            : throw new UserFaultException(
                $"The reference {options.Reference} has no {linear}. Compare models of one shape."
            );

    private static string Unmatched(ProbeConfig question, IReadOnlyList<string> names) =>
        $"--on is \"{question.Layers}\", which matches no {(TargetKinds.IsOfHeads(question.Of) ? "attention layer or head" : "linear")}; "
        + $"allowed: a pattern over names from {names[0]} to {names[^1]}, for example {(TargetKinds.IsOfHeads(question.Of) ? names[0] : "*.attention.*")}; "
        + $"nearest are {ProbeRules.Near(question.Layers, names)}.";
}
