using System.Text.RegularExpressions;
using ReLoRA.Testing;

namespace ReLoRA.Cli.Tests;

/// <summary>The commands of the README are run by .ci/run; here the rest of it is held to what stands in the repository.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Repository.PathOf("README.md"));

    [Fact]
    public void The_script_it_explains_is_the_quickstart()
    {
        var explained = Code(CSharpBlock().Match(Readme).Groups[1].Value);
        var shipped = Code(File.ReadAllText(Repository.PathOf("sweeps", "quickstart.csx")));

        Assert.Equal(shipped, explained);
    }

    [Fact]
    public void Every_file_it_links_to_is_there()
    {
        var targets = Link().Matches(Readme).Select(match => match.Groups[1].Value).ToList();

        Assert.NotEmpty(targets);
        Assert.All(targets, target => Assert.True(Exists(target), target));
    }

    [Fact]
    public void The_first_command_is_on_the_first_screen()
    {
        var lines = Readme.Split('\n');

        Assert.InRange(Array.FindIndex(lines, line => line.StartsWith("dotnet run", StringComparison.Ordinal)), 1, 34);
        Assert.InRange(lines.Length, 1, 250);
    }

    /// <summary>The file, and the heading that a link into it names.</summary>
    private static bool Exists(string target)
    {
        var (file, heading) = target.Split('#') is [var path, var name] ? (path, name) : (target, "");
        return heading.Length == 0
            ? Path.Exists(Repository.PathOf(file))
            : File.ReadLines(Repository.PathOf(file))
                .Any(line =>
                    line.StartsWith('#') && line.TrimStart('#', ' ').ToLowerInvariant().Replace(' ', '-') == heading
                );
    }

    private static List<string> Code(string text) =>
        [.. text.Split('\n').Select(line => Comment().Replace(line, "").TrimEnd()).Where(line => line.Length > 0)];

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();

    [GeneratedRegex(@"\]\(((?!http|#)[^)]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("\\s*//.*$")]
    private static partial Regex Comment();
}
