namespace ReLoRA.Analysis.Report.Paper

open System

/// <summary>A file of published figures is not of the form that docs/paper-figures.md describes.</summary>
/// <param name="path">The file.</param>
/// <param name="line">The line, from 1.</param>
/// <param name="message">What was found and what is wanted.</param>
[<Sealed>]
type ReferenceFileException(path: string, line: int, message: string) =
    inherit
        Exception(
            $"{path}: line {line}: {message} Mend the file or take it away; its form is in docs/paper-figures.md."
        )

    /// The file.
    member _.Path = path

    /// The line, from 1.
    member _.Line = line
