using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Scripting;
using ReLoRA.Core;
using ReLoRA.Scripting.Language;

namespace ReLoRA.Scripting.Hosting;

/// <summary>Compiles a script to an assembly. Roslyn's own execution would load it for the life of the process.</summary>
internal static class ScriptCompiler
{
    private const int MostErrors = 8;

    /// <exception cref="UserFaultException">The script does not compile; the message holds every error.</exception>
    public static CompiledScript Compile(string path, string text)
    {
        var folder = Path.GetDirectoryName(path)!;
        var options = ScriptOptions
            .Default.WithReferences(ScriptReferences.All)
            .WithImports(ScriptReferences.Imports)
            .WithFilePath(path)
            .WithFileEncoding(Encoding.UTF8)
            .WithEmitDebugInformation(true)
            .WithOptimizationLevel(OptimizationLevel.Debug)
            .WithSourceResolver(new SourceFileResolver([], folder))
            .WithMetadataResolver(ScriptMetadataResolver.Default.WithBaseDirectory(folder));
        var compilation = CSharpScript
            .Create(ProgramDirectives.Blank(text), options, typeof(ScriptGlobals))
            .GetCompilation();
        using var assembly = new MemoryStream();
        using var symbols = new MemoryStream();
        var result = compilation.Emit(
            assembly,
            symbols,
            options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb)
        );
        if (!result.Success)
            throw result.Diagnostics.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
                ? new UserFaultException(Faults(path, result.Diagnostics))
                // Roslyn emits nothing, and names no error, for a script without a statement.
                : ScriptFile.DeclaresNothing(path);
        return new CompiledScript(
            path,
            assembly.ToArray(),
            symbols.ToArray(),
            [
                .. compilation
                    .DirectiveReferences.OfType<PortableExecutableReference>()
                    .Select(reference => reference.FilePath!),
            ],
            compilation.SyntaxTrees.ToDictionary(
                tree => tree.FilePath,
                tree => tree.FilePath == path ? text : tree.ToString()
            ),
            UsesTensors(assembly.ToArray())
        );
    }

    /// <summary>That the assembly is referenced says nothing: every script's is.</summary>
    private static bool UsesTensors(byte[] assembly)
    {
        using var image = new PEReader(new MemoryStream(assembly));
        var metadata = image.GetMetadataReader();
        return metadata
            .TypeReferences.Select(metadata.GetTypeReference)
            .Any(type =>
                type.ResolutionScope.Kind == HandleKind.AssemblyReference
                && metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name)
                    == "TorchSharp"
            );
    }

    private static string Faults(string path, ImmutableArray<Diagnostic> diagnostics)
    {
        var found = diagnostics
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .OrderBy(diagnostic => diagnostic.Location.SourceTree?.FilePath, StringComparer.Ordinal)
            .ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start)
            .ToList();
        var errors = CompileNoise.Without(found).Select(CompileErrorText.Of).Distinct().ToList();
        // A slip of syntax has the compiler misread all that follows.
        if (errors.Count > MostErrors)
            errors = [.. errors.Take(MostErrors), $"and {errors.Count - MostErrors} more, which may follow from these"];
        return $"{ScriptPlace.Show(path)} does not compile, nothing was trained:\n{string.Join('\n', errors)}";
    }
}
