using ReLoRA.Scripting.Hosting;
using ReLoRA.Scripting.Running;
using ReLoRA.Testing;

namespace ReLoRA.Scripting.Tests.Running;

public sealed class ProvenanceTests : IDisposable
{
    private readonly ScriptFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_plan_remembers_texts_versions_and_machine()
    {
        folder.Write("// inner", "lib.csx");
        const string text = "#load \"lib.csx\"\nSweep(\"s\", Presets.Nano);";
        using var script = await folder.LoadAsync(text);
        var map = Provenance.Of(script, ["--quick", "x"], TimeProvider.System);
        Assert.Equal(text, map["text:sweep.csx"]);
        Assert.Equal("// inner", map["text:lib.csx"]);
        Assert.Equal("--quick x", map["arguments"]);
        Assert.StartsWith(".NET 10", map["runtime"], StringComparison.Ordinal);
        Assert.Equal("0.1.0.0", map["version:ReLoRA.Scripting"]);
        Assert.Contains("version:TorchSharp", map.Keys);
        Assert.Equal("", map["git_commit"]);
    }

    [Fact]
    public async Task A_script_in_a_repository_remembers_the_commit()
    {
        using var script = await ScriptHost.LoadAsync(Repository.PathOf("sweeps", "quickstart.csx"), []);
        var commit = Provenance.Of(script, [], TimeProvider.System)["git_commit"];
        // A source archive has no repository.
        Assert.Matches("^([0-9a-f]{40})?$", commit);
    }
}
