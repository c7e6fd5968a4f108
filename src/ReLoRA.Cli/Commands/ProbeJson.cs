using System.Text.Json;
using System.Text.Json.Nodes;
using ReLoRA.Core.Dynamics.Stored;

namespace ReLoRA.Cli.Commands;

/// <summary>
/// Figures of checkpoints as JSON: <c>{ reference, complete, checkpoints: [{ checkpoint, step, published, figures: [{ metric, of, layer, value, finding,
/// vector, columns }] }] }</c>. What does not exist is left out: a step that no name tells, a finding, a vector.
/// </summary>
internal static class ProbeJson
{
    public static string Of(ProbeResult result)
    {
        var json = new JsonObject();
        if (result.Reference is not null)
            json["reference"] = result.Reference;
        json["complete"] = result.IsComplete;
        json["checkpoints"] = new JsonArray([.. result.Checkpoints.Select(one => Of(one.Folder, one.Figures))]);
        return json.ToJsonString(CommandJson.Options) + "\n";
    }

    private static JsonObject Of(ProbedFolder folder, IReadOnlyList<FolderFigure> figures)
    {
        var json = new JsonObject { ["checkpoint"] = folder.Path };
        if (folder.Step is { } step)
            json["step"] = step;
        if (folder.Published is { } split)
            json["published"] = JsonSerializer.SerializeToNode(split, CommandJson.Options);
        json["figures"] = new JsonArray([.. figures.Select(Of)]);
        return json;
    }

    private static JsonObject Of(FolderFigure found)
    {
        var json = new JsonObject
        {
            ["metric"] = found.Metric,
            ["of"] = found.Of,
            ["layer"] = found.Layer,
            ["value"] = Number(found.Figure.Value),
        };
        if (found.Figure.Finding.Length > 0)
            json["finding"] = found.Figure.Finding;
        if (found.Figure.Vector.Count > 0)
            json["vector"] = new JsonArray([.. found.Figure.Vector.Select(Number)]);
        if (found.Figure.Columns.Count > 0)
            json["columns"] = new JsonArray([.. found.Figure.Columns.Select(name => (JsonNode)name)]);
        return json;
    }

    private static JsonNode? Number(double value) => JsonSerializer.SerializeToNode(value, CommandJson.Options);
}
