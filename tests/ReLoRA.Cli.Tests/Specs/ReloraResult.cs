namespace ReLoRA.Cli.Tests.Specs;

/// <summary>How a command ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Errors">Its standard error.</param>
internal sealed record ReloraResult(int ExitCode, string Output, string Errors)
{
    /// <summary>Asserts a user's fault: exit code 2, the message, and no stack.</summary>
    public void ShouldBeFault(params string[] parts)
    {
        Assert.True(ExitCode == 2, ToString());
        foreach (var part in parts)
            Assert.Contains(part, Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", Errors, StringComparison.Ordinal);
    }

    public void ShouldSucceed() => Assert.True(ExitCode == 0, ToString());
}
