using System.Globalization;
using ReLoRA.Results.Runs;
using ReLoRA.Scale;
using ReLoRA.Scripting.Planning;

if (args is not [var script, var folder, var form, .. var arguments] || form is not ("sparse" or "whole"))
{
    Console.Error.WriteLine("relora-scale SCRIPT RUNS sparse|whole [ARGUMENTS]: see tools/scale/README.md");
    return 2;
}
using var planned = await PlannedScript.LoadAsync(script, arguments);
foreach (var plan in planned.Plans)
{
    new SimulatedRuns(new RunsFolder(folder), form == "whole").Write(plan);
    Console.WriteLine(
        string.Create(CultureInfo.InvariantCulture, $"{plan.Name}: {plan.Cells.Count} cells in {folder}, logs {form}")
    );
}
return 0;
