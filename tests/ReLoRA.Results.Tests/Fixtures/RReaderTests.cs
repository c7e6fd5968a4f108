using ReLoRA.Results.Tests.Readers;

namespace ReLoRA.Results.Tests.Fixtures;

[Trait("Category", "Slow")]
public sealed class RReaderTests
{
    [Fact]
    public void The_R_reader_passes_its_tests()
    {
        ForeignReader.SkipWithoutR();
        ForeignReader.RunR("test_relora_log.R");
    }
}
