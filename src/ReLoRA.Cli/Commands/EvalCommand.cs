using System.CommandLine;
using ReLoRA.Core.Evaluation.Tasks;

namespace ReLoRA.Cli.Commands;

/// <summary><c>relora eval</c>: a verb for each evaluator, and one that compares two models.</summary>
internal static class EvalCommand
{
    public static Command Create()
    {
        var command = new Command("eval", "Evaluate a model.");
        foreach (var evaluator in Evaluators.All)
            command.Add(EvalTaskCommand.Create(evaluator));
        command.Add(EvalCompareCommand.Create());
        return command;
    }
}
