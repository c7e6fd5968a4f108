using System.Buffers.Binary;
using System.IO.Compression;
using ReLoRA.Core.Pickle;
using ReLoRA.Testing;

namespace ReLoRA.Core.Tests.Pickle;

public sealed class TorchArchiveTests : IDisposable
{
    private static readonly byte[] OneFloat = PickleText.One("FloatStorage", 1, 0, [], []);

    private readonly TemporaryFolder folder = new();

    private string Path => folder.File("file.pt");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_file_that_is_no_archive_is_told_apart()
    {
        ShouldBe(PickleFault.Missing, "Check the path");
        Directory.CreateDirectory(Path);
        ShouldBe(PickleFault.Unreadable, "cannot be read");
        Directory.Delete(Path);
        ShouldBe(PickleFault.NoArchive, "torch.save", []);
        ShouldBe(PickleFault.NoArchive, "torch.save", TorchZip.Ascii("PK"));
        ShouldBe(PickleFault.NoArchive, "torch.save", TorchZip.Ascii("{\"a\": 1}"));
        ShouldBe(PickleFault.Archive, "cut off", TorchZip.Ascii("PK\u0003\u0004"));
        ShouldBe(PickleFault.Legacy, "1.6", [0x80, 2, (byte)'}', (byte)'.']);
    }

