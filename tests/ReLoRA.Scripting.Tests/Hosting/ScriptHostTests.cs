using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using ReLoRA.Core;
using ReLoRA.Scripting.Hosting;

namespace ReLoRA.Scripting.Tests.Hosting;

public sealed class ScriptHostTests : IDisposable
{
    private readonly ScriptFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_script_declares_sweeps_in_order()
    {
        using var script = await folder.LoadAsync("""Sweep("b", Presets.Nano); Sweep("a", Presets.PicoTiny);""");
        Assert.Equal(["b", "a"], script.Sweeps.Select(sweep => sweep.Title));
    }

    [Fact]
    public async Task A_script_sees_its_arguments()
    {
        using var script = await folder.LoadAsync("""Sweep(args[0], Presets.Nano);""", "from-outside");
        Assert.Equal("from-outside", script.Sweeps[0].Title);
    }

    [Fact]
    public async Task A_script_may_await_at_its_top_level()
    {
        using var script = await folder.LoadAsync(
            """
            using System.Threading.Tasks;
            var name = await Task.Run(async () => { await Task.Yield(); return "later"; });
            Sweep(name, Presets.Nano);
            """
        );
        Assert.Equal("later", script.Sweeps[0].Title);
    }

    [Fact]
    public async Task A_script_may_load_others_and_all_their_texts_are_kept()
    {
        folder.Write("""#load "inner.csx" """, "lib.csx");
        folder.Write("""string Named() => "loaded";""", "inner.csx");
        using var script = await folder.LoadAsync("#load \"lib.csx\"\nSweep(Named(), Presets.Nano);");
        Assert.Equal("loaded", script.Sweeps[0].Title);
        Assert.Equal(
            [folder.File("inner.csx"), folder.File("lib.csx"), folder.File("sweep.csx")],
            script.Sources.Keys.Order(StringComparer.Ordinal)
        );
        Assert.Equal("""string Named() => "loaded";""", script.Sources[folder.File("inner.csx")]);
    }

    [Fact]
    public async Task A_script_may_reference_a_dll_that_the_host_has_not()
    {
        File.Copy(typeof(FsCheck.Check).Assembly.Location, folder.File("FsCheck.dll"));
        using var script = await folder.LoadAsync(
            "#r \"FsCheck.dll\"\nSweep(typeof(FsCheck.Check).Assembly.GetName().Name, Presets.Nano);"
        );
        Assert.Equal("FsCheck", script.Sweeps[0].Title);
    }

    [Fact]
    public async Task The_default_imports_are_there()
    {
        using var script = await folder.LoadAsync(
            "var all = new List<int> { 1 }.Select(x => Math.Max(x, 2));\nSweep($\"s{all.Single()}\", Presets.Nano);"
        );
        Assert.Equal("s2", script.Sweeps[0].Title);
    }

    [Theory]
    [InlineData("")]
    [InlineData("// nothing")]
    [InlineData("var x = 1;")]
    public async Task A_script_that_declares_nothing_is_told_how_to(string text) =>
        Assert.Equal(
            "sweep.csx declares no sweep, so there is nothing to do. "
                + "Declare one, for example: Sweep(\"first\", Presets.Nano).Seeds(count: 2);",
            await folder.FaultAsync(text)
        );

    [Fact]
    public async Task A_missing_script_is_told_with_those_beside_it()
    {
        folder.Write("", "other.csx");
        Assert.Equal(
            "There is no script quickstrat.csx. Scripts in its folder: other.csx.",
            await LoadFaultAsync(folder.File("quickstrat.csx"))
        );
    }

    [Fact]
    public async Task A_missing_folder_is_told() =>
        Assert.Equal(
            "There is no script no/quickstart.csx. Nor is there a folder no.",
            await LoadFaultAsync(folder.File("no", "quickstart.csx"))
        );

    [Fact]
    public async Task A_folder_is_no_script() =>
        Assert.Equal(
            $"{folder.Path} is a folder. Give a sweep script, a .csx file.",
            await LoadFaultAsync(folder.Path)
        );

