using Xunit;

namespace ReLoRA.Testing;

/// <summary>What CI installs and a developer may lack: without it a test is skipped, but fails in CI, where nobody would see that it was not run.</summary>
public static class Installed
{
    /// <summary>Goes on where nothing is missing. CI can install only where it runs as root.</summary>
    /// <param name="missing">What is missing; null where nothing is.</param>
    public static void Require(string? missing) =>
        Require(
            missing,
            Environment.GetEnvironmentVariable("CI"),
            OperatingSystem.IsLinux() && Environment.UserName == "root"
        );

    /// <summary>The same.</summary>
    /// <param name="missing">What is missing; null where nothing is.</param>
    /// <param name="ci">The variable CI of the environment.</param>
    /// <param name="isRoot">Whether packages could have been installed.</param>
    public static void Require(string? missing, string? ci, bool isRoot)
    {
        Assert.False(missing is not null && ci == "true" && isRoot, missing);
        Assert.SkipWhen(missing is not null, missing ?? "");
    }
}
