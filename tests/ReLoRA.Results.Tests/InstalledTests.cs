using ReLoRA.Testing;

namespace ReLoRA.Results.Tests;

public sealed class InstalledTests
{
    [Fact]
    public void What_CI_could_have_installed_fails_there_and_is_skipped_elsewhere()
    {
        Assert.IsType<Xunit.Sdk.FalseException>(Thrown("no Slurm", "true", isRoot: true));
        Assert.IsType<Xunit.Sdk.SkipException>(Thrown("no Slurm", "true", isRoot: false));
        Assert.IsType<Xunit.Sdk.SkipException>(Thrown("no Slurm", null, isRoot: true));
        Assert.Null(Thrown(null, "true", isRoot: true));
    }

    // Assert.Throws lets a skip through.
    private static Exception? Thrown(string? missing, string? ci, bool isRoot)
    {
        try
        {
            Installed.Require(missing, ci, isRoot);
            return null;
        }
        catch (Exception thrown) when (thrown is Xunit.Sdk.FalseException or Xunit.Sdk.SkipException)
        {
            return thrown;
        }
    }
}
