namespace ReLoRA.Cli.Tests;

/// <summary>The collection of tests that measure the whole process, and so run beside no other.</summary>
[CollectionDefinition(Collection, DisableParallelization = true)]
public sealed class Alone
{
    internal const string Collection = "alone";
}
