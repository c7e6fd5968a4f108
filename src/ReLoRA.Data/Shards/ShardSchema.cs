using Apache.Arrow;
using Apache.Arrow.Types;

namespace ReLoRA.Data.Shards;

/// <summary>The schema of a shard: one column of fixed-size lists without nulls.</summary>
internal static class ShardSchema
{
    public static Schema Create(int rowLength, string tokenType)
    {
        var item = new Field("item", TokenType.ArrowTypeOf(tokenType), nullable: false);
        var rows = new FixedSizeListType(item, rowLength);
        return new Schema([new Field(TokenType.Column, rows, nullable: false)], metadata: null);
    }
}
