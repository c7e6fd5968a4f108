using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using ReLoRA.Core.Configuration;
using ReLoRA.Core.Evaluation.Perplexity;
using ReLoRA.Core.Evaluation.Scoring;
using ReLoRA.Core.Evaluation.Tasks;
using ReLoRA.Core.Inference;
using ReLoRA.Core.Models;
using ReLoRA.Core.Training;
using ReLoRA.Data;
using ReLoRA.Testing;
using static TorchSharp.torch;

namespace ReLoRA.Core.Tests.Evaluation.Perplexity;

public sealed class PerplexityTaskTests : IDisposable
{
    /// <summary>Rounding of sums of a few numbers near one, and of their exponentials.</summary>
    private const double Rounding = 1e-12;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_short_document_has_the_probability_of_its_tokens_after_the_end_of_text_token()
    {
        using var model = SmallModel();
        Write("one.txt", "cab");

        var scores = new SequenceScorer(model).Score(Open().Items).ToList();
        var found = Scored.Figure(Open().Summarize([.. scores]), "overall", "", "perplexity");

        var alone = TokenLogProbabilities.Of(model, [31, 3, 1, 2]);
        Assert.Equal(Math.Exp(-alone.Average()), found, Rounding);
    }

    [Fact]
    public void A_long_document_is_cut_into_windows_that_score_each_token_once()
    {
        using var model = SmallModel();
        Write("one.txt", "abcdefghijklmnopqrstuvwxyzabc");
        var evaluation = Open();

        var found = Scored.Figure(
            evaluation.Summarize([.. new SequenceScorer(model).Score(evaluation.Items).OrderBy(score => score.Item)]),
            "overall",
            "",
            "perplexity"
        );

        int[] ids = [31, .. Enumerable.Range(1, 26), 1, 2, 3];
        double[] byHand = [.. ByHand(model, ids[..13]), .. ByHand(model, ids[12..25]), .. ByHand(model, ids[24..])];
        Assert.Equal(29, byHand.Length);
        Assert.Equal(Math.Exp(-byHand.Average()), found, Rounding);
        Assert.Contains(
            evaluation.Remarks,
            remark => remark.Contains("1 of 1 documents are longer", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Corpus_perplexity_weighs_tokens_and_macro_averages_weigh_domains()
    {
        Paloma("books", "val", ("ab", "x"), ("c", "x"), ("zzzz", "y"));
        Paloma("notes", "val", ("d", null));

        var summary = Summary();

        double[] means = [(0.1 + 0.2 + 0.3) / 3, 2.6, 0.4];
        Equal(Math.Exp((0.6 + (4 * 2.6) + 0.4) / 8), summary, "overall", "", "perplexity");
        Equal(means.Average(Math.Exp), summary, "overall", "", "macro_perplexity");
        Equal(Math.Exp(means.Average()), summary, "overall", "", "macro_perplexity_geometric");
        Equal(Math.Exp((0.6 + (4 * 2.6)) / 7), summary, "source", "books", "perplexity");
        Equal(Math.Exp(means[0]), summary, "domain", "books/x", "perplexity");
        Equal(Math.Exp(0.4), summary, "domain", "notes", "perplexity");
    }

    [Fact]
    public void Bits_a_byte_count_UTF8_and_words_are_what_white_space_parts()
    {
        Write("one.txt", "ab é\u2003c.\n\n d\u00a0e ");

        var summary = Summary();

        // Words: ab, é, c., d, e. Bytes: 2 + 1 + 2 + 3 + 2 + 2 + 1 + 1 + 2 + 1 + 1.
        var nats = Scored.Nats([1, 2, 27, 3, 27, 4, 5]);
        Equal(nats / Math.Log(2) / 18, summary, "overall", "", "bits_per_byte");
        Equal(Math.Exp(nats / 5), summary, "overall", "", "word_perplexity");
    }

    [Fact]
    public void The_studys_figure_is_the_mean_over_full_chunks_of_texts_that_end_of_text_joins()
    {
        Paloma("books", "val", ("abc", null), ("de", null), ("fghi", null));

        var evaluation = new PerplexityTask().Open(Scored.Source(folder.Path, positions: 5));
        var summary = evaluation.Summarize(Scored.ById(evaluation));

        // a b c END d | e END f g h | i END: the first token of a chunk is not scored, and the last chunk is not full.
        double[] chunks = [Math.Exp(Scored.Nats([2, 3, 31, 4]) / 4), Math.Exp(Scored.Nats([31, 6, 7, 8]) / 4)];
        Equal(chunks.Average(), summary, "overall", "", "study_perplexity");
        Equal(chunks.Average(), summary, "source", "books", "study_perplexity");
        Assert.Contains(evaluation.Remarks, remark => remark.Contains("chunks of 5 tokens", StringComparison.Ordinal));
    }

    [Fact]
    public void Figures_of_an_evaluation_that_was_broken_off_are_over_whole_documents()
    {
        Paloma("books", "val", ("ab", "x"), ("cccccccccccccccccc", "x"), ("d", "y"));
        var evaluation = Open();
        var scores = Scored.ById(evaluation).ToArray();
        // The second window of the second document, and all of the third.
        (scores[2], scores[3]) = (null, null);

        var summary = evaluation.Summarize(scores);

        Equal(Math.Exp(0.15), summary, "overall", "", "perplexity");
        Assert.DoesNotContain(summary.Figures, figure => figure.Name == "books/y");
        Assert.Contains(("documents_scored", 1L), summary.Counts);
        Assert.Contains("1 of 3 documents", Assert.Single(summary.Remarks), StringComparison.Ordinal);
        Assert.Empty(evaluation.Summarize([.. scores.Select(_ => (ItemScore?)null)]).Figures);
    }

    [Fact]
    public void A_group_of_one_document_has_no_interval()
    {
        Paloma("books", "val", ("ab", "x"), ("c", "x"), ("d", "y"));

        var figures = Summary().Figures.Where(figure => figure.Metric == "perplexity").ToList();

        Assert.Equal(["books/y"], figures.Where(figure => figure.Evidence is null).Select(figure => figure.Name));
    }

    [Fact]
    public void A_domain_without_text_has_no_figure_and_is_named()
    {
        Paloma("books", "val", ("", "x"), (" \n", "x"), ("a", "y"));

        var summary = Summary();

        Equal(Math.Exp(0.1), summary, "overall", "", "macro_perplexity");
        Assert.Contains(("documents_empty", 2L), summary.Counts);
        Assert.Contains(Open().Remarks, remark => remark.StartsWith("books/x: no text", StringComparison.Ordinal));
        Assert.DoesNotContain(summary.Figures, figure => !double.IsFinite(figure.Value));
    }

    [Fact]
    public void A_figure_beyond_the_largest_number_is_left_out_and_counted()
    {
        Write("one.txt", new string('z', 300));

        var summary = Summary();

        Assert.DoesNotContain(summary.Figures, figure => figure.Metric == "word_perplexity");
        Assert.Contains("3 figure(s)", Assert.Single(summary.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_some_documents_of_each_domain_are_taken_evenly_where_that_is_asked_for()
    {
        Paloma("books", "val", ("a", "x"), ("b", "x"), ("c", "x"), ("d", "x"), ("e", "y"));

        var evaluation = new PerplexityTask().Open(Scored.Source(folder.Path) with { Samples = 2 });

        Assert.Equal([1, 3, 5], evaluation.Items.Select(item => item.Alternatives[0].Tokens[1]));
    }

    [Fact]
    public void Rows_of_token_datasets_are_documents_whose_first_token_is_context()
    {
        using var inputs = CellInputs.Read(SmallRuns.Cell(folder, SmallRuns.Config));
        var source = Scored.Source(folder.File("data", "validation"));

        var evaluation = new PerplexityTask().Open(source);
        var summary = evaluation.Summarize(Scored.ById(evaluation));

        var row = new long[13];
        var all = new List<int>();
        for (var at = 0; at < 5; at++)
        {
            inputs.Evaluation.Domains[0].Data.ReadRow(at, row);
            all.AddRange(row.Skip(1).Select(id => (int)id));
        }
        Assert.Equal(60, all.Count);
        Equal(Math.Exp(Scored.Nats(all) / 60), summary, "domain", "first", "perplexity");
        Assert.DoesNotContain(summary.Figures, figure => figure.Metric is "bits_per_byte" or "word_perplexity");
        Assert.Contains(evaluation.Remarks, remark => remark.Contains("no bits_per_byte", StringComparison.Ordinal));
        Assert.Single(
            new PerplexityTask().Open(source with { Data = folder.File("data", "train"), Samples = 1 }).Items,
            item => item.Length == 13
        );
    }

    [Fact]
    public void The_items_are_enough_to_compute_the_figures_again()
    {
        Paloma("books", "val", ("abcdefghijklmnopq", "x"), ("c", "y"));
        var evaluation = Open();
        var scores = Scored.ById(evaluation);

        var table = evaluation.Table(scores);

        T[] Column<T>(string name) => (T[])table.Columns.Single(column => column.Name == name).Values;
        var windows = Column<string>("kind")
            .Index()
            .Where(row => row.Item == "window")
            .Select(row => row.Index)
            .ToList();
        var nats = -windows.Sum(row => Column<double>("log_probability_nats")[row]);
        var tokens = windows.Sum(row => Column<long>("tokens")[row]);
        Equal(Math.Exp(nats / tokens), evaluation.Summarize(scores), "overall", "", "perplexity");
        Assert.Equal([2, 2, 1], windows.Select(row => Column<long>("windows")[row]));
        Assert.Equal("books.jsonl.gz:2", Column<string>("name")[2]);
        Assert.Equal([17, 17, 1], windows.Select(row => Column<long>("document_bytes")[row]));
    }

    [Theory]
    [InlineData("{\"text\": 3}", "(1): 'text' is no string")]
    [InlineData("\n{\"txt\": \"a\"}", "(2): 'text' is missing")]
    [InlineData("{\"text\": \"a\", \"subdomain\": [1]}", "(1): 'subdomain' is no string")]
    [InlineData("{\"text\": \"a\"", "(1): no JSON")]
    [InlineData("[\"text\"]", "(1): 'text' is missing, since the line is no object")]
    public void A_line_that_is_not_in_the_schema_is_named_with_file_line_and_field(string lines, string message)
    {
        Write(Path.Combine("books", "val", "a.jsonl"), lines);

        Assert.Contains($"a.jsonl{message}", Assert.Throws<DataException>(Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_evaluated_is_refused_with_the_remedy()
    {
        Refused("holds no text to evaluate", Scored.Source(folder.Path));
        Refused("no such file or folder", Scored.Source(folder.File("absent")));
        Write(Path.Combine("books", "test", "a.jsonl"), "{\"text\": \" \"}");
        Refused("no source has a split 'val'; there are: test", Scored.Source(folder.Path));
        Refused("every document is empty", Scored.Source(folder.Path) with { Split = "test" });
        Write(Path.Combine("books", "val", "a.jsonl"), "\n{\"text\": \"abc!\"}");
        Refused("--start-token", Scored.Source(folder.Path) with { EndOfText = null });
        Refused(
            "a.jsonl(2): token id 27; allowed by the model's vocabulary: 0 to 26",
            Scored.Source(folder.Path) with
            {
                VocabularySize = 27,
                EndOfText = 0,
            }
        );
        Refused("token id 99", Scored.Source(folder.Path) with { StartToken = 99 });
    }

    [Fact]
    public void A_model_without_finite_probabilities_is_refused()
    {
        Write("one.txt", "ab");
        var evaluation = Open();

        var fault = Assert.Throws<UserFaultException>(() =>
            evaluation.Summarize([new ItemScore(0, [new SequenceScore(double.NaN, 2, IsGreedy: false)])])
        );

        Assert.Contains("one.txt", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Perplexities_are_those_of_the_published_definitions()
    {
        using var scope = NewDisposeScope();
        var json = Golden.Json("blimp_scoring", "scores.json");
        var expected = json["modes"]!["f64"]!["perplexity"]!;
        int[][] sequences =
        [
            .. json["perplexity_batch"]!["sequences"]!
                .AsArray()
                .Select(one => one!.AsArray().Select(id => (int)id!).ToArray()),
        ];
        using var model = Golden.Decoder("main", new RunConfig { Precision = Precision.Float64 });
        var evaluation = new PerplexityEvaluation(
            new PerplexityCorpus(
                [.. sequences.Select((ids, at) => new CorpusDocument("s", $"s/{at}", $"{at}", ids, null, null))],
                [.. sequences.Select((ids, at) => new StudyChunk("s", $"{at}", ids))],
                Empty: 0,
                []
            ),
            model.Model.MaxSequenceLength
        );

        var summary = evaluation.Summarize([
            .. new SequenceScorer(model).Score(evaluation.Items).OrderBy(score => score.Item),
        ]);

        // A relative error of exp is the absolute one of its argument.
        Near(expected["hf_add_start_token_False"]!["mean_perplexity"]!, "study_perplexity");
        Near(expected["corpus_token_weighted"]!["perplexity"]!, "perplexity");
        Near(expected["exp_of_mean_of_sequence_means"]!, "macro_perplexity_geometric");

        void Near(JsonNode value, string metric) =>
            Golden.Near(
                value,
                Scored.Figure(summary, "overall", "", metric),
                GoldenMode.Of("f64").Values,
                isRelative: true
            );
    }

    [Fact]
    public void Nothing_stays_alive()
    {
        using var model = SmallModel();
        Write("one.txt", "cab");
        var before = LiveTensors.Count;

        _ = Open().Summarize([.. new SequenceScorer(model).Score(Open().Items)]);

        Assert.Equal(before, LiveTensors.Count);
    }

    private static Decoder SmallModel() =>
        ModelFactory.Create(SmallRuns.Config with { Precision = Precision.Float64 }, CPU);

    /// <summary>Of each token after the first; as many go in as the context holds, which is one less than there are.</summary>
    private static double[] ByHand(Decoder model, int[] ids)
    {
        using var scope = NewDisposeScope();
        var inputs_BT = tensor(ids[..^1].Select(id => (long)id).ToArray(), [1, ids.Length - 1]);
        var logs_TV = nn.functional.log_softmax(model.Forward(inputs_BT, training: false)[0], -1);
        return [.. ids.Skip(1).Select((id, at) => logs_TV[at, id].item<double>())];
    }

    private static void Refused(string message, EvaluationSource source) =>
        Assert.Contains(
            message,
            Assert.Throws<UserFaultException>(() => new PerplexityTask().Open(source)).Message,
            StringComparison.Ordinal
        );

    private static void Equal(double expected, EvaluationSummary summary, string group, string name, string metric) =>
        Assert.Equal(expected, Scored.Figure(summary, group, name, metric), Rounding);

    private IEvaluation Open() => new PerplexityTask().Open(Scored.Source(folder.Path));

    private EvaluationSummary Summary()
    {
        var evaluation = Open();
        return evaluation.Summarize(Scored.ById(evaluation));
    }

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.File(name))!);
        File.WriteAllText(folder.File(name), text);
    }

    private void Paloma(string source, string split, params (string Text, string? Domain)[] documents)
    {
        Directory.CreateDirectory(folder.File(source, split));
        using var file = new GZipStream(
            File.Create(folder.File(source, split, $"{source}.jsonl.gz")),
            CompressionLevel.Fastest
        );
        foreach (var (text, domain) in documents)
            file.Write(
                System.Text.Encoding.UTF8.GetBytes(
                    JsonSerializer.Serialize(
                        new Dictionary<string, string?> { ["text"] = text, ["subdomain"] = domain }
                    ) + "\n"
                )
            );
    }
}
