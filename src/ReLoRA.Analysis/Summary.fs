namespace ReLoRA.Analysis

/// The tables that answer a sweep's question.
[<AbstractClass; Sealed>]
type Summary =
    /// <summary>Validation by arm; then, where there are any, resets, domains and minimal pairs.</summary>
    /// <param name="frames">What the sweep's logs hold.</param>
    static member Of(frames: Frames) : Table[] =
        [|
            SummaryTable.build frames
            if frames.Resets.Length > 0 then
                ResetTable.build frames
            if frames.Domains.Length > 0 then
                DomainTable.build frames
            if frames.Pairs.Length > 0 then
                PairsTable.build frames
        |]

    /// <summary>Reads a sweep and makes its tables.</summary>
    /// <param name="runsRoot">The folder of runs.</param>
    /// <param name="sweepName">The sweep.</param>
    /// <exception cref="T:ReLoRA.Results.Runs.RunFileException">There is no such sweep, or its plan is damaged.</exception>
    static member OfSweep(runsRoot: string, sweepName: string) : Table[] =
        Summary.Of(Frames.OfSweep(runsRoot, sweepName))
