namespace ReLoRA.Results.Tests.Readers;

/// <summary>One value of a folder of runs, where every reader and every exported format must have it.</summary>
/// <param name="Cell">The cell's id.</param>
/// <param name="Frame">The frame: <c>steps</c>, <c>reset_layers</c> and so on, as the readers in Python and R call it.</param>
/// <param name="Row">Its row among those of the cell, from 0.</param>
/// <param name="Column">Its column; of an array's item <c>name[index]</c>, from 1.</param>
/// <param name="Type"><c>n</c> number, <c>t</c> text, <c>b</c> boolean.</param>
/// <param name="Value">The value. What is missing, null or NaN has no row: data frames do not tell these apart.</param>
internal sealed record CanonicalRow(string Cell, string Frame, int Row, string Column, string Type, string Value);
