/// Draws programs that a script could hold: no knob is an axis twice at one level.
module ReLoRA.Scripting.Oracle.Programs

open FsCheck
open FsCheck.FSharp
open ReLoRA.Scripting.Oracle.GridAlgebra

let private values knob =
    match knob with
    | Rank -> [ 1; 2; 3; 4 ]
    | ResetEvery -> [ 20; 40; 60 ]
    | Layers -> [ 1; 2; 3 ]
    | Batch -> [ 2; 3; 4 ]

let private some list =
    gen {
        let! count = Gen.choose (1, min 3 (List.length list))
        let! shuffled = Gen.shuffle (List.toArray list)
        return shuffled |> Array.truncate count |> Array.toList
    }

let private knob = Gen.elements [ Rank; ResetEvery; Layers; Batch ]

let private condition =
    Gen.oneof
        [
            Gen.constant LowRankOnly
            gen {
                let! of' = knob
                let! bound = Gen.elements (values of')
                return Below(of', bound)
            }
        ]

/// An axis over one of the knobs that are left, or none where none is.
let private axis left =
    match left with
    | [] -> []
    | first :: others ->
        [
            some (values first) |> Gen.map (fun found -> Grid(first, found), others)
            match others with
            | second :: rest ->
                gen {
                    let! pairs = some (List.allPairs (values first) (values second))
                    return Zip(first, second, pairs), rest
                }

                gen {
                    let! plus = Gen.choose (0, 2)
                    return Derive(first, second, plus), others
                }
            | [] -> ()
        ]

let rec private steps depth hasMethod left count =
    if count = 0 then
        Gen.constant []
    else
        gen {
            let others =
                [
                    if depth < 2 then
                        condition |> Gen.map (fun found -> Where found, left)

                        gen {
                            let! found = condition
                            let! inner = level (depth + 1)
                            return When(found, inner), left
                        }

                        level (depth + 1) |> Gen.map (fun arms -> Star arms, left)
                    if not hasMethod then
                        some [ true; false ] |> Gen.map (fun found -> Method found, left)
                ]

            let! step, rest = Gen.oneof (axis left @ others)

            let isMethod =
                match step with
                | Method _ -> true
                | _ -> false

            let! more = steps depth (hasMethod || isMethod) rest (count - 1)
            return step :: more
        }

and private level depth =
    gen {
        let! order = Gen.shuffle [| Rank; ResetEvery; Layers; Batch |]
        let! count = Gen.choose (1, 3)
        return! steps depth false (Array.toList order) count
    }

let private program =
    gen {
        let! steps = level 0
        let! seeds = Gen.choose (1, 2)
        let! hasBaseline = Gen.elements [ true; false ]

        return
            {
                Steps = steps
                Seeds = seeds
                HasBaseline = hasBaseline
            }
    }

let all = Arb.fromGen program

let rec private axesOver knobs =
    match knobs with
    | [] -> Gen.constant []
    | knob :: others ->
        gen {
            let! found = some (values knob)
            let! rest = axesOver others
            return Grid(knob, found) :: rest
        }

/// Programs of grids over distinct knobs alone, with the same grids in another order.
let grids =
    gen {
        let! order = Gen.shuffle [| Rank; ResetEvery; Layers; Batch |]

        let! axes = axesOver (Array.toList order)
        let! other = Gen.shuffle (List.toArray axes)
        return axes, Array.toList other
    }
    |> Arb.fromGen
