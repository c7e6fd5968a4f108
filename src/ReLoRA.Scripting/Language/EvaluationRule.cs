using ReLoRA.Core.Configuration;

namespace ReLoRA.Scripting.Language;

/// <summary>What a sweep's cells are evaluated on.</summary>
/// <param name="Config">The evaluation.</param>
/// <param name="Place">Its script line.</param>
internal sealed record EvaluationRule(EvaluationConfig Config, ScriptPlace Place);
