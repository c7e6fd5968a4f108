using ReLoRA.Testing;

namespace ReLoRA.Results.Tests.Readers;

public sealed class ReaderSchemaTests
{
    [Theory]
    [InlineData("python", "relora_log.py")]
    [InlineData("r", "relora_log.R")]
    public void The_readers_in_other_languages_ask_of_records_what_the_types_here_ask(string folder, string file)
    {
        var text = File.ReadAllText(Repository.PathOf("tools", folder, file)).ReplaceLineEndings("\n");
        var found = text.Split('\n')
            .SkipWhile(line => !line.StartsWith("run format:", StringComparison.Ordinal))
            .TakeWhile(line => line.Contains(' ', StringComparison.Ordinal));
        var expected = ReaderSchema
            .Of()
            .Select(kind =>
                $"{kind.Key} {string.Join(' ', kind.Value.Select(key => $"{key.Key}:{key.Value}").Order())}"
            );
        Assert.Equal(expected.Order(), found.Select(Sorted).Order());
    }

    private static string Sorted(string line)
    {
        var parts = line.Split(' ');
        return $"{parts[0]} {string.Join(' ', parts[1..].Order())}";
    }
}
