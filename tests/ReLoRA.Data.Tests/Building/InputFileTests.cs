using ReLoRA.Data.Building;
using ReLoRA.Testing;

namespace ReLoRA.Data.Tests.Building;

public sealed class InputFileTests
{
    [Fact]
    public void A_folder_stands_for_its_text_files_in_the_order_of_their_names()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("b"));
        foreach (var name in new[] { "c.txt", "b/a.jsonl", "a.jsonl.gz", "readme.md" })
            File.WriteAllText(folder.File(name), "");
        Assert.Equal(["a.jsonl.gz", "b/a.jsonl", "c.txt"], InputFile.Find([folder.Path]).Select(file => file.Name));
    }

    [Fact]
    public void Files_come_in_the_order_given()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in new[] { "b.txt", "a.txt" })
            File.WriteAllText(folder.File(name), "");
        Assert.Equal(
            ["b.txt", "a.txt"],
            InputFile.Find([folder.File("b.txt"), folder.File("a.txt")]).Select(file => file.Name)
        );
    }

    [Fact]
    public void Faults_name_the_path()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("a.pdf"), "");
        Directory.CreateDirectory(folder.File("one"));
        Directory.CreateDirectory(folder.File("two"));
        RequireFault(DataFault.Missing, "no/such", ["no/such"]);
        RequireFault(DataFault.Unsupported, "a.pdf", [folder.File("a.pdf")]);
        RequireFault(DataFault.Missing, "one", [folder.File("one")]);
        File.WriteAllText(folder.File("one", "x.txt"), "");
        File.WriteAllText(folder.File("two", "x.txt"), "");
        RequireFault(DataFault.InvalidValue, "x.txt", [folder.File("one"), folder.File("two")]);
    }

    private static void RequireFault(DataFault expected, string named, string[] paths)
    {
        var fault = Assert.Throws<DataException>(() => InputFile.Find(paths));
        Assert.Equal(expected, fault.Fault);
        Assert.Contains(named, fault.Message, StringComparison.Ordinal);
    }
}
