using Xunit;

namespace ReLoRA.Testing;

/// <summary>Reference data that lies beside some checkouts and not beside others. Tests that need it are skipped without it.</summary>
public static class SharedData
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared"));

    /// <summary>The path of a file or folder of the reference data; skips the running test where it is not there.</summary>
    public static string Require(params string[] parts)
    {
        var path = Path.Combine([Root, .. parts]);
        if (!Path.Exists(path))
            Assert.Skip($"../shared/{string.Join('/', parts)} is not here");
        return path;
    }
}
