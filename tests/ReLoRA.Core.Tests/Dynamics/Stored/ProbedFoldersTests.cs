using ReLoRA.Core.Dynamics.Published;
using ReLoRA.Core.Dynamics.Stored;
using ReLoRA.Core.Tests.Pickle;
using ReLoRA.Testing;

namespace ReLoRA.Core.Tests.Dynamics.Stored;

public sealed class ProbedFoldersTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_runs_checkpoints_come_in_the_order_of_their_steps()
    {
        foreach (var step in new[] { 100, 9, 20 })
            Model("run", "checkpoints", $"step_{step}");
        Directory.CreateDirectory(folder.File("run", "checkpoints", "step_30.building"));
        Directory.CreateDirectory(folder.File("run", "checkpoints", "step_40"));

        foreach (var path in new[] { folder.File("run"), folder.File("run", "checkpoints") })
            Assert.Equal([9, 20, 100], ProbedFolders.Find(path).Select(found => found.Step!.Value));
        Assert.Equal(
            new ProbedFolder(folder.File("run", "checkpoints", "step_20"), 20),
            ProbedFolders.FindOne(folder.File("run", "checkpoints", "step_20"))
        );
    }

    [Fact]
    public void A_model_folder_is_one_whatever_its_name()
    {
        Model("any");
        Assert.Equal(new ProbedFolder(folder.File("any"), null), ProbedFolders.FindOne(folder.File("any")));
    }

    [Fact]
    public void Learning_dynamics_are_found_beside_weights_where_they_are_asked_for()
    {
        Model("run", "checkpoints", "step_5");
        var dynamics = Dynamics("val_weights.pt", "run", "checkpoints", "step_5", "learning_dynamics");
        Model("run", "checkpoints", "step_10");

        Assert.Equal(
            [(5, null), (10, null)],
            ProbedFolders.Find(folder.File("run")).Select(found => ((int)found.Step!, found.Published))
        );
        Assert.Equal(
            [new ProbedFolder(dynamics, 5, DynamicsSplit.Val)],
            ProbedFolders.Find(folder.File("run"), DynamicsSplit.Val)
        );
        // Only one of the two sets is there.
        Assert.Equal([new ProbedFolder(dynamics, 5, DynamicsSplit.Val)], ProbedFolders.Find(dynamics));
    }

    [Fact]
    public void A_checkpoint_without_weights_is_its_learning_dynamics()
    {
        var found = ProbedFolders.FindOne(TorchFixture.PathOf("relora"));

        Assert.Equal(DynamicsSplit.Train, found.Published);
        Assert.Equal(found with { Path = found.Path }, ProbedFolders.FindOne(found.Path));
    }

    [Fact]
    public void What_is_none_of_these_is_told_what_was_looked_for()
    {
        Directory.CreateDirectory(folder.File("empty"));
        File.WriteAllText(folder.File("file"), "");
        Model("run", "step_1");
        Model("run", "step_2");

        Fault(folder.File("absent"), "absent: no such folder");
        Fault(folder.File("file"), "is a file. Give the folder");
        Fault(folder.File("empty"), "looked for config.json with model.safetensors", "step_N", "found nothing");
        Assert.Contains(
            "looked for learning_dynamics with val_weights.pt",
            Assert.Throws<UserFaultException>(() => ProbedFolders.Find(folder.File("run"), DynamicsSplit.Val)).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "has 2 checkpoints; allowed: one",
            Assert.Throws<UserFaultException>(() => ProbedFolders.FindOne(folder.File("run"))).Message,
            StringComparison.Ordinal
        );
    }

    private static void Fault(string path, params string[] parts)
    {
        var fault = Assert.Throws<UserFaultException>(() => ProbedFolders.Find(path));
        foreach (var part in parts)
            Assert.Contains(part, fault.Message, StringComparison.Ordinal);
    }

    private void Model(params string[] path)
    {
        Directory.CreateDirectory(folder.File(path));
        File.WriteAllText(folder.File([.. path, "config.json"]), "");
        File.WriteAllText(folder.File([.. path, "model.safetensors"]), "");
    }

    private string Dynamics(string name, params string[] path)
    {
        Directory.CreateDirectory(folder.File(path));
        File.WriteAllText(folder.File([.. path, name]), "");
        return folder.File(path);
    }
}
