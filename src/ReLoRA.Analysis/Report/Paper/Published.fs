namespace ReLoRA.Analysis.Report.Paper

/// One published model's figures over steps.
type internal PublishedCurve =
    {
        /// loss, paloma_ppl, blimp; per_weights, condition_number_updates and so on.
        Metric: string
        /// Of what: a component of the layers; empty of a model as a whole.
        Component: string
        /// tiny or small.
        Scale: string
        /// decoder or relora.
        Model: string
        /// Whether the scale was held against the weights that its seed gives, or is as printed.
        IsVerified: bool
        /// Step and figure, in the order of steps.
        Points: (float * float)[]
    }

/// Everything published that was found.
type internal Published =
    {
        Curves: PublishedCurve[]
        /// Scale, model, phenomenon, accuracy.
        Phenomena: (string * string * string * float)[]
        /// The files that are not there.
        Missing: string[]
    }

module internal Published =
    let none =
        {
            Curves = [||]
            Phenomena = [||]
            Missing = [||]
        }

    /// How a published model is named among arms.
    let name scale model = $"published: {scale} {model}"

    /// Those of a scale; all of them for an empty one.
    let ofScale (scale: string) (published: Published) =
        let isWanted found = scale = "" || found = scale

        { published with
            Curves = published.Curves |> Array.filter (fun curve -> isWanted curve.Scale)
            Phenomena = published.Phenomena |> Array.filter (fun (found, _, _, _) -> isWanted found)
        }

    /// The curves of a metric, by scale and model.
    let curves metric of' (published: Published) =
        published.Curves
        |> Array.filter (fun curve -> curve.Metric = metric && curve.Component = of')
        |> Array.sortBy (fun curve -> curve.Scale, curve.Model)
