namespace ReLoRA.Scripting.Tests.Hosting;

public sealed class CompileErrorTests : IDisposable
{
    private readonly ScriptFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public Task A_mistyped_knob_is_shown_with_the_nearest_one() =>
        Expect(
            """
            // A typo.
            Sweep("s", Presets.Nano)
                .Grid(c => c.LowRank.Rang, 4, 8);
            """,
            """
            sweep.csx does not compile, nothing was trained:
            sweep.csx(3,26): error CS1061: 'LowRankConfig' does not contain a definition for 'Rang'
                    .Grid(c => c.LowRank.Rang, 4, 8);
                                         ^
                hint: the nearest knob is LowRank.Rank
            """
        );

    [Fact]
    public Task A_knob_of_another_record_is_found_there() =>
        Expect(
            """Sweep("s", Presets.Nano).Grid(c => c.Rank, 4, 8);""",
            """
            sweep.csx does not compile, nothing was trained:
            sweep.csx(1,38): error CS1061: 'RunConfig' does not contain a definition for 'Rank'
                Sweep("s", Presets.Nano).Grid(c => c.Rank, 4, 8);
                                                     ^
                hint: the nearest knob is LowRank.Rank
            """
        );

    [Fact]
    public Task Values_of_another_type_are_explained() =>
        Expect(
            """Sweep("s", Presets.Nano).Grid(c => c.LowRank.ResetEvery, 250, "500");""",
            """
            sweep.csx does not compile, nothing was trained:
            sweep.csx(1,63): error CS1503: Argument 3: cannot convert from 'string' to 'int'
                Sweep("s", Presets.Nano).Grid(c => c.LowRank.ResetEvery, 250, "500");
                                                                              ^
                hint: the values must have the knob's type: LowRank.ResetEvery is of type int
            """
        );

    [Fact]
    public Task A_bare_number_of_seeds_does_not_compile() =>
        Expect(
            """Sweep("s", Presets.Nano).Seeds(3);""",
            """
            sweep.csx does not compile, nothing was trained:
            sweep.csx(1,32): error CS1503: Argument 1: cannot convert from 'int' to 'ReLoRA.Scripting.Language.NamedOnly'
                Sweep("s", Presets.Nano).Seeds(3);
                                               ^
                hint: write .Seeds(count: 3) for three seeds, or .Seeds([7, 8, 9]) for these
            """
        );

    [Fact]
    public async Task All_errors_are_told_at_once_each_in_its_own_file()
    {
        folder.Write("int X() => \"no\";", "lib.csx");
        Assert.Equal(
            """
            sweep.csx does not compile, nothing was trained:
            lib.csx(1,12): error CS0029: Cannot implicitly convert type 'string' to 'int'
                int X() => "no";
                           ^
            sweep.csx(2,20): error CS0117: 'Presets' does not contain a definition for 'Nanoo'
                Sweep("s", Presets.Nanoo);
                                   ^
                hint: the nearest name is Nano
            sweep.csx(3,1): error CS0103: The name 'Swep' does not exist in the current context
                Swep();
                ^
                hint: the nearest name is Sweep
            """.ReplaceLineEndings("\n"),
            await folder.FaultAsync("#load \"lib.csx\"\nSweep(\"s\", Presets.Nanoo);\nSwep();")
        );
    }

    [Fact]
    public Task A_syntax_error_is_told_with_its_place() =>
        Expect(
            "Sweep(\"s\", Presets.Nano;",
            """
            sweep.csx does not compile, nothing was trained:
            sweep.csx(1,24): error CS1026: ) expected
                Sweep("s", Presets.Nano;
                                       ^
            """
        );

    [Fact]
    public Task A_package_reference_is_refused_with_what_to_write() =>
        Expect(
            "#r \"nuget: MathNet.Numerics, 5.0.0\"\nSweep(\"s\", Presets.Nano);",
            """
            sweep.csx does not compile, nothing was trained:
            sweep.csx(1,1): error CS0006: Metadata file 'nuget: MathNet.Numerics, 5.0.0' could not be found
                #r "nuget: MathNet.Numerics, 5.0.0"
                ^
                hint: packages cannot be named here; give the path of a dll: #r "path/to/library.dll"
            """
        );

    [Fact]
    public Task A_missing_loaded_file_is_told() =>
        Expect(
            "#load \"no.csx\"\nSweep(\"s\", Presets.Nano);",
            """
            sweep.csx does not compile, nothing was trained:
            sweep.csx(1,7): error CS1504: Source file 'no.csx' could not be opened -- Could not find file.
                #load "no.csx"
                      ^
                hint: the path is taken relative to the folder of the script that loads it
            """
        );

    private async Task Expect(string script, string message) =>
        Assert.Equal(message.ReplaceLineEndings("\n"), await folder.FaultAsync(script));
}
