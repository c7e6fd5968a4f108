using ReLoRA.Core.Tests.Parity;
using ReLoRA.Testing;

[assembly: AssemblyFixture(typeof(ParityWriter))]

namespace ReLoRA.Core.Tests.Parity;

/// <summary>Writes docs/parity.md anew after all tests of a run, where the environment asks for it.</summary>
public sealed class ParityWriter : IDisposable
{
    /// <summary>The variable that asks for it when it is 1.</summary>
    public const string Variable = "RELORA_WRITE_PARITY";

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Environment.GetEnvironmentVariable(Variable) != "1")
            return;
        var path = Repository.PathOf("docs", "parity.md");
        File.WriteAllText(path, ParityDocument.Fill(File.ReadAllText(path)));
    }
}
