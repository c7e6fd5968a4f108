namespace ReLoRA.Core.Tests.Parity;

/// <summary>A recorded entry that is undefined or rounding as published, and what stands in its place here.</summary>
/// <param name="File">The recorded file, inside the reference data.</param>
/// <param name="Entry">The path of the entry in it.</param>
/// <param name="Published">What the published code gave: a number, or what it raised.</param>
/// <param name="Ours">What ours returned in the test.</param>
internal sealed record ParityCase(string File, string Entry, string Published, string Ours);
