using Microsoft.ML.Tokenizers;

namespace ReLoRA.Data.Tokenizers;

/// <summary>Hands the words of <see cref="WordSplitter"/> to the merging of Microsoft.ML.Tokenizers.</summary>
internal sealed class WordPreTokenizer : PreTokenizer
{
    public override IEnumerable<(int Offset, int Length)> PreTokenize(string text)
    {
        for (var start = 0; start < text.Length; )
        {
            var end = WordSplitter.WordEnd(text, start);
            yield return (start, end - start);
            start = end;
        }
    }

    public override IEnumerable<(int Offset, int Length)> PreTokenize(ReadOnlySpan<char> text) =>
        PreTokenize(text.ToString());
}
