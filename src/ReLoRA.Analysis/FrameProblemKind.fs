namespace ReLoRA.Analysis

/// What keeps a cell or an arm from being counted, or a comparison from being concluded.
type FrameProblemKind =
    /// The cell has no log yet.
    | NotStarted = 0
    /// The cell has a log and no end.
    | Unfinished = 1
    /// The run diverged.
    | Diverged = 2
    /// The log is of another version of the format, too large, or cannot be opened; or the id is no name of a folder.
    | Unreadable = 3
    /// The log has no record.
    | Empty = 4
    /// A part of the log is damaged.
    | Damaged = 5
    /// The cell has finished and its log has no validation of the last step.
    | NoValidation = 6
    /// The cell's baseline is missing or has not finished, or no cell has one.
    | NoBaseline = 7
    /// The cell lacks a figure that others have.
    | MissingFigure = 8
    /// An arm has one seed.
    | OneSeed = 9
    /// The last validation's loss is no finite number.
    | NotFinite = 10
