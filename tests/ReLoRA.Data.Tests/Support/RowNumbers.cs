using ReLoRA.Data.Sampling;

namespace ReLoRA.Data.Tests.Support;

/// <summary>Tells from the ids of <see cref="SmallData"/> which rows they are.</summary>
internal static class RowNumbers
{
    public static List<int> Of(BatchReader reader, int batches, long rows)
    {
        var byFirst = Enumerable.Range(0, (int)rows).ToDictionary(row => SmallData.Token(row, 0));
        var found = new List<int>();
        var cursor = SampleCursor.Start;
        for (var i = 0; i < batches; i++)
        {
            var batch = reader.Read(cursor);
            found.AddRange(batch.Tokens.Chunk(batch.RowLength).Select(row => byFirst[(int)row[0]]));
            cursor = batch.Next;
        }
        return found;
    }
}
