using ReLoRA.Core;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.Evaluation.Tasks;
using ReLoRA.Data;
using ReLoRA.Data.Tokenizers;

namespace ReLoRA.Scripting.Planning;

/// <summary>Finds and reads the data of evaluation tasks, each once, so that a fault of it shows before anything trains.</summary>
/// <param name="locator">Finds folders and files.</param>
internal sealed class TaskFinder(DatasetLocator locator)
{
    private readonly Dictionary<(EvaluationTask Task, string Tokenizer, int Positions, int Vocabulary), string?> read =
    [];

    /// <summary>The absolute paths of a configuration's tasks.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="tokenizer">Absolute path of the tokenizer.</param>
    /// <param name="faults">Takes what is wrong.</param>
    public List<string> Paths(RunConfig config, string tokenizer, List<string> faults) =>
        [.. config.Evaluation.Tasks.Index().Select(task => Path(task.Index, task.Item, config, tokenizer, faults))];

    private string Path(int index, EvaluationTask task, RunConfig config, string tokenizer, List<string> faults)
    {
        var knob = $"Evaluation.Tasks[{index}].Data";
        var path = locator.Find(task.Data, out var looked) ?? locator.FindFile(task.Data, out looked);
        if (path is null)
        {
            faults.Add(DatasetLocator.NotFound($"{knob}: there is nothing at '{task.Data}'.", looked));
            return "";
        }
        var key = (task, tokenizer, config.Model.MaxSequenceLength, config.Model.VocabularySize);
        if (!read.TryGetValue(key, out var fault))
            read[key] = fault = Fault(task, path, tokenizer, config.Model);
        if (fault is not null)
            faults.Add($"{knob}: {fault}");
        return path;
    }

    private static string? Fault(EvaluationTask task, string path, string tokenizer, ModelConfig model)
    {
        try
        {
            RunTask.Open(task, path, TextTokenizer.Open(tokenizer), model);
            return null;
        }
        catch (Exception e) when (e is UserFaultException or DataException)
        {
            return e.Message;
        }
    }
}
