using System.Security.Cryptography;
using System.Text;
using ReLoRA.Core.Configuration;
using ReLoRA.Testing;

namespace ReLoRA.Core.Tests.Configuration;

public sealed class DatasetHashesTests
{
    [Fact]
    public void A_dataset_is_named_by_the_hash_of_its_manifest()
    {
        using var folder = new TemporaryFolder();
        Dataset(folder, "a", "{}");
        Assert.Equal(Hex("{}"), DatasetHashes.OfManifest(folder.File("a")));
    }

    [Fact]
    public void An_evaluation_folder_is_named_by_its_domains_in_order()
    {
        using var folder = new TemporaryFolder();
        Dataset(folder, "b", "second");
        Dataset(folder, "a", "first");
        Directory.CreateDirectory(folder.File("no-dataset"));
        Assert.Equal(["a", "b"], DatasetHashes.Domains(folder.Path));
        Assert.Equal(Hex($"a\t{Hex("first")}\nb\t{Hex("second")}\n"), DatasetHashes.OfDomains(folder.Path));
    }

    [Fact]
    public void The_order_in_which_domains_are_given_makes_no_difference() =>
        Assert.Equal(
            DatasetHashes.OfDomains([("a", "1"), ("b", "2")]),
            DatasetHashes.OfDomains([("b", "2"), ("a", "1")])
        );

    private static void Dataset(TemporaryFolder folder, string name, string manifest)
    {
        Directory.CreateDirectory(folder.File(name));
        File.WriteAllText(folder.File(name, "manifest.json"), manifest);
    }

    private static string Hex(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
