namespace ReLoRA.Export;

/// <summary>The files that tables are written as.</summary>
public enum ExportFormat
{
    /// <summary>Comma-separated values (RFC 4180), UTF-8.</summary>
    Csv,

    /// <summary>Apache Parquet.</summary>
    Parquet,

    /// <summary>Apache Arrow's IPC file, which is Feather version 2.</summary>
    Feather,

    /// <summary>A JSON object a line.</summary>
    Ndjson,
}
