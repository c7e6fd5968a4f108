using ReLoRA.Data.Inspection;
using ReLoRA.Data.Tests.Support;
using ReLoRA.Testing;

namespace ReLoRA.Data.Tests.Inspection;

public sealed class DatasetVerificationTests
{
    [Fact]
    public void A_sound_dataset_passes()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(7, DatasetVerification.Verify(SmallData.Write(folder, [3, 4])).Rows);
    }

    [Fact]
    public void Any_changed_byte_is_found()
    {
        using var folder = new TemporaryFolder();
        SmallData.Write(folder, [3]);
        var path = folder.File("tokens-00000.arrow");
        var whole = File.ReadAllBytes(path);
        for (var at = 0; at < whole.Length; at++)
        {
            var changed = (byte[])whole.Clone();
            changed[at] ^= 0x10;
            File.WriteAllBytes(path, changed);
            Assert.Throws<DataException>(() => DatasetVerification.Verify(folder.Path));
        }
    }

    [Fact]
    public void Another_tokenizer_is_found()
    {
        using var folder = new TemporaryFolder();
        using var other = new TemporaryFolder();
        File.WriteAllText(other.File("tokenizer.json"), "{}");
        SmallData.Write(folder, [3]);
        var fault = Assert.Throws<DataException>(() =>
            DatasetVerification.Verify(folder.Path, other.File("tokenizer.json"))
        );
        Assert.Equal(DataFault.Mismatch, fault.Fault);
    }
}
