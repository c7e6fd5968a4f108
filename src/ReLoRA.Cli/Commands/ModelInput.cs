using System.CommandLine;
using ReLoRA.Core.Configuration;

namespace ReLoRA.Cli.Commands;

/// <summary>Options of the verbs that load a model.</summary>
internal static class ModelInput
{
    public static Option<Precision> Precision() =>
        new("--precision")
        {
            Description = "The number type to compute in.",
            DefaultValueFactory = _ => Core.Configuration.Precision.Float32,
        };
}
