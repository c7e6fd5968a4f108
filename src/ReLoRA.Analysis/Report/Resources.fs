/// The files that are part of this library.
module internal ReLoRA.Analysis.Report.Resources

open System.IO
open System.Reflection

let text (name: string) =
    use stream =
        nonNull (Assembly.GetExecutingAssembly().GetManifestResourceStream $"ReLoRA.Analysis.Report.{name}")

    use reader = new StreamReader(stream)
    reader.ReadToEnd()
