using ReLoRA.Results.Tests.Readers;

namespace ReLoRA.Results.Tests.Fixtures;

[Trait("Category", "Slow")]
public sealed class PythonReaderTests
{
    [Fact]
    public void The_python_reader_passes_its_tests()
    {
        ForeignReader.SkipWithoutPython();
        ForeignReader.RunPython("-m", "unittest", "test_relora_log");
    }
}
