using Apache.Arrow;
using Apache.Arrow.Types;

namespace ReLoRA.Data.Shards;

/// <summary>The schema of a shard: one column of fixed-size lists without nulls. Numbers are those of Arrow's Schema.fbs.</summary>
internal static class ShardSchema
{
    private const int FieldsOfSchema = 1;
    private const int NameOfField = 0;
    private const int TypeKindOfField = 2;
    private const int TypeOfField = 3;
    private const int ChildrenOfField = 5;
    private const int IntegerKind = 2;
    private const int FixedSizeListKind = 16;

    public static Schema Create(int rowLength, string tokenType)
    {
        var item = new Field("item", TokenType.ArrowTypeOf(tokenType), nullable: false);
        var rows = new FixedSizeListType(item, rowLength);
        return new Schema([new Field(TokenType.Column, rows, nullable: false)], metadata: null);
    }

    /// <summary>Reads the row length and the token type from a schema message.</summary>
    /// <exception cref="DataException">The schema is none of ours (<see cref="DataFault.Unsupported"/>).</exception>
    public static (int RowLength, string TokenType) Read(FlatTable schema, string path)
    {
        var fields = schema.TableCount(FieldsOfSchema);
        if (fields != 1)
            throw Unsupported(path, $"{fields} columns");
        var column = schema.TableAt(FieldsOfSchema, 0);
        if (column.Text(NameOfField) != TokenType.Column)
            throw Unsupported(path, $"the column \"{column.Text(NameOfField)}\"");
        if (column.Byte(TypeKindOfField) != FixedSizeListKind || column.TableCount(ChildrenOfField) != 1)
            throw Unsupported(path, $"a column of Arrow type {column.Byte(TypeKindOfField)}");
        return (column.Table(TypeOfField).Int32(0), ItemType(column.TableAt(ChildrenOfField, 0), path));
    }

    private static string ItemType(FlatTable item, string path)
    {
        if (item.Byte(TypeKindOfField) != IntegerKind)
            throw Unsupported(path, $"lists of Arrow type {item.Byte(TypeKindOfField)}");
        var integer = item.Table(TypeOfField);
        return (Bits: integer.Int32(0), IsSigned: integer.Byte(1) != 0) switch
        {
            (16, false) => TokenType.Small,
            (32, true) => TokenType.Wide,
            var other => throw Unsupported(path, $"lists of {other.Bits}-bit integers (signed: {other.IsSigned})"),
        };
    }

    private static DataException Unsupported(string path, string found) =>
        new(
            DataFault.Unsupported,
            $"{path}: holds {found}; supported: one column {TokenType.Column} of fixed-size lists of uint16 or int32. "
                + "Build the dataset with relora data build."
        );
}
