namespace ReLoRA.Analysis.Drawing

open ScottPlot

/// What the drawing library has no drawing for, in its place between grid and frame.
type internal Shapes(draw: RenderPack -> IAxes -> unit) =
    let mutable visible = true
    let mutable axes: IAxes = Axes.Default

    interface IPlottable with
        member _.IsVisible
            with get () = visible
            and set value = visible <- value

        member _.Axes
            with get () = axes
            and set value = axes <- value

        member _.LegendItems = Seq.empty
        // The limits are set, so that nothing is asked for them.
        member _.GetAxisLimits() = AxisLimits.NoLimits
        member _.Render pack = draw pack axes
