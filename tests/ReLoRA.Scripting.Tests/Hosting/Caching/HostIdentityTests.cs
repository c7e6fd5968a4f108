using ReLoRA.Scripting.Hosting.Caching;
using ReLoRA.Testing;

namespace ReLoRA.Scripting.Tests.Hosting.Caching;

public sealed class HostIdentityTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public HostIdentityTests()
    {
        File.WriteAllText(folder.File("compiler.dll"), "one");
        File.WriteAllText(folder.File("readme.txt"), "one");
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void It_stays_the_same_while_the_assemblies_do()
    {
        var before = HostIdentity.Of(folder.Path);
        File.WriteAllText(folder.File("readme.txt"), "another text");

        Assert.Equal(before, HostIdentity.Of(folder.Path));
    }

    [Fact]
    public void A_replaced_assembly_makes_another_host()
    {
        var before = HostIdentity.Of(folder.Path);
        var time = File.GetLastWriteTimeUtc(folder.File("compiler.dll"));
        File.WriteAllText(folder.File("compiler.dll"), "two");
        File.SetLastWriteTimeUtc(folder.File("compiler.dll"), time.AddSeconds(1));

        Assert.NotEqual(before, HostIdentity.Of(folder.Path));
    }

    [Fact]
    public void A_further_assembly_makes_another_host()
    {
        var before = HostIdentity.Of(folder.Path);
        File.WriteAllText(folder.File("more.dll"), "");

        Assert.NotEqual(before, HostIdentity.Of(folder.Path));
    }
}
