using System.Runtime.Versioning;
using ReLoRA.Scripting.Hosting;
using ReLoRA.Testing;

namespace ReLoRA.Cli.Tests.Specs;

[Trait("Category", "Slow")]
public sealed class ScriptCacheSpecs : IDisposable
{
    private const string Script = """
        #load "lib.csx"
        Console.Error.WriteLine($"compiler: {AppDomain.CurrentDomain.GetAssemblies().Any(one => one.GetName().Name.StartsWith("Microsoft.CodeAnalysis"))}");
        Console.Error.WriteLine($"libtorch: {System.IO.File.ReadAllText("/proc/self/maps").Contains("libtorch_cpu")}");
        Sweep(Named() + args.Count, Presets.Nano with { Seed = 3 });
        """;

    private readonly TemporaryFolder folder = new();

    public ScriptCacheSpecs()
    {
        Directory.CreateSymbolicLink(folder.File("datasets"), Repository.PathOf("datasets"));
        File.WriteAllText(folder.File("sweep.csx"), Script);
        File.WriteAllText(folder.File("lib.csx"), "string Named() => \"first\";");
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_script_that_was_compiled_before_starts_without_the_compiler()
    {
        var first = Check();
        Assert.Contains("compiler: True", first.Errors, StringComparison.Ordinal);
        Assert.StartsWith("first0: sound", first.Output, StringComparison.Ordinal);

        var second = Check("--", "one", "two");
        Assert.Contains("compiler: False", second.Errors, StringComparison.Ordinal);
        Assert.Contains("libtorch: False", second.Errors, StringComparison.Ordinal);
        Assert.StartsWith("first2: sound", second.Output, StringComparison.Ordinal);

        File.WriteAllText(folder.File("lib.csx"), "string Named() => \"later\";");
        var third = Check();
        Assert.Contains("compiler: True", third.Errors, StringComparison.Ordinal);
        Assert.StartsWith("later0: sound", third.Output, StringComparison.Ordinal);

        Assert.Contains("compiler: True", Check("--no-cache").Errors, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(folder.File("cache", "relora-scripting", "scripts")));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_cache_that_everybody_can_write_is_not_used_and_I_am_told()
    {
        Directory.CreateDirectory(folder.File("cache"));
        File.SetUnixFileMode(folder.File("cache"), (UnixFileMode)0b111_111_111);

        var result = Check();

        Assert.Contains(
            "note: compiled scripts are not kept, since everybody may write",
            result.Errors,
            StringComparison.Ordinal
        );
        Assert.Empty(Directory.GetFiles(folder.File("cache"), "*.script", SearchOption.AllDirectories));
    }

    private ReloraResult Check(params string[] arguments)
    {
        using var command = Relora.Start(
            folder,
            new Dictionary<string, string>
            {
                [ScriptHostOptions.CacheVariable] = "on",
                ["XDG_CACHE_HOME"] = folder.File("cache"),
            },
            ["check", "sweep.csx", .. arguments]
        );
        var result = command.Wait();
        result.ShouldSucceed();
        return result;
    }
}
