using ReLoRA.Data;
using ReLoRA.Data.Tokenizers;

namespace ReLoRA.Cli.Commands;

/// <summary>Stands where a model's folder has no tokenizer, which is a fault only where there is text: token shards need none.</summary>
internal sealed class MissingTokenizer(DataException fault) : ITextTokenizer
{
    public int VocabularySize => 0;

    public int? BeginOfText => null;

    public int? EndOfText => null;

    public IReadOnlyList<int> Encode(string text) => throw new DataException(fault.Fault, fault.Message, fault);

    public string Decode(IReadOnlyList<int> ids, bool skipSpecial = true) =>
        throw new DataException(fault.Fault, fault.Message, fault);
}
