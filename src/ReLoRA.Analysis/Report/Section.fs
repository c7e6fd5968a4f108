namespace ReLoRA.Analysis.Report

open ReLoRA.Analysis

/// A piece of a section.
type internal Block =
    | Heading of string
    | Paragraph of string
    /// A list, one thought each.
    | Points of string[]
    /// What must not be overlooked.
    | Warning of string
    /// Small print.
    | Note of string
    | TableOf of Table
    | Figure of Chart
    /// Text as it stands, such as a script.
    | Verbatim of string

/// A part of the report with its place among the contents.
type internal Section =
    {
        /// The anchor.
        Id: string
        Title: string
        Blocks: Block[]
    }

module internal Section =
    /// The section's charts that have anything to show.
    let figures (section: Section) =
        section.Blocks
        |> Array.choose (fun block ->
            match block with
            | Figure chart when not (Chart.isEmpty chart) -> Some chart
            | _ -> None)
