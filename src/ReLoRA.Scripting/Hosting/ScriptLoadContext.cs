using System.Reflection;
using System.Runtime.Loader;

namespace ReLoRA.Scripting.Hosting;

/// <summary>Holds one script's assembly and those it names by <c>#r</c>, with what lies beside them.</summary>
internal sealed class ScriptLoadContext(IReadOnlyList<string> references)
    : AssemblyLoadContext("script", isCollectible: true)
{
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        // The lab's own and the framework's assemblies must stay one, or types would not be equal to themselves.
        if (Default.Assemblies.Any(loaded => loaded.GetName().Name == assemblyName.Name))
            return null;
        var file = assemblyName.Name + ".dll";
        var path =
            references.FirstOrDefault(reference => Path.GetFileName(reference) == file)
            ?? references
                .Select(reference => Path.Combine(Path.GetDirectoryName(reference)!, file))
                .FirstOrDefault(File.Exists);
        return path is null ? null : LoadFromAssemblyPath(path);
    }
}
