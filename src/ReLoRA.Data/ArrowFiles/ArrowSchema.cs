using ReLoRA.Data.Shards;

namespace ReLoRA.Data.ArrowFiles;

/// <summary>Finds the column of ids in a schema message. Numbers are those of Arrow's Schema.fbs.</summary>
internal static class ArrowSchema
{
    private const int Endianness = 0;
    private const int FieldsOfSchema = 1;
    private const int NameOfField = 0;
    private const int TypeKindOfField = 2;
    private const int TypeOfField = 3;
    private const int DictionaryOfField = 4;
    private const int ChildrenOfField = 5;
    private const int IntegerKind = 2;
    private const int ListKindNumber = 12;
    private const int FixedSizeListKind = 16;
    private const int LargeListKind = 21;
    private const string Allowed =
        "supported: lists (List, LargeList, FixedSizeList) of uint16, int16, uint32, int32 or int64. Choose another column "
        + "(--column) or cast it.";

    /// <exception cref="DataException">There is no such column, or it is no list of integers (<see cref="DataFault.Unsupported"/>).</exception>
    public static ArrowColumn Find(FlatTable schema, string column, ArrowFaults faults)
    {
        if (schema.Int16(Endianness) != 0)
            throw faults.Unsupported(
                "its numbers are big-endian",
                "supported: little-endian. Write it anew on such a machine."
            );
        var parts = new ArrowParts();
        var names = new List<string>();
        for (var index = 0; index < schema.TableCount(FieldsOfSchema); index++)
        {
            var field = schema.TableAt(FieldsOfSchema, index);
            var name = field.Text(NameOfField);
            if (name == column)
                return Read(field, column, parts, faults);
            names.Add(name);
            parts.Skip(field, faults);
        }
        throw faults.NoSuchColumn(column, names);
    }

    private static ArrowColumn Read(FlatTable field, string column, ArrowParts parts, ArrowFaults faults)
    {
        var kind = field.Byte(TypeKindOfField) switch
        {
            _ when field.Has(DictionaryOfField) => throw Unsupported("is dictionary-encoded"),
            ListKindNumber => ListKind.List,
            LargeListKind => ListKind.LargeList,
            FixedSizeListKind => ListKind.FixedSize,
            var other => throw Unsupported($"has Arrow type {other}"),
        };
        if (field.TableCount(ChildrenOfField) != 1)
            throw Unsupported($"has {field.TableCount(ChildrenOfField)} children");
        var item = field.TableAt(ChildrenOfField, 0);
        if (item.Byte(TypeKindOfField) != IntegerKind || item.Has(DictionaryOfField))
            throw Unsupported($"is of lists of Arrow type {item.Byte(TypeKindOfField)}");
        var integer = item.Table(TypeOfField);
        var type = TokenType.Of(integer.Int32(0), isSigned: integer.Byte(1) != 0);
        if (type is null)
            throw Unsupported($"is of lists of {integer.Int32(0)}-bit integers (signed: {integer.Byte(1) != 0})");
        var length = kind == ListKind.FixedSize ? field.Table(TypeOfField).Int32(0) : 0;
        return new ArrowColumn(kind, length, type, parts.Nodes, parts.Buffers, parts.Views);

        DataException Unsupported(string found) => faults.Unsupported($"the column \"{column}\" {found}", Allowed);
    }
}
