using ReLoRA.Data.Shards;
using ReLoRA.Testing;

namespace ReLoRA.Scripting.Tests.Planning;

/// <summary>What a user reads when the data is at fault: always before anything trains.</summary>
public sealed class DatasetFaultTests : IDisposable
{
    private readonly ScriptFolder folder = new();

    private static DatasetManifest Manifest
    {
        get
        {
            using var data = TokenDataset.Open(Repository.PathOf("datasets", "english", "train"));
            return data.Manifest;
        }
    }

    private static long ShardBytes => Manifest.Shards[0].Bytes;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_missing_dataset_is_told_with_the_places_looked_in()
    {
        var message = await folder.FaultAsync(
            """Sweep("s", Presets.Nano with { Data = Presets.Nano.Data with { Train = "nowhere/train" } });"""
        );
        Assert.StartsWith(
            """
            sweep.csx:1: the data of the sweep 's' cannot be used, nothing was trained:
              Data.Train: there is no folder 'nowhere/train'. Looked for:
                  nowhere/train

            """.ReplaceLineEndings("\n"),
            message,
            StringComparison.Ordinal
        );
        Assert.Contains("\n      /nowhere/train", message, StringComparison.Ordinal);
        Assert.EndsWith(
            $"\n      {Path.Combine(Environment.CurrentDirectory, "nowhere/train")}",
            message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_truncated_shard_is_told()
    {
        CopyDataset("train", "short");
        using (var shard = File.OpenWrite(folder.File("short", "tokens-00000.arrow")))
            shard.SetLength(1000);
        Assert.Contains(
            $"tokens-00000.arrow: 1000 bytes; its manifest says {ShardBytes}.",
            await FaultOf("Data = Presets.Nano.Data with { Train = \"short\" }"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Both_datasets_are_told_at_once()
    {
        var message = await FaultOf(
            "Data = Presets.Nano.Data with { Train = \"no\" }, Evaluation = new EvaluationConfig { Perplexity = \"neither\" }"
        );
        Assert.Contains("Data.Train: there is no folder 'no'.", message, StringComparison.Ordinal);
        Assert.Contains("Evaluation.Perplexity: there is no folder 'neither'.", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_of_another_length_are_refused()
    {
        var message = await FaultOf("Data = Presets.Nano.Data with { SequenceLength = 64 }");
        Assert.Contains(
            "Data.Train: datasets/english/train has rows of 129 tokens; allowed: Data.SequenceLength + 1 (65). "
                + "Set Data.SequenceLength to 128, or build the dataset anew.",
            message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Evaluation.Perplexity: datasets/english/validation/devil has rows of 129",
            message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_vocabulary_larger_than_the_model_is_refused() =>
        Assert.Contains(
            "Data.Train: datasets/english/train has tokens of a vocabulary of 4096; allowed: at most Model.VocabularySize (4000).",
            await FaultOf("Model = Presets.Nano.Model with { VocabularySize = 4000 }"),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task A_batch_larger_than_the_data_is_refused() =>
        Assert.Contains(
            $"Data.Train: datasets/english/train has {Manifest.Rows} rows; allowed: at least Data.BatchSize (20000).",
            await FaultOf(
                "Data = Presets.Nano.Data with { BatchSize = 20_000 }, Budget = new BudgetConfig { Tokens = 200_000_000 }"
            ),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task A_run_of_one_pass_needs_enough_rows_of_each_corpus()
    {
        CopyDataset("train", "more");
        Assert.Contains(
            $"Data.Train: datasets/english/train has {Manifest.Rows} rows, and the run needs {Manifest.Rows + 1}; allowed with "
                + "Data.EpochEnd Once: no more than there are. Lower Budget.Tokens, or let rows come again.",
            await FaultOf(
                "Data = Presets.Nano.Data with { BatchSize = 1, EpochEnd = EpochEnd.Once }, "
                    + $"Budget = new BudgetConfig {{ Tokens = {(Manifest.Rows + 1) * 128} }}"
            ),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "more has ",
            await FaultOf(
                "Data = Presets.Nano.Data with { BatchSize = 10, EpochEnd = EpochEnd.Once, Mix = [new(\"more\", 0.9)] }, "
                    + $"Budget = new BudgetConfig {{ Tokens = {Manifest.Rows * 128 * 2} }}"
            ),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_mixed_corpus_is_found_and_held_to_the_same_tokenizer()
    {
        CopyDataset("train", "other");
        var manifest = folder.File("other", "manifest.json");
        var text = File.ReadAllText(manifest);
        File.WriteAllText(
            manifest,
            text.Replace(Manifest.TokenizerSha256, new string('f', 64), StringComparison.Ordinal)
        );
        Assert.Contains(
            "was made with another tokenizer than datasets/english/train; allowed: corpora of one tokenizer.",
            await FaultOf("Data = Presets.Nano.Data with { Mix = [new(\"other\", 0.5)] }"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Data.Mix: there is no folder 'none'. Looked for:",
            await FaultOf("Data = Presets.Nano.Data with { Mix = [new(\"none\", 0.5)] }"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Data.Mix is [a=0.5,b=0.5]; allowed: shares that add up to 0.999 at most, since Data.Train has the rest.",
            await FaultOf("Data = Presets.Nano.Data with { Mix = [new(\"a\", 0.5), new(\"b\", 0.5)] }"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_evaluation_folder_without_domains_is_refused() =>
        Assert.Contains(
            "Evaluation.Perplexity: datasets/english/train holds no domain; "
                + "allowed: a folder whose subfolders are datasets (manifest.json in each).",
            await FaultOf("Evaluation = new EvaluationConfig { Perplexity = \"datasets/english/train\" }"),
            StringComparison.Ordinal
        );

    [Fact]
    public async Task Missing_minimal_pairs_and_their_missing_tokenizer_are_told()
    {
        var message = await FaultOf("Evaluation = new EvaluationConfig { Pairs = \"no\", Tokenizer = \"none.json\" }");
        Assert.Contains("Evaluation.Pairs: there is no folder 'no'. Looked for:", message, StringComparison.Ordinal);
        Assert.Contains(
            "Evaluation.Tokenizer: there is no file 'none.json'. Looked for:",
            message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Minimal_pairs_with_another_tokenizer_than_the_datas_are_refused()
    {
        var tokenizer = File.ReadAllText(Repository.PathOf("datasets", "english", "tokenizer.json"));
        File.WriteAllText(folder.File("other.json"), tokenizer + "\n");
        Assert.Contains(
            "other.json is not the tokenizer of the training data: its SHA-256 is ",
            await FaultOf(
                "Evaluation = new EvaluationConfig { Pairs = \"datasets/english/pairs\", Tokenizer = \"other.json\" }"
            ),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_malformed_line_of_minimal_pairs_is_told_with_its_number()
    {
        Directory.CreateDirectory(folder.File("own"));
        File.WriteAllText(folder.File("own", "a.jsonl"), "{}\n");
        Assert.Contains(
            "own/a.jsonl:1: 'UID' is missing or empty",
            await FaultOf("Evaluation = new EvaluationConfig { Pairs = \"own\" }"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_streamed_dataset_has_to_be_read_as_it_comes_and_is_none_to_evaluate_on()
    {
        CopyDataset("train", "streamed");
        CopyDataset("train", Path.Combine("domains", "streamed"));
        MarkStreamed("streamed");
        MarkStreamed(Path.Combine("domains", "streamed"));
        Assert.Contains(
            "Data.Order: Permuted for ",
            await FaultOf("Data = Presets.Nano.Data with { Train = \"streamed\" }"),
            StringComparison.Ordinal
        );
        var message = await FaultOf(
            "Data = Presets.Nano.Data with { Train = \"streamed\", Order = DataOrder.AsStored }, "
                + "Evaluation = new EvaluationConfig { Perplexity = \"domains\" }"
        );
        Assert.Contains("is a streamed dataset", message, StringComparison.Ordinal);
        Assert.DoesNotContain("Data.Order", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_above_the_script_is_found()
    {
        Directory.CreateDirectory(folder.File("deep", "down"));
        File.WriteAllText(folder.File("deep", "down", "x.csx"), """Sweep("s", Presets.Nano);""");
        using var script = await Scripting.Hosting.ScriptHost.LoadAsync(folder.File("deep", "down", "x.csx"), []);
        var plan = Scripting.Planning.SweepPlanner.Plan(script.Sweeps[0], script.Folder);
        Assert.Equal(folder.File("datasets", "english", "train"), plan.Cells[0].Datasets.Train);
    }

    private Task<string> FaultOf(string changes) =>
        folder.FaultAsync($"Sweep(\"s\", Presets.Nano with {{ {changes} }});");

    private void MarkStreamed(string name)
    {
        var path = folder.File(name, DatasetManifest.FileName);
        File.WriteAllText(
            path,
            File.ReadAllText(path).TrimEnd().TrimEnd('}')
                + """, "streamed": {"repository": "lab/rows", "commit": "c0ffee", "column": null}}"""
        );
    }

    private void CopyDataset(string name, string copy)
    {
        Directory.CreateDirectory(folder.File(copy));
        foreach (var file in Directory.EnumerateFiles(Repository.PathOf("datasets", "english", name)))
            File.Copy(file, folder.File(copy, Path.GetFileName(file)));
    }
}
