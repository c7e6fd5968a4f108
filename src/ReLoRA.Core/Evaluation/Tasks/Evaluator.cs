namespace ReLoRA.Core.Evaluation.Tasks;

/// <summary>
/// A kind of evaluation. Its folder and one line in <see cref="Evaluators"/> make it a verb of the command line and a task of training:
/// docs/evaluators.md.
/// </summary>
public abstract class Evaluator
{
    /// <summary>The verb, for example <c>blimp</c>.</summary>
    public abstract string Name { get; }

    /// <summary>One line for <c>--help</c>.</summary>
    public abstract string Summary { get; }

    /// <summary>Reads the items.</summary>
    /// <param name="source">Where they are and for which model.</param>
    /// <exception cref="ReLoRA.Core.UserFaultException">Data that is missing or not in the schema, or that the model cannot score.</exception>
    /// <exception cref="ReLoRA.Data.DataException">A file is damaged.</exception>
    public abstract IEvaluation Open(EvaluationSource source);
}
