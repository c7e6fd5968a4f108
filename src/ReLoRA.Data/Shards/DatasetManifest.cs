using System.Text.Json.Serialization;

namespace ReLoRA.Data.Shards;

/// <summary>What <c>manifest.json</c> says of a dataset. It holds nothing that depends on time or place, so equal input gives equal bytes.</summary>
public sealed record DatasetManifest
{
    /// <summary>The version of this format that is written and read.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The file's name in the dataset's folder.</summary>
    public const string FileName = "manifest.json";

    /// <summary>Version of the format.</summary>
    public required int Format { get; init; }

    /// <summary>Tokens of a row: the sequence length plus one.</summary>
    public required int RowLength { get; init; }

    /// <summary>Rows of all shards.</summary>
    public required long Rows { get; init; }

    /// <summary>Tokens of all rows.</summary>
    public required long Tokens { get; init; }

    /// <summary>Tokens after the last full row, which are in no shard.</summary>
    public required long DroppedTokens { get; init; }

    /// <summary>Documents that were tokenized; 0 where the ids came without them.</summary>
    public required long Documents { get; init; }

    /// <summary>Bytes of the documents' text in UTF-8; 0 where the ids came without it.</summary>
    public required long TextBytes { get; init; }

    /// <summary>Lines of the input that were left out because they are no document; not written where it is 0.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long SkippedLines { get; init; }

    /// <summary>One more than the largest id of the tokenizer.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>The id that follows each document.</summary>
    public required int EndOfText { get; init; }

    /// <summary>How ids are stored: <c>uint16</c> or <c>int32</c>, in adopted files also <c>int16</c>, <c>uint32</c> or <c>int64</c>.</summary>
    public required string TokenType { get; init; }

    /// <summary>SHA-256 of the <c>tokenizer.json</c> that made the ids, in hexadecimal; <c>unknown</c> where it was not given.</summary>
    public required string TokenizerSha256 { get; init; }

    /// <summary>The shards in the order of their rows.</summary>
    public required IReadOnlyList<ShardEntry> Shards { get; init; }

    /// <summary>The files that the text or the ids came from, in the order they were read.</summary>
    public required IReadOnlyList<SourceEntry> Sources { get; init; }

    /// <summary>
    /// The column of ids where the shards are Arrow files that others wrote, read where they lie; null where they are shards of ours.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AdoptedColumn { get; init; }

    /// <summary>
    /// Where the shards come from if they come and go; null where they lie in the folder. Sizes and checksums are then those of the hub's files.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StreamOrigin? Streamed { get; init; }
}
