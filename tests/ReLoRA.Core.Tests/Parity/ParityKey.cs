namespace ReLoRA.Core.Tests.Parity;

/// <summary>One line of the table of parity, before its figures.</summary>
/// <param name="File">The recorded file, inside the reference data.</param>
/// <param name="Kind">Which of its entries.</param>
/// <param name="Tolerance">What was allowed.</param>
/// <param name="IsRelative">Whether deviation and tolerance are relative to the recorded number.</param>
/// <param name="Test">The test that compared.</param>
internal sealed record ParityKey(string File, string Kind, double Tolerance, bool IsRelative, string Test);
