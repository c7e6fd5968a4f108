using System.Text.RegularExpressions;
using ReLoRA.Testing;

namespace ReLoRA.Scripting.Tests.Language;

public sealed partial class DocumentationTests : IDisposable
{
    private readonly ScriptFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_example_of_the_documentation_plans()
    {
        var text = await File.ReadAllTextAsync(Repository.PathOf("docs", "sweep-language.md"));
        var script = Assert.Single(CSharp().Matches(text)).Groups[1].Value;
        var plan = await folder.PlanAsync(script, "--quick");
        // Three ranks at two rates, and a partner for each rate.
        Assert.Equal(8, plan.Cells.Count);
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharp();
}
