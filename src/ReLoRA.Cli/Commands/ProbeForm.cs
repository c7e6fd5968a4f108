namespace ReLoRA.Cli.Commands;

/// <summary>How <c>relora probe</c> prints what it measured.</summary>
internal enum ProbeForm
{
    /// <summary>For people.</summary>
    Table,

    /// <summary>Every number in full.</summary>
    Json,

    /// <summary>Every number in full, a line a figure.</summary>
    Csv,
}
