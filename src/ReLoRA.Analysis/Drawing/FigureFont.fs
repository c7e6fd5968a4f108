namespace ReLoRA.Analysis.Drawing

open System
open System.Reflection
open ScottPlot
open SkiaSharp

/// The two faces that ship with this library: on a machine without fonts all text would vanish without a word, and on two machines
/// with different ones the same logs would give different bytes.
module internal FigureFont =
    /// A name that no machine's font has, so that none is taken for it.
    let name = "ReLoRA figures"

    let private read (file: string) =
        use stream =
            nonNull (Assembly.GetExecutingAssembly().GetManifestResourceStream $"ReLoRA.Analysis.Drawing.{file}")

        use data = SKData.Create stream

        match SKTypeface.FromData data with
        | null -> failwith $"the font {file} in this library cannot be read"
        | face -> face

    let private regular = lazy read "DejaVuSans.ttf"
    let private bold = lazy read "DejaVuSans-Bold.ttf"

    /// The face of a weight.
    let face isBold =
        if isBold then bold.Value else regular.Value

    type private Resolver() =
        interface IFontResolver with
            member _.CreateTypeface
                (family: string, weight: FontWeight, slant: FontSlant, spacing: FontSpacing)
                : SKTypeface | null =
                if family = name then
                    face (weight >= FontWeight.SemiBold)
                else
                    null

            member _.CreateTypeface(family: string, isBold: bool, isItalic: bool) : SKTypeface | null =
                if family = name then face isBold else null

    let private installed =
        lazy
            (
            // The first that has an answer is taken, and the machine's has one for every name.
            Fonts.FontResolvers.Insert(0, Resolver()))

    /// Makes the faces known to the drawing library, once.
    let install () = installed.Value

    /// A text's width at a size.
    let width isBold (size: float32) (text: string) =
        use font = new SKFont(face isBold, size)
        font.MeasureText text

    /// The text in lines of at most a width, broken at spaces; a word that is wider has a line of its own.
    let wrap isBold size (limit: float32) (text: string) =
        (([], ""), text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        ||> Array.fold (fun (lines, line) word ->
            let longer = if line = "" then word else $"{line} {word}"

            if line <> "" && width isBold size longer > limit then
                line :: lines, word
            else
                lines, longer)
        |> fun (lines, last) -> List.rev (last :: lines) |> List.toArray
