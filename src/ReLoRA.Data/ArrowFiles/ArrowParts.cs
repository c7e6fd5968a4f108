using ReLoRA.Data.Shards;

namespace ReLoRA.Data.ArrowFiles;

/// <summary>
/// Counts the nodes and buffers of the columns before the one sought: a batch lists them all, in the order of the schema, without names.
/// Numbers are those of Arrow's Schema.fbs, counts those of its Columnar.rst.
/// </summary>
internal sealed class ArrowParts
{
    private const int TypeKindOfField = 2;
    private const int TypeOfField = 3;
    private const int DictionaryOfField = 4;
    private const int ChildrenOfField = 5;
    private const int DeepestNesting = 64;

    public int Nodes { get; private set; }

    public int Buffers { get; private set; }

    public int Views { get; private set; }

    public void Skip(FlatTable field, ArrowFaults faults, int depth = 0)
    {
        if (depth > DeepestNesting)
            throw faults.Damaged("its schema nests without end");
        Nodes++;
        if (field.Has(DictionaryOfField))
        {
            // The indices stand in for the column; its values are in messages of their own.
            Buffers += 2;
            return;
        }
        Buffers += field.Byte(TypeKindOfField) switch
        {
            1 or 22 => 0, // Null, RunEndEncoded
            13 or 16 => 1, // Struct, FixedSizeList
            14 => field.Table(TypeOfField).Int16(0) == 0 ? 1 : 2, // Union, sparse or dense
            2 or 3 or 6 or 7 or 8 or 9 or 10 or 11 or 15 or 18 => 2, // numbers, times, FixedSizeBinary
            12 or 17 or 21 => 2, // List, Map, LargeList
            4 or 5 or 19 or 20 or 25 or 26 => 3, // Binary, Utf8 and their large forms, ListView
            23 or 24 => View(), // BinaryView, Utf8View
            var other => throw faults.Unsupported(
                $"a column of Arrow type {other} stands before the ids",
                "only the types of Arrow 1.4 (format version) are known. Keep the column of ids only."
            ),
        };
        for (var child = 0; child < field.TableCount(ChildrenOfField); child++)
            Skip(field.TableAt(ChildrenOfField, child), faults, depth + 1);
    }

    private int View()
    {
        Views++;
        return 2;
    }
}
