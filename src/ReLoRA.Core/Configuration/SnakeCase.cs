using System.Text.RegularExpressions;

namespace ReLoRA.Core.Configuration;

/// <summary>Names of the language as logs and command lines write them: <c>EffectiveRank</c> is <c>effective_rank</c>.</summary>
public static partial class SnakeCase
{
    /// <summary>The name of a member.</summary>
    /// <param name="name">The member.</param>
    public static string Of<T>(T name)
        where T : struct, Enum => WordStart().Replace(name.ToString(), "_$0").ToLowerInvariant();

    /// <summary>The member of a name; null where there is none.</summary>
    /// <param name="text">The name.</param>
    public static T? Find<T>(string text)
        where T : struct, Enum =>
        Enum.GetValues<T>().Where(member => Of(member) == text).Select(member => (T?)member).FirstOrDefault();

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex WordStart();
}
