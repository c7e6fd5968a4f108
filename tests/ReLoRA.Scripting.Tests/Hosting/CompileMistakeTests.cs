namespace ReLoRA.Scripting.Tests.Hosting;

/// <summary>Slips that users make, and what they are told besides the compiler's own words.</summary>
public sealed class CompileMistakeTests : IDisposable
{
    private const string Copies =
        "settings are not changed but copied: Presets.Nano with { LowRank = Presets.Nano.LowRank with { Rank = 4 } }";

    private readonly ScriptFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(".Gird(c => c.LowRank.Rank, 4, 8);", 26, "CS1061", "the nearest name is Grid")]
    [InlineData(".Grid(LowRank.Rank, 4, 8);", 31, "CS0103", "knobs are named by way of the cell: c => c.LowRank")]
    [InlineData(".Grid(c => LowRank.Rank, 4);", 36, "CS0103", "knobs are named by way of the cell: c => c.LowRank")]
    [InlineData(
        ".Grid(c => c.LowRank.Method, \"ReLoRA\");",
        54,
        "CS1503",
        "the values must have the knob's type: LowRank.Method is of type LowRankMethod"
    )]
    [InlineData(".Grid(c => c.LowRank.Method, LowRankMethod.Relora);", 68, "CS0117", "the nearest name is ReLoRA")]
    [InlineData(
        ".Zip(c => c.Model.Width, c => c.Model.Heads, (64, 4), (128, \"8\"));",
        26,
        "CS0411",
        "each tuple must have the types of the knobs, in their order"
    )]
    [InlineData(".Where(c => c.LowRank.Rank = 4);", 37, "CS8852", "a comparison is written ==")]
    [InlineData(".List(c => c with { LowRank.Rank = 4 });", 45, "CS0747", Copies)]
    [InlineData(
        ".When(c => c.LowRank.Rank > 4, c => c.LowRank.Alpha);",
        63,
        "CS1061",
        "this lambda declares what a branch has: s => s.Grid(c => c.LowRank.Rank, 4, 8)"
    )]
    [InlineData(
        ".Baseline(true);",
        35,
        "CS1503",
        "write .Baseline() for the same at full rank, or .Baseline(c => c with { ... }) for a partner of your own"
    )]
    [InlineData(".Budget(wall: 6);", 39, "CS1503", "a time is written TimeSpan.FromHours(6)")]
    [InlineData(".Probe(EffectiveRnak(every: 20));", 32, "CS0103", "the nearest name is EffectiveRank")]
    [InlineData(".Probe(EffectiveRank(evry: 20));", 46, "CS1739", "the nearest parameter is every:")]
    [InlineData(".Evaluate(evry: 3);", 35, "CS1739", "the nearest parameter is every:")]
    [InlineData(
        ".Measure(\"x\", p => p.Norm());",
        26,
        "CS1061",
        "Measure(...) is no call of a sweep; a figure goes into .Probe(Measure(...))"
    )]
    [InlineData(
        ".Baseline();\n    .Seeds(count: 2);",
        5,
        "CS7017",
        "the line before ends in ';', which ends the sweep: remove it there"
    )]
    public Task A_slip_in_a_call_is_explained(string call, int column, string error, string hint) =>
        AssertHintAsync($"Sweep(\"s\", Presets.Nano){call}", column, error, hint);

    [Theory]
    [InlineData("Swep(\"s\", Presets.Nano);", 1, "CS0103", "the nearest name is Sweep")]
    [InlineData("Sweep(\"s\", Presets.Nanoo);", 20, "CS0117", "the nearest name is Nano")]
    [InlineData("Sweep(\"s\", Presets.Nano with { LowRank = { Rank = 4 } });", 42, "CS1525", Copies)]
    [InlineData("Presets.Nano.LowRank.Rank = 4;", 1, "CS8852", Copies)]
    [InlineData(
        "Sweep(\"s\").Seeds(count: 2);",
        1,
        "CS7036",
        "a sweep needs a name and what it starts from: Sweep(\"first\", Presets.Nano)"
    )]
    [InlineData(
        "foreach (var r in [4, 8]) Sweep($\"s{r}\", Presets.Nano);",
        19,
        "CS9176",
        "name the type of the list: new[] { 4, 8 }"
    )]
    public Task A_slip_elsewhere_is_explained(string text, int column, string error, string hint) =>
        AssertHintAsync(text, column, error, hint);

    [Fact]
    public async Task Of_many_errors_the_first_are_told()
    {
        var message = await folder.FaultAsync(string.Concat(Enumerable.Range(0, 12).Select(i => $"Nothing{i}();\n")));

        Assert.Contains("sweep.csx(8,1): error CS0103", message, StringComparison.Ordinal);
        Assert.DoesNotContain("sweep.csx(9,1)", message, StringComparison.Ordinal);
        Assert.EndsWith("\nand 4 more, which may follow from these", message, StringComparison.Ordinal);
    }

    private async Task AssertHintAsync(string text, int column, string error, string hint)
    {
        var message = await folder.FaultAsync(text);

        Assert.Contains($",{column}): error {error}: ", message, StringComparison.Ordinal);
        Assert.Contains($"\n    hint: {hint}", message, StringComparison.Ordinal);
    }
}
