using System.Text.Json;
using System.Text.Json.Nodes;
using ReLoRA.Scripting.Running;

namespace ReLoRA.Cli.Commands;

/// <summary>A run's result as JSON.</summary>
internal static class RunJson
{
    public static JsonNode Of(SweepResult result, string tables, string? report) =>
        new JsonObject
        {
            ["name"] = result.Plan.Name,
            ["interrupted"] = result.Interrupted,
            ["cells"] = new JsonArray([.. result.Cells.Select(Cell)]),
            ["search"] = result.Search is null
                ? null
                : JsonSerializer.SerializeToNode(result.Search with { Cells = [] }, CommandJson.Options),
            ["tables"] = JsonNode.Parse(tables),
            ["report"] = report,
        };

    private static JsonNode? Cell(CellResult cell) =>
        JsonSerializer.SerializeToNode(
            new
            {
                cell.Cell.Id,
                cell.Cell.Label,
                cell.Cell.Arm,
                cell.Cell.Config.Seed,
                cell.Cell.Baseline,
                cell.Outcome,
                cell.Report.Step,
                cell.Report.Loss,
                cell.Message,
            },
            CommandJson.Options
        );
}
