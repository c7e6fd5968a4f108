using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;

namespace ReLoRA.Data.Tests.Support;

/// <summary>Writes Arrow streams and files of ids by Apache.Arrow, in the forms that the datasets library leaves.</summary>
internal sealed record ArrowSource
{
    /// <summary>List, LargeList or FixedSizeList.</summary>
    public string Lists { get; init; } = "List";

    public IArrowType Ids { get; init; } = Int32Type.Default;

    public CompressionCodecType? Codec { get; init; }

    public bool IsFile { get; init; }

    public string Column { get; init; } = "input_ids";

    public int RowsPerBatch { get; init; } = 4;

    /// <summary>A row that is null, if any.</summary>
    public int NullRow { get; init; } = -1;

    public void Write(string path, IReadOnlyList<long[]> rows)
    {
        var column = new Field(Column, ListType(rows.Count > 0 ? rows[0].Length : 2), nullable: true);
        var schema = new Schema(
            [new Field("text", StringType.Default, true), column],
            [new KeyValuePair<string, string>("huggingface", "{}")]
        );
        var options = new IpcOptions
        {
            CompressionCodec = Codec,
            CompressionCodecFactory = new CompressionCodecFactory(),
        };
        using var file = File.Create(path);
        using ArrowStreamWriter writer = IsFile
            ? new ArrowFileWriter(file, schema, leaveOpen: true, options)
            : new ArrowStreamWriter(file, schema, leaveOpen: true, options);
        writer.WriteStart();
        for (var first = 0; first < rows.Count; first += RowsPerBatch)
        {
            var some = rows.Skip(first).Take(RowsPerBatch).ToList();
            var text = new StringArray.Builder().AppendRange(some.Select(row => $"row of {row.Length}")).Build();
            using var batch = new RecordBatch(
                schema,
                [text, Array(column.DataType, some, NullRow - first)],
                some.Count
            );
            writer.WriteRecordBatch(batch);
        }
        writer.WriteEnd();
    }

    private IArrowType ListType(int length)
    {
        var item = new Field("item", Ids, nullable: true);
        return Lists switch
        {
            "List" => new ListType(item),
            "LargeList" => new LargeListType(item),
            _ => new FixedSizeListType(item, length),
        };
    }

    private IArrowArray Array(IArrowType type, List<long[]> rows, int nullRow)
    {
        var hasNull = nullRow >= 0 && nullRow < rows.Count;
        var validity = ArrowBuffer.Empty;
        if (hasNull)
        {
            var bits = new ArrowBuffer.BitmapBuilder();
            for (var row = 0; row < rows.Count; row++)
                bits.Append(row != nullRow);
            validity = bits.Build();
        }
        var ids = Values(rows.SelectMany(row => row).ToArray());
        ArrowBuffer[] buffers = Lists switch
        {
            "List" => [validity, Offsets<int>(rows)],
            "LargeList" => [validity, Offsets<long>(rows)],
            _ => [validity],
        };
        return ArrowArrayFactory.BuildArray(new ArrayData(type, rows.Count, hasNull ? 1 : 0, 0, buffers, [ids]));
    }

    private static ArrowBuffer Offsets<T>(List<long[]> rows)
        where T : struct, System.Numerics.IBinaryInteger<T>
    {
        var offsets = new ArrowBuffer.Builder<T>();
        var at = T.Zero;
        offsets.Append(at);
        foreach (var row in rows)
            offsets.Append(at += T.CreateChecked(row.Length));
        return offsets.Build();
    }

    private ArrayData Values(long[] ids)
    {
        var buffer = Ids.TypeId switch
        {
            ArrowTypeId.UInt16 => Buffer<ushort>(ids),
            ArrowTypeId.Int16 => Buffer<short>(ids),
            ArrowTypeId.UInt32 => Buffer<uint>(ids),
            ArrowTypeId.Int32 => Buffer<int>(ids),
            ArrowTypeId.Float => Buffer<int>(ids),
            _ => Buffer<long>(ids),
        };
        return new ArrayData(Ids, ids.Length, 0, 0, [ArrowBuffer.Empty, buffer]);
    }

    private static ArrowBuffer Buffer<T>(long[] ids)
        where T : struct, System.Numerics.IBinaryInteger<T>
    {
        var buffer = new ArrowBuffer.Builder<T>(ids.Length);
        foreach (var id in ids)
            buffer.Append(T.CreateTruncating(id));
        return buffer.Build();
    }
}
