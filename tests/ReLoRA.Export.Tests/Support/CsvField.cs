namespace ReLoRA.Export.Tests.Support;

/// <summary>A field of a file of comma-separated values.</summary>
internal sealed record CsvField(string Text, bool IsQuoted);
