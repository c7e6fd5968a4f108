using System.CommandLine;
using ReLoRA.Data.Converting;

namespace ReLoRA.Cli.Commands;

/// <summary>The options that tell what made the ids, and in which column they are.</summary>
internal sealed class IdOriginOptions
{
    private readonly Option<string?> tokenizer = new("--tokenizer")
    {
        Description = "The tokenizer that made the ids: tokenizer.json or a SentencePiece .model.",
    };

    private readonly Option<int?> vocabulary = new("--vocabulary")
    {
        Description = "Every id is below this. Needed without --tokenizer.",
    };

    private readonly Option<string?> endOfText = new("--end-of-text")
    {
        Description = "The id that ends a document, or with --tokenizer the token. Needed without --tokenizer.",
    };

    private readonly Option<string> column = new("--column")
    {
        Description = "The column of ids.",
        DefaultValueFactory = _ => "input_ids",
    };

    private readonly Option<int> threads = new("--threads")
    {
        Description = "Files read at once.",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    };

    public void AddTo(Command command)
    {
        AddOriginTo(command);
        command.Options.Add(threads);
    }

    /// <summary>Without the number of threads.</summary>
    public void AddOriginTo(Command command)
    {
        command.Options.Add(tokenizer);
        command.Options.Add(vocabulary);
        command.Options.Add(endOfText);
        command.Options.Add(column);
    }

    public IdOrigin Origin(ParseResult parsed) =>
        new()
        {
            Tokenizer = parsed.GetValue(tokenizer),
            VocabularySize = parsed.GetValue(vocabulary),
            EndOfText = parsed.GetValue(endOfText),
        };

    public string Column(ParseResult parsed) => parsed.GetRequiredValue(column);

    public int Threads(ParseResult parsed) => parsed.GetValue(threads);
}
