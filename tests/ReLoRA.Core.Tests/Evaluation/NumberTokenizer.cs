using System.Globalization;
using ReLoRA.Data.Tokenizers;

namespace ReLoRA.Core.Tests.Evaluation;

/// <summary>Texts of numbers, which are their ids.</summary>
internal sealed class NumberTokenizer : ITextTokenizer
{
    public int VocabularySize => 200;

    public int? BeginOfText => null;

    public int? EndOfText => null;

    public IReadOnlyList<int> Encode(string text) =>
        [
            .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(word => int.Parse(word, CultureInfo.InvariantCulture)),
        ];

    public string Decode(IReadOnlyList<int> ids, bool skipSpecial = true) => string.Join(' ', ids);
}
