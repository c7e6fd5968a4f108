using ReLoRA.Results.Log;
using ReLoRA.Results.Tests.Log;
using ReLoRA.Testing;

namespace ReLoRA.Results.Tests.Readers;

/// <summary>The readers in Python and R find the same records and the same damages in damaged logs as the one here.</summary>
[Trait("Category", "Slow")]
public sealed class DamagedLogsTests : IDisposable
{
    private const int Logs = 400;
    private readonly TemporaryFolder folder = new();

    public DamagedLogsTests()
    {
        var mutations = new LogMutations(seed: 3);
        for (var i = 0; i < Logs; i++)
            Add($"{i:000}", mutations.Draw());
        Add("whole", mutations.Whole.Bytes);
        Add("next", mutations.Next.Bytes);
        Add("empty", []);
        Add("later", LaterKeys.Of(RunLogReader.Read(mutations.Whole.Bytes)));
        // Bytes as they were written, of records that are none.
        byte[] wrong =
        [
            .. LogFiles.Map(("kind", "step"), ("step", 1)),
            7,
            .. LogFiles.Map(("kind", "note"), ("text", 1.5)),
            .. LogFiles.Map(("kind", "later"), ("large", ulong.MaxValue), ("small", long.MinValue), ("gone", null)),
            .. LogFiles.Encode(SampleRecords.Step(2)),
        ];
        Add("wrong", [.. wrong, .. LogFiles.Checksum(0, wrong)]);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Python_reads_them_alike()
    {
        ForeignReader.SkipWithoutPython();
        ForeignReader.RunPython(ForeignReader.Script("answer.py"), folder.Path);
        AssertAlike("python");
    }

    [Fact]
    public void R_reads_them_alike()
    {
        ForeignReader.SkipWithoutR();
        ForeignReader.RunR(ForeignReader.Script("answer.R"), ForeignReader.RSource, folder.Path);
        AssertAlike("r");
    }

    private void Add(string name, byte[] bytes)
    {
        File.WriteAllBytes(folder.File($"{name}.msgpack"), bytes);
        File.WriteAllText(folder.File($"{name}.expected"), LogAnswer.Of(bytes));
    }

    private void AssertAlike(string language)
    {
        var expected = Directory.GetFiles(folder.Path, "*.expected").Order(StringComparer.Ordinal).ToList();
        Assert.Equal(Logs + 5, expected.Count);
        Assert.All(
            expected,
            path =>
                Assert.Equal(
                    $"{Path.GetFileName(path)}\n{File.ReadAllText(path)}",
                    $"{Path.GetFileName(path)}\n{File.ReadAllText(Path.ChangeExtension(path, language))}"
                )
        );
    }
}
