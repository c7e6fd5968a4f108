/// Texts that a person has read and approved: tests/ReLoRA.Analysis.Tests/Expectations.
module ReLoRA.Analysis.Tests.Approved

open System
open System.IO
open ReLoRA.Testing
open Xunit

/// Set to 1, the run writes what it got as the new expectation; the change is then reviewed in the diff.
let private approve = "RELORA_APPROVE"

let verify (name: string) (actual: string) =
    let path = Repository.PathOf("tests", "ReLoRA.Analysis.Tests", "Expectations", name)

    if Environment.GetEnvironmentVariable approve = "1" then
        File.WriteAllText(path, actual)

    Assert.True(File.Exists path, $"Expectations/{name} is not there; got:\n{actual}")
    Assert.Equal(File.ReadAllText path, actual)
