using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ReLoRA.Scripting.Hosting;

/// <summary>Errors that the compiler gives beside the one that counts.</summary>
internal static class CompileNoise
{
    /// <summary>
    /// Where one of several values is of a wrong type, the compiler thinks of the overload that takes them as one sequence, and complains of the
    /// first value too.
    /// </summary>
    /// <param name="errors">The errors in the order of their places.</param>
    public static IEnumerable<Diagnostic> Without(IReadOnlyList<Diagnostic> errors) =>
        errors.Where(
            (error, i) => !(IsOfSequence(error) && IsFollowedByItsLike(error, errors.ElementAtOrDefault(i + 1)))
        );

    private static bool IsOfSequence(Diagnostic error) =>
        error.Id == "CS1503"
        && error.GetMessage(CultureInfo.InvariantCulture).Contains("IEnumerable<", StringComparison.Ordinal);

    private static bool IsFollowedByItsLike(Diagnostic error, Diagnostic? next) =>
        next?.Id == error.Id && Arguments(next) is { } arguments && arguments == Arguments(error);

    private static ArgumentListSyntax? Arguments(Diagnostic error) =>
        error
            .Location.SourceTree?.GetRoot()
            .FindNode(error.Location.SourceSpan)
            .FirstAncestorOrSelf<ArgumentListSyntax>();
}
