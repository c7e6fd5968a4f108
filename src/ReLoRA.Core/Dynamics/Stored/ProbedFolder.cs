using ReLoRA.Core.Dynamics.Published;

namespace ReLoRA.Core.Dynamics.Stored;

/// <summary>One checkpoint that can be measured.</summary>
/// <param name="Path">The model folder, or the folder of learning dynamics.</param>
/// <param name="Step">Completed updates, by the folder's name; null where that does not tell.</param>
/// <param name="Published">Which of its learning dynamics to read; null for a model folder's weights.</param>
public sealed record ProbedFolder(string Path, long? Step, DynamicsSplit? Published = null);
