using System.Text.Json;
using ReLoRA.Results.Log;
using ReLoRA.Results.Runs;
using ReLoRA.Testing;

namespace ReLoRA.Cli.Tests.Specs;

public sealed class ReportFigureSpecs : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void I_get_every_chart_as_png_and_svg_and_their_paths()
    {
        Write("first");

        var result = ReloraInProcess.Run(folder, "report", "--png", "figures");

        result.ShouldSucceed();
        var paths = result.Output.TrimEnd('\n').Split('\n');
        Assert.Contains(folder.File("figures", "first", "loss.png"), paths);
        Assert.Contains(folder.File("figures", "first", "loss.svg"), paths);
        Assert.All(paths, path => Assert.True(File.Exists(path), path));
        Assert.Contains(
            "Nothing to draw in 'Training loss over tokens' of first.",
            result.Errors,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void I_get_them_as_json_with_what_a_caption_needs()
    {
        Write("first");

        var result = ReloraInProcess.Run(folder, "report", "--png", "figures", "--json");

        result.ShouldSucceed();
        using var json = JsonDocument.Parse(result.Output);
        var figures = json.RootElement[0].GetProperty("figures");
        var loss = figures.GetProperty("written")[0];
        Assert.Equal("loss", loss.GetProperty("id").GetString());
        Assert.Equal("Validation loss over tokens", loss.GetProperty("title").GetString());
        Assert.Contains("mean over the seeds", loss.GetProperty("note").GetString(), StringComparison.Ordinal);
        Assert.True(File.Exists(loss.GetProperty("png").GetString()));
        Assert.False(json.RootElement[0].TryGetProperty("paper", out _));
    }

    [Fact]
    public void I_get_the_studys_figures_with_the_published_curves_that_there_are()
    {
        Write("first");
        Directory.CreateDirectory(folder.File("published"));
        File.WriteAllText(
            folder.File("published", "training_curves_from_pdf.csv"),
            "metric,scale,model,step,value\nloss,tiny,relora,0,11\nloss,tiny,relora,20000,4.97\n"
        );

        var result = ReloraInProcess.Run(
            folder,
            "report",
            folder.File("runs"),
            "--paper",
            "--reference",
            "published",
            "--scale",
            "tiny"
        );

        result.ShouldSucceed();
        var page = Path.Combine(SmallSweep.Runs(folder).Sweep("first").Path, "paper", "paper.html");
        Assert.Contains(page, result.Output, StringComparison.Ordinal);
        Assert.Contains("There is no blimp_paloma_by_step.csv", result.Errors, StringComparison.Ordinal);
        Assert.Contains("published: tiny relora", File.ReadAllText(page), StringComparison.Ordinal);
    }

    [Fact]
    public void I_can_choose_the_folder_of_the_studys_figures()
    {
        Write("first");

        ReloraInProcess.Run(folder, "report", "--paper", "figures").ShouldSucceed();

        Assert.True(File.Exists(folder.File("figures", "first", "paper.html")));
        Assert.True(File.Exists(folder.File("figures", "first", "perplexity-1.svg")));
    }

    [Theory]
    [InlineData("--png")]
    [InlineData("--paper")]
    public void A_file_where_a_folder_is_meant_is_told(string option)
    {
        Write("first");
        File.WriteAllText(folder.File("taken"), "");

        ReloraInProcess
            .Run(folder, "report", option, "taken")
            .ShouldBeFault($"{option} is the file {folder.File("taken")}", "allowed: a folder");
        ReloraInProcess
            .Run(folder, "report", option, Path.Combine("taken", "inside"))
            .ShouldBeFault("The figures of first cannot be written", "choose another folder");
    }

    [Fact]
    public void A_folder_that_may_not_be_written_is_told()
    {
        Assert.SkipWhen(
            Environment.IsPrivilegedProcess,
            "this user writes folders that may not be written all the same"
        );
        if (OperatingSystem.IsWindows())
            return;
        Write("first");
        var closed = Directory.CreateDirectory(folder.File("closed")).FullName;
        File.SetUnixFileMode(closed, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        ReloraInProcess
            .Run(folder, "report", "--png", closed)
            .ShouldBeFault("The figures of first cannot be written", closed);
    }

    [Fact]
    public void Published_figures_that_are_not_there_or_malformed_are_told()
    {
        Write("first");
        Directory.CreateDirectory(folder.File("published"));
        File.WriteAllText(folder.File("published", "blimp_by_phenomenon_step20000.csv"), "key,tiny_decoder\n");

        ReloraInProcess
            .Run(folder, "report", folder.File("runs"), "--paper", "--reference", "nowhere")
            .ShouldBeFault($"there is no folder {folder.File("nowhere")}", "docs/paper-figures.md");
        ReloraInProcess
            .Run(folder, "report", folder.File("runs"), "--paper", "--reference", "published")
            .ShouldBeFault("blimp_by_phenomenon_step20000.csv: line 1: there is no column 'tiny_relora'");
        ReloraInProcess
            .Run(folder, "report", folder.File("runs"), "--reference", "published")
            .ShouldBeFault("--reference is of --paper", "Add --paper");
        ReloraInProcess
            .Run(folder, "report", folder.File("runs"), "--paper", "--scale", "medium")
            .ShouldBeFault("'medium'", "'tiny'", "'small'");
    }

    /// <summary>The ninth arm is the first whose lines are dashed.</summary>
    [Fact]
    [Trait("Category", "Slow")]
    public void Nothing_complains_of_an_arm_with_one_figure_so_far()
    {
        var arms = Enumerable.Range(1, 9).Select(arm => $"arm{arm}").ToList();
        arms.ForEach(arm => Cell(arm, Eval(4, 3)));
        new SweepFile { Name = "many", Cells = [.. arms.Select(arm => new SweepCell(arm, arm, arm, "1", ""))] }.Write(
            SmallSweep.Runs(folder).Sweep("many").PlanPath
        );

        var result = Relora.Run(folder, "report", "--png", "figures");

        result.ShouldSucceed();
        Assert.All(
            result.Errors.TrimEnd('\n').Split('\n'),
            line => Assert.StartsWith("Nothing to draw in ", line, StringComparison.Ordinal)
        );
    }

    /// <summary>On a machine without fonts all text would be missing, and nothing would say so.</summary>
    [Fact]
    [Trait("Category", "Slow")]
    public void Figures_are_the_same_on_a_machine_without_fonts()
    {
        Write("first");
        ReloraInProcess.Run(folder, "report", "--png", "with").ShouldSucceed();

        WithoutFonts.Run(folder, "report", "--png", "without").ShouldSucceed();

        foreach (var file in new[] { "loss.png", "loss.svg", "domains.png", "domains.svg" })
            Assert.Equal(
                File.ReadAllBytes(folder.File("with", "first", file)),
                File.ReadAllBytes(folder.File("without", "first", file))
            );
    }

    /// <summary>One finished cell that was evaluated twice and logged no steps.</summary>
    private void Write(string sweep)
    {
        Cell("c1", Eval(0, 5), Eval(4, 3));
        new SweepFile { Name = sweep, Cells = [new SweepCell("c1", "full rank, seed 1", "full rank", "1", "")] }.Write(
            SmallSweep.Runs(folder).Sweep(sweep).PlanPath
        );
    }

    private void Cell(string id, params EvalRecord[] evaluations)
    {
        var cell = SmallSweep.Runs(folder).Cell(id);
        Directory.CreateDirectory(cell.Path);
        using (var log = RunLogWriter.Create(cell.LogPath))
        {
            log.Append(
                new RunRecord
                {
                    Cell = id,
                    Config = "{}",
                    Method = "FullRank",
                    Semantics = "",
                    SemanticsVersion = 1,
                    Seed = "1",
                    Parameters = 1000,
                    TrainableParameters = 1000,
                    Steps = 4,
                    TokensPerStep = 512,
                    TrainData = "t",
                    EvaluationData = "e",
                    Threads = 1,
                    Device = "cpu",
                    MicroBatch = 1,
                }
            );
            foreach (var evaluation in evaluations)
                log.Append(evaluation);
            log.Append(
                new EndRecord
                {
                    Step = 4,
                    Tokens = 2048,
                    Outcome = "finished",
                    Loss = 3,
                }
            );
        }
    }

    private static EvalRecord Eval(long step, double loss) =>
        new()
        {
            Step = step,
            Tokens = step * 512,
            Name = "perplexity",
            Loss = loss,
            Perplexity = Math.Exp(loss),
            MacroLoss = loss,
            MacroPerplexity = Math.Exp(loss),
            Domains = [new EvalDomain("news", loss, Math.Exp(loss), 100)],
        };
}
