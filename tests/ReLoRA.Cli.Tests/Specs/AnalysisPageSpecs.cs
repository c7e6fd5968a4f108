using System.Text.RegularExpressions;
using ReLoRA.Testing;

namespace ReLoRA.Cli.Tests.Specs;

/// <summary>The examples of docs/analysis.md: the page shows the files as they are, and they print what it shows.</summary>
[Trait("Category", "Slow")]
public sealed partial class AnalysisPageSpecs : IDisposable
{
    private static readonly string Examples = Repository.PathOf("docs", "examples");
    private static readonly string Page = File.ReadAllText(Repository.PathOf("docs", "analysis.md"));

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("small.csx", "csharp")]
    [InlineData("gap.fsx", "fsharp")]
    [InlineData("next.csx", "csharp")]
    [InlineData("speed.cs", "csharp")]
    public void The_page_shows_the_example_as_it_is(string file, string language) =>
        Assert.Contains(
            $"```{language}\n{File.ReadAllText(Path.Combine(Examples, file))}```",
            Page,
            StringComparison.Ordinal
        );

    [Fact]
    public void The_examples_print_what_the_page_shows()
    {
        var runs = folder.File("runs");
        Relora.Run(folder, "run", Example("small.csx"), "--runs", runs).ShouldSucceed();

        Assert.Equal(Shown("gap"), Shape(DotNet.Run("fsi", Example("gap.fsx"), runs, "small", "0.02")));
        Assert.Equal(Shown("speed"), Shape(DotNet.Run("run", Example("speed.cs"), "--", runs, "small", "8.6")));
        // What a script writes is not the command's output: it goes beside the errors.
        var next = Relora.Run(folder, "check", Example("next.csx"), "--", runs, "small");
        next.ShouldSucceed();
        Assert.Equal(Shown("next"), Shape(WithoutNotes(next.Errors) + next.Output));
    }

    /// <summary>Without what a slow machine is told about a script that takes its time.</summary>
    private static string WithoutNotes(string errors) =>
        string.Join('\n', errors.Split('\n').Where(line => !line.StartsWith("note: ", StringComparison.Ordinal)));

    private static string Example(string file) => Path.Combine(Examples, file);

    /// <summary>The block of text that follows the comment with this name.</summary>
    private static string Shown(string name) =>
        Shape(Regex.Match(Page, $"<!-- {name} -->\n```text\n(.*?)```", RegexOptions.Singleline).Groups[1].Value);

    /// <summary>Machines round differently and clocks differ: the words and their order are compared, and the place of numbers.</summary>
    private static string Shape(string text) => Number().Replace(text, "#").Trim();

    [GeneratedRegex(@"[-+]?\d+(\.\d+)?")]
    private static partial Regex Number();
}
