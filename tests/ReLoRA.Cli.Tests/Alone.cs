namespace ReLoRA.Cli.Tests;

/// <summary>The collection of tests that take what there is one of, a range of ports, and so run beside no other.</summary>
[CollectionDefinition(Collection, DisableParallelization = true)]
public sealed class Alone
{
    internal const string Collection = "alone";
}
