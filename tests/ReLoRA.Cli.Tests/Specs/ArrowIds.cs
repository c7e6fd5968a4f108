using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;

namespace ReLoRA.Cli.Tests.Specs;

/// <summary>Writes Arrow streams of ids as the datasets library caches them.</summary>
internal static class ArrowIds
{
    public const int Vocabulary = 512;

    /// <summary>Rows of ids that follow from the row's number.</summary>
    public static void Write(string path, int rows, int rowLength, int first = 0)
    {
        var lists = new ListArray.Builder(new Field("item", Int32Type.Default, true));
        var values = (Int32Array.Builder)lists.ValueBuilder;
        for (var row = first; row < first + rows; row++)
        {
            lists.Append();
            for (var at = 0; at < rowLength; at++)
                values.Append((row * 31 + at * 7) % Vocabulary);
        }
        var array = lists.Build();
        var schema = new Schema([new Field("input_ids", array.Data.DataType, true)], null);
        using var file = File.Create(path);
        using var writer = new ArrowStreamWriter(file, schema);
        using var batch = new RecordBatch(schema, [array], rows);
        writer.WriteRecordBatch(batch);
        writer.WriteEnd();
    }
}
