using ReLoRA.Core.Evaluation.Tasks;

namespace ReLoRA.Core.Configuration;

/// <summary>The rules of evaluation tasks.</summary>
internal static class TaskRules
{
    public static IEnumerable<ConfigFault> Check(EvaluationConfig config)
    {
        foreach (var (i, task) in config.Tasks.Index())
        {
            if (Evaluators.Find(task.Evaluator) is null)
                yield return new ConfigFault(
                    $"Evaluation.Tasks[{i}].Evaluator",
                    $"\"{task.Evaluator}\"",
                    string.Join(", ", Evaluators.All.Select(evaluator => evaluator.Name))
                );
            if (config.Tasks.Take(i).Contains(task))
                yield return new ConfigFault(
                    $"Evaluation.Tasks[{i}]",
                    $"a second {task}",
                    "each task once",
                    "Remove one of the two."
                );
        }
    }
}
