using ReLoRA.Core.Evaluation.Tasks;

namespace ReLoRA.Cli.Commands;

/// <summary>A figure with its 95 % interval; null where there is none.</summary>
internal sealed record EvalFigure(EvaluationFigure Figure, (double Low, double High)? Interval);
