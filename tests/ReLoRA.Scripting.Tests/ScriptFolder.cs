using ReLoRA.Core;
using ReLoRA.Scripting.Hosting;
using ReLoRA.Scripting.Planning;
using ReLoRA.Testing;

namespace ReLoRA.Scripting.Tests;

/// <summary>A folder with scripts and, behind a link, the datasets that ship.</summary>
internal sealed class ScriptFolder : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public ScriptFolder() => Directory.CreateSymbolicLink(folder.File("datasets"), Repository.PathOf("datasets"));

    public string Path => folder.Path;

    public string File(params string[] parts) => folder.File(parts);

    public string Write(string text, string name = "sweep.csx")
    {
        var path = folder.File(name);
        System.IO.File.WriteAllText(path, text.ReplaceLineEndings("\n"));
        return path;
    }

    public Task<LoadedScript> LoadAsync(string text, params string[] arguments) =>
        ScriptHost.LoadAsync(Write(text), arguments, Uncached);

    /// <summary>A test's scripts are of no use to the user whose tests these are.</summary>
    public static ScriptHostOptions Uncached { get; } = new() { Cache = false };

    /// <summary>The plan of the only sweep of a script.</summary>
    public async Task<SweepPlan> PlanAsync(string text, params string[] arguments)
    {
        using var script = await LoadAsync(text, arguments);
        return SweepPlanner.Plan(Assert.Single(script.Sweeps), script.Folder);
    }

    /// <summary>The message that a script gets, without this folder's path.</summary>
    public async Task<string> FaultAsync(string text)
    {
        var fault = await Assert.ThrowsAsync<UserFaultException>(() => PlanAsync(text));
        return Tidy(fault.Message);
    }

    public string Tidy(string message) => message.Replace(Path + "/", "", StringComparison.Ordinal);

    public void Dispose() => folder.Dispose();
}
