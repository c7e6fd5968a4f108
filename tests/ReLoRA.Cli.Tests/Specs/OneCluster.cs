namespace ReLoRA.Cli.Tests.Specs;

/// <summary>The collection of tests that start a cluster: one after the other, since clusters share ports, and beside all others.</summary>
[CollectionDefinition(Collection)]
public sealed class OneCluster
{
    internal const string Collection = "one cluster";
}
