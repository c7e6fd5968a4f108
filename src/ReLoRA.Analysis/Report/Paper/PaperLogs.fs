namespace ReLoRA.Analysis.Report.Paper

open ReLoRA.Analysis

/// One evaluation of a model as a whole.
type internal Score =
    {
        Cell: string
        Step: int64
        Value: float
    }

/// A figure that was logged over a run, and what it is of.
type internal Scores =
    {
        /// Data and definition in words.
        Of: string
        /// Whether the study evaluated the same data by the same definition.
        IsPublished: bool
        Scores: Score[]
    }

module internal PaperLogs =
    /// The sources of Paloma (Magnusson et al. 2023) that the study evaluated.
    let private sources =
        Set.ofList
            [
                "4chan_meta_sep"
                "c4_100_domains"
                "c4_en"
                "dolma-v1_5"
                "dolma_100_programing_languages"
                "dolma_100_subreddits"
                "falcon-refinedweb"
                "gab"
                "m2d2_s2orc_unsplit"
                "m2d2_wikipedia_unsplit"
                "manosphere_meta_sep"
                "mc4"
                "ptb"
                "redpajama"
                "twitterAAE_HELM_fixed"
                "wikitext_103"
            ]

    /// The kinds of phenomena of BLiMP (Warstadt et al. 2020).
    let terms =
        [|
            "anaphor_agreement"
            "argument_structure"
            "binding"
            "control_raising"
            "determiner_noun_agreement"
            "ellipsis"
            "filler_gap_dependency"
            "irregular_forms"
            "island_effects"
            "npi_licensing"
            "quantifiers"
            "s-selection"
            "subject_verb_agreement"
        |]

    /// Half of the sources are enough: others cannot be had by everyone.
    let private isPaloma (names: string seq) =
        let found = names |> Seq.map (fun name -> (name.Split '/')[0]) |> Set.ofSeq
        2 * (Set.intersect found sources).Count >= sources.Count

    let private isBlimp (found: string seq) =
        (Set.ofArray terms).IsSubsetOf(Set.ofSeq found)

    let private names group (rows: TaskRow[]) =
        rows |> Seq.filter (fun row -> row.Group = group) |> Seq.map _.Name

    let private overall metric (rows: TaskRow[]) =
        rows
        |> Array.filter (fun row -> row.Group = "overall" && row.Metric = metric)
        |> Array.map (fun row ->
            {
                Cell = row.Cell
                Step = row.Step
                Value = row.Value
            })

    /// The evaluator's rows by data, those beside resets left out.
    let private ofEvaluator evaluator (frames: Frames) =
        frames.Tasks
        |> Array.filter (fun row -> row.Task = evaluator && row.Moment = "step")
        |> Array.groupBy _.Data

    /// Perplexities: the study's definition where tasks have it, and that of the texts as a whole; else the run's own evaluation.
    let perplexities (frames: Frames) =
        let ofTasks =
            ofEvaluator "perplexity" frames
            |> Array.collect (fun (data, found) ->
                let paloma = isPaloma (names "source" found)

                [|
                    {
                        Of = $"{data}, mean over chunks of 2048 tokens as published"
                        IsPublished = paloma
                        Scores = overall "study_perplexity" found
                    }
                    {
                        Of = $"{data}, all tokens alike"
                        IsPublished = false
                        Scores = overall "perplexity" found
                    }
                |])

        let ofRuns =
            {
                Of = "the run's validation text, all tokens alike"
                IsPublished = false
                Scores =
                    frames.Evals
                    |> Array.filter (fun eval -> eval.Name = "perplexity")
                    |> Array.map (fun eval ->
                        {
                            Cell = eval.Cell
                            Step = eval.Step
                            Value = eval.Perplexity
                        })
            }

        Array.append ofTasks [| ofRuns |]
        |> Array.filter (fun scores -> scores.Scores.Length > 0)

    let private ofPairs (frames: Frames) =
        let isThere = isBlimp (frames.Pairs |> Seq.map _.Term)

        {
            Of = if isThere then "BLiMP" else "the run's minimal pairs"
            IsPublished = isThere
            Scores =
                frames.Pairs
                |> Array.groupBy (fun row -> row.Cell, row.Step)
                |> Array.map (fun ((cell, step), rows) ->
                    {
                        Cell = cell
                        Step = step
                        Value = PairsTable.mean rows
                    })
        }

    /// Accuracies on minimal pairs: the mean of the paradigms, as published.
    let accuracies (frames: Frames) =
        let ofTasks =
            ofEvaluator "blimp" frames
            |> Array.map (fun (data, found) ->
                let isThere = isBlimp (names "term" found)

                {
                    Of = if isThere then $"BLiMP ({data})" else data
                    IsPublished = isThere
                    Scores = overall "accuracy" found
                })

        Array.append ofTasks [| ofPairs frames |]
        |> Array.filter (fun scores -> scores.Scores.Length > 0)

    /// Accuracy by kind of phenomenon at the end of each finished cell: cell, kind, figure.
    let byTerm (frames: Frames) =
        let isAtEnd = Finals.isAtEnd frames.Cells

        let ofTasks =
            ofEvaluator "blimp" frames
            // Of several suites BLiMP itself, or else the first.
            |> Array.sortBy (fun (_, found) -> if isBlimp (names "term" found) then 0 else 1)
            |> Array.tryHead
            |> Option.map snd
            |> Option.defaultValue [||]
            |> Array.filter (fun row -> row.Group = "term" && row.Metric = "accuracy" && isAtEnd row.Cell row.Step)
            |> Array.map (fun row -> row.Cell, row.Name, row.Value)

        if ofTasks.Length > 0 then
            ofTasks
        else
            PairsTable.lastOfFinished frames
            |> Array.groupBy (fun row -> row.Cell, row.Term)
            |> Array.map (fun ((cell, term), rows) -> cell, term, PairsTable.mean rows)
