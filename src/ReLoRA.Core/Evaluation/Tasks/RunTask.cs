using ReLoRA.Core.Configuration;
using ReLoRA.Core.Evaluation.Scoring;
using ReLoRA.Core.Models;
using ReLoRA.Data.Tokenizers;

namespace ReLoRA.Core.Evaluation.Tasks;

/// <summary>A task of a run, its items read.</summary>
public sealed class RunTask
{
    private readonly IEvaluation evaluation;

    private RunTask(EvaluationTask task, IEvaluation evaluation) => (Task, this.evaluation) = (task, evaluation);

    /// <summary>What was asked for.</summary>
    public EvaluationTask Task { get; }

    /// <summary>The data's name: that of its folder or file.</summary>
    public string Data => Path.GetFileName(Path.TrimEndingDirectorySeparator(Task.Data));

    /// <summary>Items scored.</summary>
    public int Items => evaluation.Items.Count;

    /// <summary>Input tokens of all sequences.</summary>
    public long Tokens => evaluation.Items.Sum(item => item.Alternatives.Sum(sequence => sequence.Tokens.Count - 1L));

    /// <summary>Reads a task's items.</summary>
    /// <param name="task">The task.</param>
    /// <param name="path">Absolute path of its data.</param>
    /// <param name="tokenizer">The training data's tokenizer.</param>
    /// <param name="model">The model's shape.</param>
    /// <exception cref="UserFaultException">Data that is missing or not in the schema, or that the model cannot score.</exception>
    /// <exception cref="ReLoRA.Data.DataException">A file is damaged.</exception>
    public static RunTask Open(EvaluationTask task, string path, ITextTokenizer tokenizer, ModelConfig model)
    {
        var evaluator =
            Evaluators.Find(task.Evaluator)
            ?? throw new ArgumentException($"There is no evaluator {task.Evaluator}.", nameof(task));
        var source = new EvaluationSource
        {
            Data = path,
            Tokenizer = tokenizer,
            Positions = model.MaxSequenceLength,
            VocabularySize = model.VocabularySize,
            EndOfText = tokenizer.EndOfText,
            Split = task.Split,
            Samples = task.Samples,
        };
        return new RunTask(task, evaluator.Open(source));
    }

    /// <summary>Evaluates a model. Leaves it, and every generator, as it was.</summary>
    /// <param name="model">The model.</param>
    public EvaluationSummary Evaluate(Decoder model)
    {
        var scores = new ItemScore?[evaluation.Items.Count];
        foreach (var score in new SequenceScorer(model).Score(evaluation.Items))
            scores[score.Item] = score;
        return evaluation.Summarize(scores);
    }
}
