using System.Text.Encodings.Web;
using System.Text.Json;

namespace ReLoRA.Data.Shards;

/// <summary>Reads and writes <c>manifest.json</c>.</summary>
internal static class ManifestJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public static byte[] Write(DatasetManifest manifest) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(manifest, Options), (byte)'\n'];

    /// <exception cref="DataException">It is no manifest, of another format, or contradicts itself.</exception>
    public static DatasetManifest Parse(byte[] utf8, string path)
    {
        RequireFormat(utf8, path);
        DatasetManifest manifest;
        try
        {
            manifest = JsonSerializer.Deserialize<DatasetManifest>(utf8, Options) ?? throw new JsonException("null");
        }
        catch (JsonException fault)
        {
            throw Damaged(path, fault.Message, fault);
        }
        RequireConsistent(manifest, path);
        return manifest;
    }

    private static void RequireFormat(byte[] utf8, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8);
            if (document.RootElement.TryGetProperty("format", out var format) && format.TryGetInt32(out var number))
            {
                if (number == DatasetManifest.CurrentFormat)
                    return;
                throw new DataException(
                    DataFault.Unsupported,
                    $"{path}: format {number}; this version reads {DatasetManifest.CurrentFormat}. Build the dataset anew "
                        + "(relora data build) or use the version that wrote it."
                );
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw Damaged(path, fault.Message, fault);
        }
        throw Damaged(path, "it has no number called \"format\"", null);
    }

    private static void RequireConsistent(DatasetManifest manifest, string path)
    {
        Require(manifest.RowLength >= 2, $"row_length is {manifest.RowLength}; allowed: 2 and more");
        Require(manifest.VocabularySize >= 1, $"vocabulary_size is {manifest.VocabularySize}; allowed: 1 and more");
        Require(
            manifest.EndOfText >= 0 && manifest.EndOfText < manifest.VocabularySize,
            $"end_of_text is {manifest.EndOfText}; allowed: 0 to {manifest.VocabularySize - 1}"
        );
        var types = manifest.AdoptedColumn is null ? TokenType.OfShards : TokenType.OfSources;
        Require(
            types.Contains(manifest.TokenType),
            $"token_type is \"{manifest.TokenType}\"; allowed: {string.Join(", ", types.Select(type => $"\"{type}\""))}"
        );
        Require(manifest.Shards.All(shard => shard is { Rows: >= 1, Bytes: >= 1 }), "a shard is empty");
        // Decimal: a damaged count must not overflow the sum that is to reveal it.
        var rows = manifest.Shards.Sum(shard => (decimal)shard.Rows);
        Require(manifest.Rows == rows, $"rows is {manifest.Rows}, and its shards hold {rows}");
        Require(
            manifest.Tokens == (decimal)manifest.Rows * manifest.RowLength,
            $"tokens is {manifest.Tokens}; rows times row_length is {(decimal)manifest.Rows * manifest.RowLength}"
        );
        foreach (var shard in manifest.Shards)
        {
            Require(
                shard.File.Length > 0 && shard.File == Path.GetFileName(shard.File),
                $"\"{shard.File}\" is no plain file name; shards lie beside the manifest"
            );
        }

        void Require(bool condition, string found)
        {
            if (!condition)
                throw Damaged(path, found, null);
        }
    }

    private static DataException Damaged(string path, string found, Exception? inner) =>
        new(
            DataFault.Damaged,
            $"{path}: damaged manifest: {found}. Build the dataset anew (relora data build).",
            inner
        );
}
