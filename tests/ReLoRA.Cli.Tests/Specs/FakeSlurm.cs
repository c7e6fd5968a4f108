using System.Runtime.Versioning;
using ReLoRA.Results.Runs;
using ReLoRA.Testing;

namespace ReLoRA.Cli.Tests.Specs;

/// <summary>Slurm's programs as shell scripts: they print what they are told to, and write down how they were called.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class FakeSlurm
{
    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly TemporaryFolder folder;

    public FakeSlurm(TemporaryFolder folder)
    {
        this.folder = folder;
        Directory.CreateDirectory(folder.File("slurm"));
        foreach (var program in (string[])["squeue", "scancel", "scontrol"])
            Program(program, "");
    }

    /// <summary>What a command needs in its environment to find them.</summary>
    public Dictionary<string, string> Variables => new() { ["PATH"] = $"{folder.File("slurm")}:/usr/bin:/bin" };

    public IReadOnlyList<string> Calls =>
        File.Exists(folder.File("calls")) ? File.ReadAllLines(folder.File("calls")) : [];

    /// <summary>Lets a program do something.</summary>
    public FakeSlurm Program(string name, string body)
    {
        var path = folder.File("slurm", name);
        File.WriteAllText(path, $"#!/bin/sh\necho \"{name} $*\" >> '{folder.File("calls")}'\n{body}\n");
        File.SetUnixFileMode(path, Executable);
        return this;
    }

    /// <summary>A sweep of some cells that was submitted as a job of one cell a task.</summary>
    public static void Submit(TemporaryFolder folder, string job, params string[] cells)
    {
        var sweep = SmallSweep.Runs(folder).Sweep("small");
        new SweepFile
        {
            Name = "small",
            Cells = [.. cells.Select((id, i) => new SweepCell(id, $"r{i} Seed=1", $"r{i}", "1", ""))],
        }.Write(sweep.PlanPath);
        new SlurmJob
        {
            Id = job,
            Tasks = [.. cells.Select(id => (string[])[id])],
            Submitted = "2026-11-28T12:00:00.0000000+00:00",
        }.Write(sweep.SlurmJobPath(job));
    }
}
