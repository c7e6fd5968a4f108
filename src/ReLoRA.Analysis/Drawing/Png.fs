/// A figure as pixels.
module internal ReLoRA.Analysis.Drawing.Png

open SkiaSharp

/// Pixels for each point: enough for print at the size of a column.
let private scale = 2f

let ofFigure (figure: Figure) =
    let info =
        SKImageInfo(
            int (ceil (figure.Width * scale)),
            int (ceil (figure.Height * scale)),
            SKColorType.Rgba8888,
            SKAlphaType.Opaque
        )

    use surface = SKSurface.Create info
    surface.Canvas.Scale scale
    figure.Draw surface.Canvas
    use image = surface.Snapshot()
    use data = image.Encode(SKEncodedImageFormat.Png, 100)
    data.ToArray()
