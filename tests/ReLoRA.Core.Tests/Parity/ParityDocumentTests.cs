using System.Reflection;
using ReLoRA.Testing;

namespace ReLoRA.Core.Tests.Parity;

public sealed class ParityDocumentTests
{
    private static readonly string Document = File.ReadAllText(Repository.PathOf("docs", "parity.md"));

    [Fact]
    public void Every_recorded_file_is_in_the_document_and_no_comparison_is_missing()
    {
        Assert.All(
            RecordedEntries.Files.Where(file => RecordedEntries.Of(file).Count > 0),
            file => Assert.Contains($"### {file}\n", Document, StringComparison.Ordinal)
        );
        Assert.DoesNotContain(Uncompared.NoReason, Document, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_test_that_the_document_names_exists()
    {
        var tests = typeof(ParityDocumentTests)
            .Assembly.GetTypes()
            .SelectMany(type =>
                type.GetMethods(BindingFlags.Public | BindingFlags.Instance)
                    .Select(method => $"{type.Name}.{method.Name}")
            )
            .ToHashSet(StringComparer.Ordinal);
        var named = Document
            .Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|'))
            // Shorter ones hold what ours returns in place of a figure.
            .Where(cells => cells.Length == ParityLine.Header.Split('\n')[1].Split('|').Length)
            .Select(cells => cells[^2].Trim())
            .ToList();

        Assert.NotEmpty(named);
        Assert.All(named, test => Assert.Contains(test, tests));
    }
}
