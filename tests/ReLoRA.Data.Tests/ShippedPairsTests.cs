using System.Diagnostics;
using System.Text.Json;
using ReLoRA.Testing;

namespace ReLoRA.Data.Tests;

/// <summary>What lies in datasets/english/pairs.</summary>
public sealed class ShippedPairsTests
{
    private const string Python = "/usr/bin/python3";
    private static readonly string Folder = Repository.PathOf("datasets", "english", "pairs");

    private static readonly string[] Keys =
    [
        "sentence_good",
        "sentence_bad",
        "field",
        "linguistics_term",
        "UID",
        "simple_LM_method",
        "one_prefix_method",
        "two_prefix_method",
        "lexically_identical",
        "pairID",
    ];

    [Fact]
    public void Each_of_at_least_eight_phenomena_has_a_hundred_different_pairs_in_the_schema_of_BLiMP()
    {
        var files = Directory.GetFiles(Folder);
        Assert.True(files.Length >= 8);
        foreach (var file in files)
        {
            var lines = File.ReadAllLines(file);
            Assert.Equal(100, lines.Length);
            var texts = new HashSet<(string, string)>();
            for (var i = 0; i < lines.Length; i++)
            {
                using var json = JsonDocument.Parse(lines[i]);
                var pair = json.RootElement;
                Assert.Equal(Keys, pair.EnumerateObject().Select(property => property.Name));
                Assert.Equal(Path.GetFileNameWithoutExtension(file), pair.GetProperty("UID").GetString());
                Assert.Equal($"{i}", pair.GetProperty("pairID").GetString());
                var (good, bad) = (Text(pair, "sentence_good"), Text(pair, "sentence_bad"));
                Assert.NotEqual(good, bad);
                Assert.True(texts.Add((good, bad)), good);
            }
        }
    }

    [Fact]
    public void The_generator_gives_the_shipped_files_byte_for_byte()
    {
        if (!File.Exists(Python))
            Assert.Skip($"{Python} is not here");
        using var folder = new TemporaryFolder();
        var start = new ProcessStartInfo(Python, [Repository.PathOf("tools", "pairs", "make_pairs.py"), folder.Path])
        {
            RedirectStandardError = true,
            Environment = { ["PYTHONDONTWRITEBYTECODE"] = "1" },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output);
        Assert.Equal(Contents(Folder), Contents(folder.Path));
    }

    private static IEnumerable<(string, string)> Contents(string folder) =>
        Directory
            .GetFiles(folder)
            .Order(StringComparer.Ordinal)
            .Select(file => (Path.GetFileName(file), DataFiles.Sha256(file)));

    private static string Text(JsonElement pair, string key) => pair.GetProperty(key).GetString()!;
}
