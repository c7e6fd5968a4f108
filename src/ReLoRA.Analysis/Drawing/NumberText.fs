/// Numbers at an axis, whatever the machine's language.
module internal ReLoRA.Analysis.Drawing.NumberText

open System
open System.Globalization

let private invariant (pattern: string) (value: float) =
    value.ToString(pattern, CultureInfo.InvariantCulture)

let private superscript (exponent: int) =
    let digit (character: char) =
        match character with
        | '-' -> '⁻'
        | '1' -> '¹'
        | '2' -> '²'
        | '3' -> '³'
        | other -> char (int '⁰' + int other - int '0')

    exponent |> float |> invariant "0" |> String.map digit

let private plain (decimals: int) (value: float) =
    // -0 is no number that a reader expects.
    invariant ("#,0." + String('0', max 0 decimals)) (if value = 0.0 then 0.0 else value)

/// Digits behind the point that a multiple of the step needs.
let private decimals (step: float) =
    [ 0..12 ]
    |> List.tryFind (fun digits ->
        let scaled = step * 10.0 ** float digits
        abs (scaled - round scaled) < 1e-6 * scaled)
    |> Option.defaultValue 12

let private suffixes = [ 1e12, "T"; 1e9, "G"; 1e6, "M"; 1e3, "k" ]

/// The multiples of a step, all written in the same way: thousands and millions by their letters, what is very small by powers of ten.
let multiples (step: float) (values: float[]) =
    let largest = values |> Array.map abs |> Array.fold max 0.0

    if largest = 0.0 then
        values |> Array.map (plain 0)
    elif largest < 1e-3 then
        let exponent = largest |> log10 |> floor |> int
        let unit' = 10.0 ** float exponent
        let digits = decimals (step / unit')

        values
        |> Array.map (fun value ->
            if value = 0.0 then
                "0"
            else
                $"{plain digits (value / unit')}×10{superscript exponent}")
    else
        match suffixes |> List.tryFind (fun (size, _) -> largest >= size && largest >= 1e4) with
        | Some(size, letter) ->
            values
            |> Array.map (fun value ->
                if value = 0.0 then
                    "0"
                else
                    plain (decimals (step / size)) (value / size) + letter)
        | None -> values |> Array.map (plain (decimals step))

/// A power of ten, or a small multiple of one.
let power (asPower: bool) (factor: int) (exponent: int) =
    if not asPower then
        plain (max 0 -exponent) (float factor * 10.0 ** float exponent)
    elif factor = 1 then
        $"10{superscript exponent}"
    else
        $"{factor}×10{superscript exponent}"
