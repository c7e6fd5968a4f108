using ReLoRA.Data.ArrowFiles;

namespace ReLoRA.Data.Converting;

/// <summary>What Parquet's repetition and definition levels say of rows: where each begins, and what of it is null.</summary>
/// <param name="present">The definition level of an id that is there.</param>
/// <param name="faults">The file's faults.</param>
internal readonly struct ParquetLevels(short present, ArrowFaults faults)
{
    /// <summary>Fails unless every id is there.</summary>
    /// <param name="definitions">The levels read.</param>
    /// <param name="repetitions">Of the same ids.</param>
    /// <param name="rowsBefore">Rows that began before them.</param>
    /// <exception cref="DataException">One is null.</exception>
    public void RequirePresent(ReadOnlySpan<short> definitions, ReadOnlySpan<short> repetitions, long rowsBefore)
    {
        var at = definitions.IndexOfAnyExcept(present);
        if (at < 0)
            return;
        var row = rowsBefore + repetitions[..(at + 1)].Count((short)0) - 1;
        throw faults.Null(
            row,
            definitions[at] == present - 1 && present > 1 ? "has a null id or no ids" : "is null or has no ids"
        );
    }

    /// <summary>Fails unless rows begin at every multiple of the row length and nowhere else.</summary>
    /// <param name="repetitions">Levels that begin with a row.</param>
    /// <param name="firstRow">The row that they begin with.</param>
    /// <param name="rowLength">Tokens of a row.</param>
    /// <exception cref="DataException">A row has another length.</exception>
    public void RequireRows(ReadOnlySpan<short> repetitions, long firstRow, int rowLength)
    {
        for (var start = 0; start < repetitions.Length; start += rowLength)
        {
            var row = firstRow + start / rowLength;
            if (repetitions[start] != 0)
                throw row == 0
                    ? faults.Damaged("its first row begins nowhere")
                    : faults.WrongLength(row - 1, $"more than {rowLength} tokens", rowLength);
            var inside = repetitions.Slice(start + 1, Math.Min(rowLength, repetitions.Length - start) - 1);
            var next = inside.IndexOf((short)0);
            if (next < 0 && inside.Length < rowLength - 1)
                next = inside.Length;
            if (next >= 0)
                throw faults.WrongLength(row, $"{next + 1} tokens", rowLength);
        }
    }
}
