using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using ReLoRA.Core.Evaluation.Tasks;

namespace ReLoRA.Core.Evaluation.Items;

/// <summary>Tables of items as Arrow files: columns of utf8, double, int64 and bool.</summary>
internal static class ArrowItems
{
    public static void Write(Stream file, ItemTable table)
    {
        var schema = new Schema(
            table.Columns.Select(column => new Field(column.Name, TypeOf(column.Values), nullable: false)),
            metadata: null
        );
        using var batch = new RecordBatch(schema, table.Columns.Select(column => Values(column.Values)), table.Rows);
        using var writer = new ArrowFileWriter(file, schema, leaveOpen: true);
        writer.WriteRecordBatch(batch);
        writer.WriteEnd();
    }

    /// <exception cref="InvalidDataException">It is no such table.</exception>
    public static ItemTable Read(Stream file)
    {
        using var reader = new ArrowFileReader(file, leaveOpen: true);
        var batches = new List<RecordBatch>();
        try
        {
            while (reader.ReadNextRecordBatch() is { } batch)
                batches.Add(batch);
            return new ItemTable([
                .. reader.Schema.FieldsList.Select(
                    (field, column) =>
                        new ItemColumn(field.Name, Joined(field, [.. batches.Select(batch => batch.Column(column))]))
                ),
            ]);
        }
        finally
        {
            foreach (var batch in batches)
                batch.Dispose();
        }
    }

    private static IArrowType TypeOf(System.Array values) =>
        values switch
        {
            string[] => StringType.Default,
            double[] => DoubleType.Default,
            long[] => Int64Type.Default,
            bool[] => BooleanType.Default,
            _ => throw new ArgumentException(
                $"A column of {values.GetType().GetElementType()} is none that is stored."
            ),
        };

    private static IArrowArray Values(System.Array values) =>
        values switch
        {
            string[] texts => new StringArray.Builder().AppendRange(texts).Build(),
            double[] numbers => new DoubleArray.Builder().AppendRange(numbers).Build(),
            long[] numbers => new Int64Array.Builder().AppendRange(numbers).Build(),
            bool[] flags => new BooleanArray.Builder().AppendRange(flags).Build(),
            _ => throw new ArgumentException(
                $"A column of {values.GetType().GetElementType()} is none that is stored."
            ),
        };

    private static System.Array Joined(Field field, IReadOnlyList<IArrowArray> parts) =>
        field.DataType switch
        {
            StringType => parts
                .Cast<StringArray>()
                .SelectMany(part => Enumerable.Range(0, part.Length).Select(row => part.GetString(row)))
                .ToArray(),
            DoubleType => parts.Cast<DoubleArray>().SelectMany(part => part.Values.ToArray()).ToArray(),
            Int64Type => parts.Cast<Int64Array>().SelectMany(part => part.Values.ToArray()).ToArray(),
            BooleanType => parts
                .Cast<BooleanArray>()
                .SelectMany(part => Enumerable.Range(0, part.Length).Select(row => part.GetValue(row) == true))
                .ToArray(),
            _ => throw new InvalidDataException(
                $"column {field.Name} is of the type {field.DataType.Name}; expected utf8, double, int64 or bool."
            ),
        };
}
