module ReLoRA.Scripting.Oracle.PlannerTests

open FsCheck
open FsCheck.FSharp
open Xunit
open ReLoRA.Core
open ReLoRA.Core.Configuration
open ReLoRA.Scripting.Oracle.GridAlgebra
open ReLoRA.Scripting.Planning
open ReLoRA.Testing

/// ReLoRA with a plain cosine, short, on the data that ships.
let private preset =
    let text =
        ConfigJson.Write(Presets.Nano).Replace("\"Method\":\"FullRank\"", "\"Method\":\"ReLoRA\"")

    ConfigJson.Read text

let private plan program =
    SweepPlanner.Plan(Sweeps.declare preset program, Repository.PathOf "sweeps")

let private times count =
    Config.QuickThrowOnFailure.WithMaxTest count

[<Fact>]
let ``The planner makes the cells that the algebra says, in its order, each once, by one name and with its partner``
    ()
    =
    let property program =
        match cells program Sweeps.start with
        | [] ->
            let fault = Assert.Throws<UserFaultException>(fun () -> plan program |> ignore)
            Assert.Contains("leaves no cell", fault.Message)
        | expected ->
            let planned = plan program

            let byId =
                planned.Cells
                |> Seq.map (fun cell -> cell.Id, Sweeps.seen cell.Config)
                |> Map.ofSeq

            let found =
                [
                    for cell in planned.Cells ->
                        Sweeps.seen cell.Config,
                        (if cell.Baseline = "" then
                             None
                         else
                             Some byId[cell.Baseline])
                ]

            Assert.Equal<(Cell * Cell option) list>(expected, found)
            Assert.Distinct(planned.Cells |> Seq.map _.Label)
            Assert.Distinct(planned.Cells |> Seq.map _.Id)

    Check.One(times 100, Prop.forAll Programs.all property)

[<Fact>]
let ``The order of grids changes not which cells there are`` () =
    let ids steps =
        plan
            {
                Steps = steps
                Seeds = 1
                HasBaseline = true
            }
        |> _.Cells
        |> Seq.map _.Id
        |> Set.ofSeq

    Check.One(times 20, Prop.forAll Programs.grids (fun (one, other) -> Assert.Equal<string Set>(ids one, ids other)))
