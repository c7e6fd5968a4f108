namespace ReLoRA.Results.Tables;

/// <summary>What the values of a column are; each may also be missing.</summary>
public enum ColumnType
{
    /// <summary>A whole number of 64 bits.</summary>
    Integer,

    /// <summary>A floating-point number of 64 bits, NaN and infinities included.</summary>
    Number,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>A text.</summary>
    Text,
}
