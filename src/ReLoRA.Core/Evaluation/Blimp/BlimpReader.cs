using ReLoRA.Core.Evaluation.Items;
using ReLoRA.Core.Evaluation.Tasks;

namespace ReLoRA.Core.Evaluation.Blimp;

/// <summary>Reads minimal pairs in BLiMP's schema.</summary>
internal static class BlimpReader
{
    /// <summary>The pairs, by file name and line; none where there is no file of them.</summary>
    /// <exception cref="UserFaultException">A line is not in the schema, or the model cannot score it.</exception>
    /// <exception cref="ReLoRA.Data.DataException">A file is damaged.</exception>
    public static IReadOnlyList<MinimalPair> Read(EvaluationSource source)
    {
        var encoder = new ItemEncoder(source);
        var lines = JsonLines.Read(source.Data).Select(BlimpLine.Of).ToList();
        return
        [
            .. EvenSample
                .Take(lines, line => line.Paradigm, source.Samples)
                .Select(line => new MinimalPair(
                    line.Paradigm,
                    encoder.Whole(line.Good, line.Place, BlimpLine.GoodField).Tokens,
                    encoder.Whole(line.Bad, line.Place, BlimpLine.BadField).Tokens
                )
                {
                    Term = line.Term,
                    Id = line.Id,
                }),
        ];
    }
}