    [Fact]
    public async Task An_exception_is_told_with_script_lines_only()
    {
        folder.Write("void Fail(int[] xs)\n{\n    xs[1]++;\n}\n", "lib.csx");
        Assert.Equal(
            """
            sweep.csx threw IndexOutOfRangeException: Index was outside the bounds of the array.
              at lib.csx:3
              at sweep.csx:3
            """.ReplaceLineEndings("\n"),
            await folder.FaultAsync("#load \"lib.csx\"\nvar xs = new[] { 1 };\nFail(xs);\n")
        );
    }

    [Theory]
    [InlineData(
        "async Task Fail() { await Task.Yield();\nthrow new InvalidOperationException(\"no\"); }\nawait Fail();",
        3,
        4
    )]
    [InlineData(
        "void Outer() { void Inner() =>\nthrow new InvalidOperationException(\"no\");\nInner(); }\nOuter();",
        3,
        4,
        5
    )]
    [InlineData(
        "Func<int, int> f = x =>\nthrow new InvalidOperationException(\"no\");\nnew[] { 1 }.Select(f).ToList();",
        3,
        4
    )]
    [InlineData("class A { public A() {\nthrow new InvalidOperationException(\"no\"); } }\nnew A();", 3, 4)]
    public async Task An_exception_anywhere_is_told_with_each_line_of_the_script(string text, params int[] lines) =>
        Assert.Equal(
            "sweep.csx threw InvalidOperationException: no"
                + string.Concat(lines.Select(line => $"\n  at sweep.csx:{line}")),
            await folder.FaultAsync("using System.Threading.Tasks;\n" + text)
        );

    [Fact]
    public async Task A_program_is_executed_as_a_script_and_its_last_line_does_nothing()
    {
        var path = folder.Write(
            "#!/usr/bin/env -S dotnet run\n#:project ../src/x.csproj\n// A program.\n#:property A=b\nSweep($\"s{args.Count}\", Presets.Nano);\nreturn Execute(args);\n",
            "sweep.cs"
        );
        using var script = await ScriptHost.LoadAsync(path, ["one"], ScriptFolder.Uncached);
        Assert.Equal("s1", script.Sweeps[0].Title);
        Assert.Equal(5, script.Sweeps[0].Place.Line);
        Assert.StartsWith("#!/usr", script.Sources[path], StringComparison.Ordinal);
    }

    [Fact]
    public Task Ten_scripts_leave_no_assembly_behind() => AssertNothingLeftAsync(10);

    [Fact]
    [Trait("Category", "Slow")]
    public Task Two_hundred_scripts_leave_no_assembly_behind() => AssertNothingLeftAsync(200);

    private async Task AssertNothingLeftAsync(int scripts)
    {
        // Collection of an unloaded context takes a few passes: its finalizers run first.
        const int mostPasses = 20;
        var contexts = new List<WeakReference>();
        for (var i = 0; i < scripts; i++)
            contexts.Add(await LoadAndForgetAsync(i));
        for (var pass = 0; pass < mostPasses && contexts.Any(context => context.IsAlive); pass++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Assert.Equal(0, contexts.Count(context => context.IsAlive));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task<WeakReference> LoadAndForgetAsync(int i)
    {
        using var script = await folder.LoadAsync(
            $$"""Sweep("s{{i}}", Presets.Nano).Grid(c => c.LowRank.Rank, 4, 8).Baseline(c => c with { LowRank = new() });"""
        );
        var code = script.Sweeps[0].PairedWith!.Change.Method.Module.Assembly;
        return new WeakReference(AssemblyLoadContext.GetLoadContext(code));
    }

    private async Task<string> LoadFaultAsync(string path)
    {
        var fault = await Assert.ThrowsAsync<UserFaultException>(() =>
            ScriptHost.LoadAsync(path, [], ScriptFolder.Uncached)
        );
        return folder.Tidy(fault.Message);
    }
}
