namespace ReLoRA.Core.Tests;

/// <summary>
/// The collection of tests that train: dropout draws from libtorch's default generator, which is the process's, so they run one
/// after another.
/// </summary>
internal static class DefaultGenerator
{
    public const string Collection = "default generator";
}
