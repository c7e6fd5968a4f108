using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ReLoRA.Scripting.Hosting;

/// <summary>Explains the compiler's errors that say something else than what is wrong in a sweep.</summary>
internal static class CompileHint
{
    public static string? For(Diagnostic error) =>
        error.Id switch
        {
            "CS1061" or "CS0117" => NearestKnob(error),
            "CS0411" or "CS1503" or "CS0029" or "CS0266" => Call(error) switch
            {
                { } call when NameOf(call) == "Grid" => Values(call),
                { } call when NameOf(call) == "Seeds" =>
                    "write .Seeds(count: 3) for three seeds, or .Seeds([7, 8, 9]) for these",
                _ => null,
            },
            "CS1501" or "CS7036" when Call(error) is { } call && NameOf(call) == "Seeds" =>
                "write .Seeds(count: 3) for three seeds, or .Seeds([7, 8, 9]) for these",
            "CS0006" when error.GetMessage(null).Contains("nuget:", StringComparison.OrdinalIgnoreCase) =>
                "packages cannot be named here; give the path of a dll: #r \"path/to/library.dll\"",
            "CS0006" => "the path is taken relative to the script's folder",
            "CS1504" => "the path is taken relative to the folder of the script that loads it",
            _ => null,
        };

    private static string Values(InvocationExpressionSyntax call)
    {
        var lambda = call.ArgumentList.Arguments.FirstOrDefault()?.Expression as LambdaExpressionSyntax;
        var names = lambda?.ExpressionBody?.ToString().Split('.').Skip(1).ToList() ?? [];
        return KnobNames.TypeOf(names) is { } type
            ? $"the values must have the knob's type: {string.Join('.', names)} is of type {type}"
            : "the values must have the knob's type";
    }

    private static string? NearestKnob(Diagnostic error)
    {
        var node = error.Location.SourceTree?.GetRoot().FindNode(error.Location.SourceSpan);
        if (node is not SimpleNameSyntax name)
            return null;
        var quoted = error.GetMessage(null).Split('\'');
        return quoted.Length > 1 && KnobNames.Nearest(quoted[1], name.Identifier.Text) is { } knob
            ? $"the nearest knob is {knob}"
            : null;
    }

    private static InvocationExpressionSyntax? Call(Diagnostic error) =>
        error
            .Location.SourceTree?.GetRoot()
            .FindNode(error.Location.SourceSpan)
            .AncestorsAndSelf()
            .Select(node =>
                // CS0411 points at the name of the method, the others at an argument.
                node is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax named }
                    ? named
                : node is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax taking } ? taking
                : null
            )
            .FirstOrDefault(call => call is not null);

    private static string? NameOf(InvocationExpressionSyntax call) =>
        (call.Expression as MemberAccessExpressionSyntax)?.Name.Identifier.Text;
}
