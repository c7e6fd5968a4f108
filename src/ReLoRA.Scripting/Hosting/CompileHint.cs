using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ReLoRA.Scripting.Language;

namespace ReLoRA.Scripting.Hosting;

/// <summary>Explains the compiler's errors that say something else than what is wrong in a sweep.</summary>
internal static class CompileHint
{
    private const string Seeds = "write .Seeds(count: 3) for three seeds, or .Seeds([7, 8, 9]) for these";

    private const string Copies =
        "settings are not changed but copied: Presets.Nano with { LowRank = Presets.Nano.LowRank with { Rank = 4 } }";

    public static string? For(Diagnostic error) =>
        error.Id switch
        {
            "CS1061" or "CS0117" => Member(error),
            "CS0103" => Name(error),
            "CS0411" or "CS1503" or "CS0029" or "CS0266" => Call(error) switch
            {
                { } call when NameOf(call) == "Grid" => Values(call),
                { } call when NameOf(call) == "Zip" => "each tuple must have the types of the knobs, in their order",
                { } call when NameOf(call) == "Seeds" => Seeds,
                { } call when NameOf(call) == "Baseline" =>
                    "write .Baseline() for the same at full rank, or .Baseline(c => c with { ... }) for a partner of your own",
                { } when Message(error).Contains("TimeSpan", StringComparison.Ordinal) =>
                    "a time is written TimeSpan.FromHours(6)",
                _ => null,
            },
            "CS7036" when Message(error).Contains("'preset'", StringComparison.Ordinal) =>
                "a sweep needs a name and what it starts from: Sweep(\"first\", Presets.Nano)",
            "CS1501" or "CS7036" when Call(error) is { } call && NameOf(call) == "Seeds" => Seeds,
            "CS1739" => Parameter(error),
            "CS8852" => IsIn(error, "Where", "When") ? "a comparison is written ==" : Copies,
            "CS1525" or "CS0747" when Line(error).Contains(" with ", StringComparison.Ordinal) => Copies,
            "CS7017" when Line(error).TrimStart().StartsWith('.') =>
                "the line before ends in ';', which ends the sweep: remove it there",
            "CS9176" => "name the type of the list: new[] { 4, 8 }",
            "CS0006" when Message(error).Contains("nuget:", StringComparison.OrdinalIgnoreCase) =>
                "packages cannot be named here; give the path of a dll: #r \"path/to/library.dll\"",
            "CS0006" => "the path is taken relative to the script's folder",
            "CS1504" => "the path is taken relative to the folder of the script that loads it",
            _ => null,
        };

    private static string? Name(Diagnostic error)
    {
        var name = Quoted(error, 1);
        if (CallNames.IsRecord(name))
            return IsIn(error, "Grid", "Zip", "Derive", "Where", "When", "Name")
                ? $"knobs are named by way of the cell: c => c.{name}"
                : Copies;
        if (CallNames.IsOfSweeps(name))
            return $".{name}(...) is a call of a sweep: Sweep(...).{name}(...)";
        return CallNames.NearestOfScripts(name) is { } near ? $"the nearest name is {near}" : null;
    }

    private static string? Member(Diagnostic error)
    {
        var (type, name) = (Quoted(error, 1), Quoted(error, 3));
        if (type == nameof(SweepDeclaration) && CallNames.IsOfScripts(name) && name != nameof(ScriptGlobals.Sweep))
            return $"{name}(...) is no call of a sweep; a figure goes into .Probe({name}(...))";
        if (type == nameof(SweepBranch) && CallNames.IsRecord(name))
            return "this lambda declares what a branch has: s => s.Grid(c => c.LowRank.Rank, 4, 8)";
        if (NearestKnob(error) is { } knob)
            return knob;
        return CallNames.NearestMember(type, name) is { } near ? $"the nearest name is {near}" : null;
    }

    private static string? Parameter(Diagnostic error) =>
        CallNames.NearestParameter(Quoted(error, 1), Quoted(error, 3)) is { } near
            ? $"the nearest parameter is {near}:"
            : null;

    /// <summary>A part of the message between quotation marks: 1 is the first, 3 the second.</summary>
    private static string Quoted(Diagnostic error, int part) =>
        Message(error).Split('\'').ElementAtOrDefault(part) ?? "";

    private static string Message(Diagnostic error) => error.GetMessage(CultureInfo.InvariantCulture);

    private static string Line(Diagnostic error)
    {
        var text = error.Location.SourceTree?.GetText();
        return text is null ? "" : text.Lines[error.Location.GetLineSpan().StartLinePosition.Line].ToString();
    }

    private static bool IsIn(Diagnostic error, params string[] calls) =>
        error
            .Location.SourceTree?.GetRoot()
            .FindNode(error.Location.SourceSpan)
            .AncestorsAndSelf()
            .OfType<InvocationExpressionSyntax>()
            .Any(call => calls.Contains(NameOf(call))) == true;

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
        return KnobNames.Nearest(Quoted(error, 1), name.Identifier.Text) is { } knob
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
