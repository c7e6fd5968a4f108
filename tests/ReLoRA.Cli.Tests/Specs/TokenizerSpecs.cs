using System.Diagnostics;
using ReLoRA.Testing;

namespace ReLoRA.Cli.Tests.Specs;

public sealed class TokenizerSpecs : IDisposable
{
    private const string Lines = "\"the cat\\nsat\"\n\"\"\n\"a \\ud835\\udcb3 \\ud800<|endoftext|>\"\n";
    private static readonly string Tokenizer = Repository.PathOf("datasets", "english", "tokenizer.json");

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void JSON_lines_of_texts_become_JSON_lines_of_ids_and_texts_again()
    {
        File.WriteAllText(folder.File("texts.jsonl"), Lines);

        var encoded = Relora.Run(
            folder,
            "tokenizer",
            "encode",
            "--tokenizer",
            Tokenizer,
            "--input",
            "texts.jsonl",
            "--json"
        );

        encoded.ShouldSucceed();
        var ids = encoded.Output.Split('\n');
        Assert.Equal(("[]", 4), (ids[1], ids.Length));
        File.WriteAllText(folder.File("ids.jsonl"), encoded.Output);
        var decoded = Relora.Run(
            folder,
            "tokenizer",
            "decode",
            "--tokenizer",
            Tokenizer,
            "--input",
            "ids.jsonl",
            "--json"
        );
        decoded.ShouldSucceed();
        Assert.Equal(
            ["the cat\nsat", "", "a \ud835\udcb3 \uFFFD<|endoftext|>"],
            decoded
                .Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => System.Text.Json.JsonSerializer.Deserialize<string>(line)!)
        );
    }

    [Fact]
    public void A_text_becomes_ids_and_the_same_text_again()
    {
        File.WriteAllText(folder.File("text.txt"), "the cat\n  sat\n");

        var encoded = Relora.Run(folder, "tokenizer", "encode", "--tokenizer", Tokenizer, "--input", "text.txt");

        encoded.ShouldSucceed();
        File.WriteAllText(folder.File("ids.txt"), encoded.Output);
        var decoded = Relora.Run(folder, "tokenizer", "decode", "--tokenizer", Tokenizer, "--input", "ids.txt");
        Assert.Equal("the cat\n  sat\n", decoded.Output);
    }

    [Fact]
    public void A_bad_line_is_named_with_what_was_found()
    {
        File.WriteAllText(folder.File("in.jsonl"), "\"x\"\n7\n");

        Relora
            .Run(folder, "tokenizer", "encode", "--tokenizer", Tokenizer, "--input", "in.jsonl", "--json")
            .ShouldBeFault("in.jsonl(2): found a number; every line must be a JSON string");

        File.WriteAllText(folder.File("in.jsonl"), "[99999]\n");

        Relora
            .Run(folder, "tokenizer", "decode", "--tokenizer", Tokenizer, "--input", "in.jsonl", "--json")
            .ShouldBeFault("in.jsonl(1): Token id 99999 is not of this tokenizer");
    }

    [Fact]
    public void Text_that_is_no_UTF8_is_named_by_line_and_byte()
    {
        File.WriteAllBytes(folder.File("in.txt"), [(byte)'a', (byte)'\n', 0xFF]);

        Relora
            .Run(folder, "tokenizer", "encode", "--tokenizer", Tokenizer, "--input", "in.txt")
            .ShouldBeFault("in.txt(2): no UTF-8: found the byte 0xFF at byte 2");
    }

    [Fact]
    public void Without_ICU_a_tokenizer_that_composes_is_refused_with_the_remedy()
    {
        var json = File.ReadAllText(Tokenizer);
        Assert.Contains("\"normalizer\": null", json, StringComparison.Ordinal);
        File.WriteAllText(
            folder.File("nfc.json"),
            json.Replace("\"normalizer\": null", "\"normalizer\": {\"type\": \"NFC\"}", StringComparison.Ordinal)
        );
        File.WriteAllText(folder.File("in.txt"), "x");
        var start = new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "relora"),
            ["tokenizer", "encode", "--tokenizer", "nfc.json", "--input", "in.txt"]
        )
        {
            WorkingDirectory = folder.Path,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            Environment = { ["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1" },
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();

        new ReloraResult(process.ExitCode, "", errors).ShouldBeFault("Install ICU", "libicu");
    }

    [Fact]
    public void A_SentencePiece_model_gives_ids_and_text_again()
    {
        var model = SharedData.Require("data", "models", "stories260k", "tokenizer.model");
        File.WriteAllText(folder.File("in.jsonl"), "\"Once upon a time, there was a little girl.\"\n");

        var encoded = Relora.Run(folder, "tokenizer", "encode", "--tokenizer", model, "--input", "in.jsonl", "--json");

        // The ids of llama2.c and of Google's sentencepiece.
        Assert.Equal("[403,407,261,378,432,383,286,261,376,298,315,421,426]\n", encoded.Output);
        File.WriteAllText(folder.File("ids.jsonl"), encoded.Output);
        var decoded = Relora.Run(folder, "tokenizer", "decode", "--tokenizer", model, "--input", "ids.jsonl", "--json");
        Assert.Equal("\"Once upon a time, there was a little girl.\"\n", decoded.Output);
    }

    [Fact]
    public void A_tokenizer_trained_twice_is_the_same_file_and_encodes()
    {
        var text = Repository.PathOf("datasets", "english", "text", "devil.train.jsonl.gz");
        foreach (var name in new[] { "one.json", "two.json" })
            Relora.Run(folder, "tokenizer", "train", text, "--output", name, "--vocabulary", "600").ShouldSucceed();

        Assert.Equal(File.ReadAllBytes(folder.File("one.json")), File.ReadAllBytes(folder.File("two.json")));
        File.WriteAllText(folder.File("in.txt"), "the devil");
        Relora.Run(folder, "tokenizer", "encode", "--tokenizer", "one.json", "--input", "in.txt").ShouldSucceed();
    }
}
