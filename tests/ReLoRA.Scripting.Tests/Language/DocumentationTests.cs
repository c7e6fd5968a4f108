using System.Text.RegularExpressions;
using ReLoRA.Core.Configuration;
using ReLoRA.Scripting.Planning;
using ReLoRA.Testing;

namespace ReLoRA.Scripting.Tests.Language;

public sealed partial class DocumentationTests : IDisposable
{
    private readonly ScriptFolder folder = new();

    public void Dispose() => folder.Dispose();

    // Three ranks at two rates, and a partner for each rate; two architectures and their partners, with three seeds.
    [Theory]
    [InlineData("sweep-language.md", 8)]
    [InlineData("architectures.md", 12)]
    public async Task The_example_of_the_documentation_plans(string name, int cells)
    {
        var text = await File.ReadAllTextAsync(Repository.PathOf("docs", name));
        var script = Assert.Single(CSharp().Matches(text)).Groups[1].Value;
        var plan = await folder.PlanAsync(script, "--quick");
        Assert.Equal(cells, plan.Cells.Count);
    }

    [Fact]
    public async Task The_searches_of_the_documentation_plan()
    {
        var text = await File.ReadAllTextAsync(Repository.PathOf("docs", "search.md"));
        using var script = await folder.LoadAsync(Assert.Single(CSharp().Matches(text)).Groups[1].Value);
        var plans = script.Sweeps.Select(sweep => SweepPlanner.Plan(sweep, script.Folder)).ToList();
        Assert.Equal([24, 24, 24], plans.Select(plan => plan.Search!.Trials));
        Assert.All(
            plans,
            plan => Assert.Equal("Optimizer.LearningRate: 0.0003 to 0.1, by ratios", plan.Search!.Axes[0])
        );
    }

    [Fact]
    public async Task The_probes_document_has_every_target_and_every_function()
    {
        var text = await File.ReadAllTextAsync(Repository.PathOf("docs", "probes.md"));
        foreach (var target in Enum.GetValues<ProbeTarget>())
            Assert.Contains($"\n| `{target}` | `{SnakeCase.Of(target)}` | ", text, StringComparison.Ordinal);
        foreach (var metric in Enum.GetValues<ProbeMetric>().Where(metric => metric != ProbeMetric.Script))
            Assert.Contains($"`{metric}(", text, StringComparison.Ordinal);
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharp();
}
