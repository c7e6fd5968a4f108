using System.Text.Json;
using System.Text.Json.Serialization;
using ReLoRA.Results.Runs;

namespace ReLoRA.Scripting.Watching;

/// <summary>What stands at each address of the live pages. It shows and changes nothing.</summary>
/// <param name="runs">The folder of runs.</param>
/// <param name="sweeps">The sweeps to show, now.</param>
/// <param name="pages">The pages.</param>
public sealed class LiveSite(RunsFolder runs, Func<IReadOnlyList<string>> sweeps, ILivePages pages)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Answers a request.</summary>
    /// <param name="path">The address without host and query, for example <c>/quickstart/state</c>.</param>
    public LiveAnswer Answer(string path)
    {
        var parts = path.Trim('/').Split('/').Select(Uri.UnescapeDataString).ToArray();
        var names = sweeps();
        if (parts is [""])
            return names.Count == 1
                ? LiveAnswer.Elsewhere($"/{Uri.EscapeDataString(names[0])}/")
                : LiveAnswer.Page(pages.Index(names));
        if (parts is [var script] && pages.Script(script) is { } text)
            return LiveAnswer.Script(text);
        if (!names.Contains(parts[0]))
            return LiveAnswer.Words(404, $"There is no sweep '{parts[0]}' here. There are: {string.Join(", ", names)}");
        // What a page asks for is beside it only where its own address ends so.
        if (parts.Length == 1 && !path.EndsWith('/'))
            return LiveAnswer.Elsewhere($"{path}/");
        return parts[1..] switch
        {
            [] => LiveAnswer.Page(pages.Shell(parts[0])),
            ["state"] => LiveAnswer.Json(JsonSerializer.Serialize(LiveState.Of(runs, parts[0]), Options)),
            ["body"] => LiveAnswer.Page(File.Exists(runs.Sweep(parts[0]).PlanPath) ? pages.Body(parts[0]) : ""),
            _ => LiveAnswer.Words(404, $"There is nothing at {path}."),
        };
    }
}
