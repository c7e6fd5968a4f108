using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace ReLoRA.Core.Evaluation.Scoring;

/// <summary>
/// Names scores by all that decides them: the model's files, the number type, and every token that is scored, in which data, tokenizer and options
/// are contained.
/// </summary>
public static class ScoringIdentity
{
    // Raised where the same inputs are to get other scores.
    private const int Version = 1;

    private const int ReadAtOnce = 1 << 18;

    /// <summary>The name, in hexadecimal digits.</summary>
    /// <param name="modelFiles">The model's files: weights and shape.</param>
    /// <param name="precision">The number type it computes in.</param>
    /// <param name="items">What is scored.</param>
    public static string Of(IEnumerable<string> modelFiles, string precision, IEnumerable<ScoredItem> items)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, Version);
        hash.AppendData(Encoding.UTF8.GetBytes($"{precision}\n"));
        foreach (var path in modelFiles)
            AddFile(hash, path);
        foreach (var item in items)
        {
            Add(hash, item.Alternatives.Count);
            foreach (var sequence in item.Alternatives)
            {
                Add(hash, sequence.First, sequence.Tokens.Count);
                Add(hash, [.. sequence.Tokens]);
            }
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, params ReadOnlySpan<int> numbers) =>
        hash.AppendData(MemoryMarshal.AsBytes(numbers));

    private static void AddFile(IncrementalHash hash, string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        var piece = new byte[ReadAtOnce];
        for (int count; (count = file.Read(piece)) > 0; )
            hash.AppendData(piece.AsSpan(0, count));
    }
}
