/// Texts as the shipped font can draw them.
module internal ReLoRA.Analysis.Drawing.Text

open System.Text

/// What the font has no sign for becomes the sign for that; breaks become spaces.
let drawable (text: string) =
    let face = FigureFont.face false

    text.EnumerateRunes()
    |> Seq.map (fun rune ->
        if Rune.IsWhiteSpace rune || Rune.IsControl rune then " "
        elif face.GetGlyph rune.Value = 0us then "\uFFFD"
        else rune.ToString())
    |> String.concat ""
    |> _.Trim()
