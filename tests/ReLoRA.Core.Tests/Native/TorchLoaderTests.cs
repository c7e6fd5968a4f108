using ReLoRA.Core.Native;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Native;

public sealed class TorchLoaderTests
{
    [Fact]
    public void TorchSharp_loads_without_libtorch_in_the_output_folder()
    {
        using var sum = ones(3).sum();

        Assert.Equal(3, sum.item<float>());
        Assert.Null(TorchLoader.Report.Fault);
        Assert.False(File.Exists(Path.Combine(AppContext.BaseDirectory, "libtorch_cpu.so")));
    }

    [Fact]
    public void Preparing_twice_gives_the_same_folder() => Assert.Same(TorchLoader.Ensure(), TorchLoader.Ensure());

    [Fact]
    public void A_file_that_is_no_library_is_refused()
    {
        var fault = Assert.Throws<InvalidDataException>(() => new ElfSymbols(new byte[100]));

        Assert.Contains("not a 64-bit little-endian ELF file", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rebinding_leaves_no_symbol_of_the_versions_it_removes()
    {
        var shim = File.ReadAllBytes(TorchLoader.Report.ShimPath!);

        var rebound = ShimRebinding.Apply(shim);

        Assert.True(rebound > 0);
        Assert.DoesNotContain(
            new ElfSymbols(shim).NeededVersions.Keys,
            key => key is "GLIBCXX_3.4.32" or "GLIBCXX_3.4.30"
        );
        Assert.Equal(0, ShimRebinding.Apply(shim));
    }
}