    [Fact]
    public void A_file_that_is_cut_anywhere_is_refused()
    {
        var whole = File.ReadAllBytes(TorchFixture.PathOf("parameters.pt"));
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(Path, whole[..length]);
            Assert.Throws<PickleException>(Open);
        }
    }

    [Theory]
    [InlineData("big", "big")]
    [InlineData("LITTLE", "LITTLE")]
    [InlineData("", "byte order")]
    [InlineData("little or so it is said", "longer")]
    public void Another_byte_order_is_refused(string order, string says)
    {
        TorchZip.Write(Path, OneFloat, ("byteorder", TorchZip.Ascii(order)), ("data/0", new byte[4]));

        ShouldBe(PickleFault.ByteOrder, says);
    }

    [Fact]
    public void An_entry_that_is_missing_or_there_twice_is_refused()
    {
        TorchZip.Write(Path, OneFloat);
        ShouldBe(PickleFault.Entry, "archive/data/0 is missing");
        TorchZip.Write(Path, OneFloat, ("data/0", new byte[4]), ("data/0", new byte[4]));
        ShouldBe(PickleFault.Entry, "archive/data/0 stands twice");
        TorchZip.WriteEntries(Path, [("data.pkl", OneFloat)]);
        ShouldBe(PickleFault.Entry, "0 entries");
        TorchZip.WriteEntries(Path, [("a/data.pkl", OneFloat), ("b/data.pkl", OneFloat)]);
        ShouldBe(PickleFault.Entry, "2 entries");
    }

    [Fact]
    public void A_name_that_leads_elsewhere_is_only_compared()
    {
        TorchZip.WriteEntries(
            Path,
            [("../data.pkl", Pickle("../../secret")), ("../data/../../secret", BitConverter.GetBytes(1f))]
        );

        using var scope = TorchSharp.torch.NewDisposeScope();
        using var file = TorchFile.Open(Path);
        Assert.Equal(1f, file.Load("a").item<float>());
        TorchZip.Write(Path, Pickle("/etc/passwd"));
        ShouldBe(PickleFault.Entry, "archive/data//etc/passwd is missing");

        static byte[] Pickle(string key) =>
            PickleText.Protocol2.Letters("}").Text("a").Tensor("FloatStorage", key, 1, 0, [], []).Letters("s.").Bytes;
    }

    [Fact]
    public void Compressed_entries_are_refused_unread()
    {
        // A bomb: a thousandth of its length.
        TorchZip.WriteEntries(
            Path,
            [("archive/data.pkl", OneFloat), ("archive/data/0", new byte[10 << 20])],
            CompressionLevel.Optimal
        );
        ShouldBe(PickleFault.Entry, "neither compressed nor encrypted");
    }

    [Fact]
    public void A_length_that_an_entry_only_claims_takes_no_memory()
    {
        // Both lengths in the directory, as a storage of 2 GB in a file of 500 bytes.
        TorchZip.Write(Path, PickleText.One("ByteStorage", 2_000_000_000, 0, [4], [1]), ("data/0", new byte[4]));
        var bytes = File.ReadAllBytes(Path);
        var at = bytes.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at + 20), 2_000_000_000);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at + 24), 2_000_000_000);
        ShouldBe(PickleFault.Entry, "2000000000 bytes", bytes);
    }

    [Fact]
    public void A_pickle_beyond_its_limit_is_refused_unread()
    {
        TorchZip.Write(Path, new byte[PickleLimits.PickleBytes + 1]);
        ShouldBe(PickleFault.TooLarge, "its pickle has 8388609 bytes; allowed: 8388608");
    }

    [Fact]
    public void A_directory_beyond_its_limit_is_refused_unread()
    {
        TorchZip.Write(Path, OneFloat, ("data/0", new byte[4]));
        var bytes = File.ReadAllBytes(Path).ToList();
        var end = bytes.Count - 22;
        // The end now lies 5 MiB after the directory's begin.
        bytes.InsertRange(end, new byte[5 << 20]);
        ShouldBe(PickleFault.Archive, "its directory begins at", [.. bytes]);
    }

    [Fact]
    public void A_record_of_large_archives_that_is_not_there_is_refused()
    {
        TorchZip.Write(Path, OneFloat, ("data/0", new byte[4]));
        var bytes = File.ReadAllBytes(Path);
        bytes.AsSpan(bytes.Length - 6, 4).Fill(0xff);
        ShouldBe(PickleFault.Archive, "record that is not there", bytes);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, "its directory begins at")]
    [InlineData(2, "record that is not there")]
    public void The_record_of_large_archives_is_followed(int wrong, string? says)
    {
        TorchZip.Write(Path, OneFloat, ("data/0", BitConverter.GetBytes(2f)));
        var bytes = File.ReadAllBytes(Path);
        var end = bytes.AsSpan(bytes.Length - 22);
        var (directory, length) = (BinaryPrimitives.ReadInt32LittleEndian(end[16..]), bytes.Length - 22);
        byte[] large = [.. "PK\u0006\u0006"u8, 44, .. new byte[51]];
        large[12] = large[14] = 45;
        large[24] = large[32] = 2;
        BinaryPrimitives.WriteInt64LittleEndian(large.AsSpan(40), length - directory);
        BinaryPrimitives.WriteInt64LittleEndian(large.AsSpan(48), wrong == 1 ? 1L << 40 : directory);
        byte[] locator = [.. "PK\u0006\u0007"u8, .. new byte[16]];
        BinaryPrimitives.WriteInt64LittleEndian(locator.AsSpan(8), wrong == 2 ? length + 1 : length);
        locator[16] = 1;
        end[16..20].Fill(0xff);
        byte[] whole = [.. bytes[..length], .. large, .. locator, .. end];

        if (says is not null)
        {
            ShouldBe(PickleFault.Archive, says, whole);
            return;
        }
        File.WriteAllBytes(Path, whole);
        using var scope = TorchSharp.torch.NewDisposeScope();
        using var file = TorchFile.Open(Path);
        Assert.Equal(2f, file.Load("a").item<float>());
    }

    [Fact]
    public void A_file_stays_as_it_is_and_can_be_read_by_others_meanwhile()
    {
        TorchZip.Write(Path, OneFloat, ("data/0", new byte[4]));
        File.SetAttributes(Path, FileAttributes.ReadOnly);
        var before = File.ReadAllBytes(Path);
        using (TorchFile.Open(Path))
        using (TorchFile.Open(Path))
            Assert.Equal(before, File.ReadAllBytes(Path));
        File.SetAttributes(Path, FileAttributes.Normal);
    }

    private void ShouldBe(PickleFault fault, string says, byte[]? content = null)
    {
        if (content is not null)
            File.WriteAllBytes(Path, content);
        var exception = Assert.Throws<PickleException>(Open);
        Assert.True(fault == exception.Fault, $"{exception.Fault}: {exception.Message}");
        Assert.StartsWith($"{Path} is refused: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(says, exception.Message, StringComparison.Ordinal);
    }

    private void Open() => TorchFile.Open(Path).Dispose();
}
