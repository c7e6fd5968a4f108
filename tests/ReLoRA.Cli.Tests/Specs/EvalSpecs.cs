using System.Text.Json;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.Evaluation.Items;
using ReLoRA.Core.ModelFolders;
using ReLoRA.Core.Models;
using ReLoRA.Testing;
using static TorchSharp.torch;

namespace ReLoRA.Cli.Tests.Specs;

public sealed class EvalSpecs : IDisposable
{
    private static readonly string Pairs = Repository.PathOf("datasets", "english", "pairs");
    private static readonly string Tokenizer = Repository.PathOf("datasets", "english", "tokenizer.json");

    private readonly TemporaryFolder folder = new();

    public EvalSpecs()
    {
        using (var model = ModelFactory.Create(Presets.Nano, CPU))
            ModelFolder.Save(folder.File("model"), Presets.Nano, model);
        File.Copy(Tokenizer, folder.File("model", "tokenizer.json"));
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Blimp_prints_figures_that_the_written_pairs_give_too()
    {
        var result = Blimp("--data", Pairs, "--samples", "4", "--pairs", "pairs.csv", "--json");

        result.ShouldSucceed();
        using var json = JsonDocument.Parse(result.Output);
        var pairs = ItemTableFile.Read(folder.File("pairs.csv"));
        var (good, bad) = (pairs.Numbers("good_score")!, pairs.Numbers("bad_score")!);
        var accuracies = pairs
            .Texts("paradigm")!
            .Select((paradigm, pair) => (paradigm, IsRight: good[pair] > bad[pair]))
            .GroupBy(pair => pair.paradigm, pair => pair.IsRight ? 1.0 : 0.0)
            .ToDictionary(paradigm => paradigm.Key, paradigm => paradigm.Average());
        var found = json
            .RootElement.GetProperty("by_paradigm")
            .EnumerateObject()
            .ToDictionary(paradigm => paradigm.Name, paradigm => paradigm.Value.GetDouble());
        Assert.Equal(accuracies, found);
        Assert.Equal(accuracies.Values.Average(), json.RootElement.GetProperty("overall").GetDouble(), 1e-12);
        Assert.Equal(pairs.Rows, json.RootElement.GetProperty("pairs").GetInt64());
        Assert.Equal(0, json.RootElement.GetProperty("ties").GetInt64());
        Assert.True(json.RootElement.GetProperty("complete").GetBoolean());
        Assert.Equal(
            json.RootElement.GetProperty("by_term").EnumerateObject().Select(term => term.Name),
            json.RootElement.GetProperty("by_phenomenon").EnumerateObject().Select(term => term.Name)
        );
        var interval = json.RootElement.GetProperty("intervals").GetProperty("overall");
        Assert.InRange(
            json.RootElement.GetProperty("overall").GetDouble(),
            interval[0].GetDouble(),
            interval[1].GetDouble()
        );
    }

    [Fact]
    public void Batches_of_other_sizes_and_Arrow_give_the_same_scores()
    {
        // 32-bit sums of a dozen logarithms of about 8.
        const double rounding = 1e-4;
        Blimp("--data", Pairs, "--samples", "3", "--pairs", "one.csv").ShouldSucceed();
        Blimp("--data", Pairs, "--samples", "3", "--items", "other.arrow", "--batch-tokens", "1").ShouldSucceed();

        var (one, other) = (ItemTableFile.Read(folder.File("one.csv")), ItemTableFile.Read(folder.File("other.arrow")));

        Assert.Equal(one.Texts("paradigm"), other.Texts("paradigm"));
        foreach (var (expected, found) in one.Numbers("good_score")!.Zip(other.Numbers("good_score")!))
            Assert.Equal(expected, found, rounding);
    }

    [Fact]
    public void The_table_for_people_has_intervals_and_remarks()
    {
        File.WriteAllText(
            folder.File("same.jsonl"),
            """{"sentence_good": "A cat.", "sentence_bad": "A cat.", "UID": "same", "pairID": "7"}"""
        );

        var result = Blimp("--data", "same.jsonl");

        result.ShouldSucceed();
        Assert.Contains("paradigm  same  accuracy  0.0000  0.0000  0.7935", result.Output, StringComparison.Ordinal);
        Assert.Contains("a tie, whatever the model. same 7", result.Output, StringComparison.Ordinal);
        Assert.Contains("pairs: 1; ties: 1.", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Ewok_and_lambada_read_lines_of_JSON()
    {
        File.WriteAllText(
            folder.File("ewok.jsonl"),
            """
            {"Domain": "space", "Context1": "The cat is in the house.", "Context2": "The cat is in the garden.", "Target1": "It sees walls.", "Target2": "It sees trees."}
            """
        );
        File.WriteAllText(folder.File("lambada.jsonl"), """{"text": "The cat saw the dog and ran from the dog"}""");

        var ewok = ReloraInProcess.Run(folder, "eval", "ewok", "model", "--data", "ewok.jsonl", "--json");
        var lambada = ReloraInProcess.Run(
            folder,
            "eval",
            "lambada",
            "model",
            "--data",
            "lambada.jsonl",
            "--items",
            "words.csv",
            "--json"
        );

        ewok.ShouldSucceed();
        lambada.ShouldSucceed();
        using var domains = JsonDocument.Parse(ewok.Output);
        Assert.InRange(
            domains.RootElement.GetProperty("by_domain").GetProperty("space").GetProperty("accuracy").GetDouble(),
            0,
            1
        );
        using var words = JsonDocument.Parse(lambada.Output);
        Assert.Equal(
            Math.Exp(-ItemTableFile.Read(folder.File("words.csv")).Numbers("log_probability")![0]),
            words.RootElement.GetProperty("overall").GetProperty("perplexity").GetDouble(),
            tolerance: 1e-6
        );
    }

    [Fact]
    public void What_an_evaluation_cannot_use_is_told()
    {
        File.WriteAllText(folder.File("a.jsonl"), "{\"UID\": \"a\", \"sentence_good\": \"A cat.\"}");
        File.WriteAllText(folder.File("b.jsonl"), "{\"text\": \"a");
        using (System.IO.Compression.ZipFile.Open(folder.File("none.zip"), System.IO.Compression.ZipArchiveMode.Create))
        { }

        Blimp("--data", "a.jsonl").ShouldBeFault("a.jsonl:1: 'sentence_bad' is missing or empty");
        ReloraInProcess
            .Run(folder, "eval", "lambada", "model", "--data", "b.jsonl")
            .ShouldBeFault("b.jsonl:1: this is no JSON");
        Blimp("--data", "none.zip").ShouldBeFault("none.zip holds no minimal pairs", ".tar.gz");
        Blimp("--data", "absent").ShouldBeFault("absent: no such file or folder");
        Blimp("--data", Pairs, "--items", "a.txt").ShouldBeFault("a.txt", ".csv or .arrow");
        Blimp("--data", Pairs, "--start-token", "4096").ShouldBeFault("start token is 4096", "0 to 4095");
        Blimp("--data", Pairs, "--score", "best").ShouldBeFault("--score", "best");
        File.Delete(folder.File("model", "tokenizer.json"));
        Blimp("--data", Pairs).ShouldBeFault("tokenizer.json", "--tokenizer");
    }

    [Fact]
    public void A_tokenizer_with_more_ids_than_the_model_is_refused()
    {
        var small = Presets.Nano with { Model = Presets.Nano.Model with { VocabularySize = 1000 } };
        using (var model = ModelFactory.Create(small, CPU))
            ModelFolder.Save(folder.File("small"), small, model);

        ReloraInProcess
            .Run(folder, "eval", "blimp", "small", "--data", Pairs, "--tokenizer", Tokenizer)
            .ShouldBeFault("the tokenizer has ids up to 4095", "vocabulary is 1000", "--tokenizer");
    }

    [Fact]
    public void An_evaluation_that_is_stopped_says_so_and_goes_on_when_it_is_started_again()
    {
        var own = new Dictionary<string, string> { ["XDG_CACHE_HOME"] = folder.File("cache") };
        string[] arguments =
        [
            "eval",
            "blimp",
            "model",
            "--data",
            Pairs,
            "--samples",
            "10",
            "--batch-tokens",
            "1",
            "--json",
        ];
        var straight = ReloraInProcess.Run(folder, arguments);
        straight.ShouldSucceed();

        ReloraResult stopped;
        using (var command = Relora.Start(folder, own, arguments))
        {
            var kept = folder.File("cache", "relora-scripting", "eval");
            SpinWait.SpinUntil(
                () =>
                    command.HasExited
                    || (
                        Directory.Exists(kept) && new DirectoryInfo(kept).EnumerateFiles().Any(file => file.Length > 0)
                    ),
                TimeSpan.FromMinutes(1)
            );
            command.Signal("INT");
            stopped = command.Wait();
        }
        using var again = Relora.Start(folder, own, arguments);
        var whole = again.Wait();

        Assert.Equal(130, stopped.ExitCode);
        using (var part = JsonDocument.Parse(stopped.Output))
        {
            Assert.False(part.RootElement.GetProperty("complete").GetBoolean());
            Assert.Contains(
                "PARTIAL",
                part.RootElement.GetProperty("remarks")[0].GetString()!,
                StringComparison.Ordinal
            );
        }
        Assert.Contains("Run the same command to go on", stopped.Errors, StringComparison.Ordinal);
        whole.ShouldSucceed();
        Assert.Contains("going on after", whole.Errors, StringComparison.Ordinal);
        Assert.Equal(straight.Output, whole.Output);
        Assert.Empty(Directory.GetFiles(folder.File("cache", "relora-scripting", "eval")));
    }

    private ReloraResult Blimp(params string[] options) =>
        ReloraInProcess.Run(folder, ["eval", "blimp", "model", .. options]);
}
