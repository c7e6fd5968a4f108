using ReLoRA.Data.Converting;
using ReLoRA.Data.Shards;
using ReLoRA.Data.Tests.Support;
using ReLoRA.Testing;

namespace ReLoRA.Data.Tests.Converting;

/// <summary>Conversions into the folder <c>out</c> of a temporary folder.</summary>
internal static class Conversion
{
    public static IdOrigin Origin { get; } = new() { VocabularySize = SmallData.Vocabulary, EndOfText = "0" };

    public static ConvertOptions Options(TemporaryFolder folder, params string[] inputs) =>
        new()
        {
            Inputs = [.. inputs.Select(input => Path.Combine(folder.Path, input))],
            Output = folder.File("out"),
            Origin = Origin,
            Threads = 2,
        };

    public static DatasetManifest Run(TemporaryFolder folder, params string[] inputs) =>
        DatasetConverter.Convert(Options(folder, inputs), cancellation: TestContext.Current.CancellationToken);

    /// <summary>Asserts a typed fault with some words, and that nothing is left that looks whole.</summary>
    public static void RequireFault(ConvertOptions options, DataFault expected, params string[] named)
    {
        var fault = Assert.Throws<DataException>(() => DatasetConverter.Convert(options));
        Assert.Equal(expected, fault.Fault);
        foreach (var name in named)
            Assert.Contains(name, fault.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(options.Output, DatasetManifest.FileName)));
        Assert.False(Directory.Exists(options.Output) && Directory.EnumerateFiles(options.Output, "*.partial").Any());
    }

    public static void RequireFault(TemporaryFolder folder, string input, DataFault expected, params string[] named) =>
        RequireFault(Options(folder, input), expected, [input, .. named]);

    /// <summary>The bytes of every file of a dataset.</summary>
    public static SortedDictionary<string, byte[]> Bytes(string folder) =>
        new(
            Directory.EnumerateFiles(folder).ToDictionary(file => Path.GetFileName(file), File.ReadAllBytes),
            StringComparer.Ordinal
        );
}
