using System.Text.Json;
using ReLoRA.Testing;

namespace ReLoRA.Cli.Tests.Specs;

/// <summary>Scripts that do what a declaration should not.</summary>
[Trait("Category", "Slow")]
public sealed class DeclaringSpecs : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public DeclaringSpecs() => Directory.CreateSymbolicLink(folder.File("datasets"), Repository.PathOf("datasets"));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_script_that_never_ends_is_ended_by_one_signal()
    {
        File.WriteAllText(folder.File("loop.csx"), "System.IO.File.WriteAllText(\"begun\", \"\"); while (true) { }");
        using var command = Relora.Start(folder, "run", "loop.csx");
        for (var tries = 0; tries < 600 && !File.Exists(folder.File("begun")); tries++)
            Thread.Sleep(100);

        command.Signal("TERM");

        Assert.Equal(130, command.Wait().ExitCode);
        Assert.False(Directory.Exists(folder.File("runs")));
    }

    [Fact]
    public void A_script_that_ends_the_process_is_told()
    {
        File.WriteAllText(folder.File("exit.csx"), "Environment.Exit(0); Sweep(\"s\", Presets.Nano);");

        Relora.Run(folder, "check", "exit.csx").ShouldBeFault("exit.csx ended the process", "Environment.Exit");
    }

    [Fact]
    public void An_exception_on_a_thread_of_the_scripts_own_is_told_with_its_line()
    {
        File.WriteAllText(
            folder.File("thread.csx"),
            "var t = new System.Threading.Thread(() =>\n    throw new InvalidOperationException(\"boom\"));\nt.Start();\nt.Join();\nSystem.Threading.Thread.Sleep(-1);"
        );

        Relora
            .Run(folder, "check", "thread.csx")
            .ShouldBeFault("threw InvalidOperationException on a thread of its own: boom", "at thread.csx:2");
    }

    [Fact]
    public void What_a_script_writes_does_not_break_json()
    {
        File.WriteAllText(
            folder.File("talk.csx"),
            "Console.WriteLine(\"hello\"); Sweep(\"s\", Presets.Nano).Where(c => { Console.Write(\"in where\"); return true; });"
        );

        var result = ReloraInProcess.Run(folder, "plan", "talk.csx", "--no-calibration", "--json");

        result.ShouldSucceed();
        using var json = JsonDocument.Parse(result.Output);
        Assert.Equal("s", json.RootElement[0].GetProperty("name").GetString());
        Assert.Contains("hello", result.Errors, StringComparison.Ordinal);
    }
}
