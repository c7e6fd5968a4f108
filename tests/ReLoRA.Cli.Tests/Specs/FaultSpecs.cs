using ReLoRA.Core.Native;
using ReLoRA.Testing;

namespace ReLoRA.Cli.Tests.Specs;

public sealed class FaultSpecs : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_missing_script_is_named() => Relora.Run(folder, "run", "absent.csx").ShouldBeFault("absent.csx");

    [Fact]
    public void A_script_that_does_not_compile_shows_file_line_and_column()
    {
        var script = SmallSweep.Write(folder, "start = start with { Seed = start.Sead };");

        ReloraInProcess.Run(folder, "run", script).ShouldBeFault("small.csx(11,", "Sead");
        Assert.False(Directory.Exists(folder.File("runs", "cells")));
    }

    [Fact]
    public void A_script_that_throws_shows_its_line()
    {
        var script = SmallSweep.Write(folder, "throw new InvalidOperationException(\"no more\");");

        ReloraInProcess.Run(folder, "run", script).ShouldBeFault("no more", "small.csx:");
    }

    [Fact]
    public void A_script_that_declares_nothing_is_told_how_to()
    {
        File.WriteAllText(folder.File("empty.csx"), "var x = 1;");

        ReloraInProcess.Run(folder, "run", "empty.csx").ShouldBeFault("empty.csx", "Sweep(");
    }

    [Fact]
    public void Every_knob_out_of_range_is_reported_at_once()
    {
        var script = SmallSweep.Write(
            folder,
            "start = start with { Optimizer = start.Optimizer with { Beta1 = 1.5, LearningRate = -1 } };"
        );

        ReloraInProcess
            .Run(folder, "run", script)
            .ShouldBeFault("Optimizer.Beta1", "1.5", "Optimizer.LearningRate", "-1", "at most 10");
    }

    [Fact]
    public void A_run_that_a_launcher_started_several_times_is_refused_before_any_cell_is_begun()
    {
        var script = SmallSweep.Write(folder, "");
        var launched = new Dictionary<string, string> { ["OMPI_COMM_WORLD_SIZE"] = "2" };
        using var command = Relora.Start(folder, launched, "run", script);
        command.Wait().ShouldBeFault("'relora run' was started as 2 processes", "relora worker", "--ranks 2");
        Assert.False(Directory.Exists(folder.File("runs", "cells")));
    }

    [Fact]
    public void One_of_several_processes_that_finds_itself_alone_is_refused()
    {
        var alone = new Dictionary<string, string> { ["OMPI_COMM_WORLD_SIZE"] = "2", ["RELORA_RANKS"] = "1" };
        using var worker = Relora.Start(folder, alone, "worker", folder.File("cells", "a"), "--launched-as", "7");
        worker.Wait().ShouldBeFault("--launched-as is 7", "RELORA_RANKS=1");
    }

    [Theory]
    [InlineData(
        "LowRank = start.LowRank with { Rank = 0 }",
        "LowRank.Rank",
        "is 0; allowed: at least 1 and at most 65536"
    )]
    [InlineData(
        "LowRank = start.LowRank with { Rank = 9 }",
        "LowRank.Rank is 9",
        "at most 8, the smaller dimension of layers.0.attention.k_proj"
    )]
    [InlineData(
        "LowRank = start.LowRank with { Targets = [\"mlp\"] }",
        "LowRank.Targets",
        "[mlp], of which mlp is in no linear's name; allowed: parts of attention.q_proj, attention.k_proj"
    )]
    [InlineData(
        "Model = start.Model with { Heads = 3, KeyValueHeads = 1 }",
        "Model.Heads is 3",
        "a divisor of Model.Width (16)"
    )]
    [InlineData(
        "Model = start.Model with { KeyValueHeads = 3 }",
        "Model.KeyValueHeads is 3",
        "a divisor of Model.Heads (4)"
    )]
    public void A_model_that_cannot_be_is_told_what_can(string change, string what, string allowed) =>
        ReloraInProcess
            .Run(folder, "run", SmallSweep.Write(folder, $"start = start with {{ {change} }};"))
            .ShouldBeFault(what, allowed);

    [Fact]
    public void A_dataset_that_is_missing_is_named_with_where_it_was_looked_for()
    {
        var script = SmallSweep.Write(
            folder,
            "start = start with { Data = start.Data with { Train = \"datasets/absent\" } };"
        );

        ReloraInProcess.Run(folder, "run", script).ShouldBeFault("datasets/absent", folder.Path);
    }

    [Fact]
    public void A_truncated_dataset_is_refused_before_anything_trains()
    {
        var copy = folder.File("train");
        Directory.CreateDirectory(copy);
        foreach (var file in Directory.EnumerateFiles(Repository.PathOf("datasets", "english", "train")))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        var shard = Directory.EnumerateFiles(copy, "*.arrow").First();
        using (var stream = File.OpenWrite(shard))
            stream.SetLength(stream.Length / 2);
        var script = SmallSweep.Write(
            folder,
            $"start = start with {{ Data = start.Data with {{ Train = \"{copy}\" }} }};"
        );

        ReloraInProcess.Run(folder, "run", script).ShouldBeFault(Path.GetFileName(shard));
        Assert.False(Directory.Exists(folder.File("runs", "cells")));
    }

    [Fact]
    public void An_unknown_verb_is_bad_usage() => Relora.Run(folder, "rum").ShouldBeFault("rum");

    [Fact]
    public void The_doctor_finds_this_machine_sound()
    {
        var result = Relora.Run(folder, "doctor");

        result.ShouldSucceed();
        Assert.Contains("ok    libtorch", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("FAULT", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_libtorch_on_the_search_path_does_not_get_in_the_way()
    {
        var other = folder.File("lib", "libtorch_cpu.so");
        Directory.CreateDirectory(Path.GetDirectoryName(other)!);
        File.Copy(Path.Combine(TorchLoader.Report.StagedPath!, "libc10.so"), other);

        using var doctor = Relora.Start(
            folder,
            new Dictionary<string, string> { ["LD_LIBRARY_PATH"] = Path.GetDirectoryName(other)! },
            "doctor"
        );
        var result = doctor.Wait();

        result.ShouldSucceed();
        Assert.Contains("ok    libtorch", result.Output, StringComparison.Ordinal);
    }
}
