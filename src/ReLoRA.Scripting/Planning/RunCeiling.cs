using System.Globalization;
using ReLoRA.Core;

namespace ReLoRA.Scripting.Planning;

/// <summary>How many cells may be trained without being asked: a slip in a script is to cost a message and no week.</summary>
/// <param name="Most">Cells that are not finished. Default: <see cref="Default"/>.</param>
/// <param name="Yes">Whether more of them are meant.</param>
public sealed record RunCeiling(int Most = RunCeiling.Default, bool Yes = false)
{
    /// <summary>The ceiling where none is given.</summary>
    public const int Default = 500;

    /// <summary>Refuses what is above the ceiling.</summary>
    /// <param name="unfinished">Cells of the whole script that are not finished, each counted once.</param>
    /// <param name="tokens">Tokens that they train on.</param>
    /// <exception cref="UserFaultException">There are more, and they are not said to be meant.</exception>
    public void Require(int unfinished, long tokens)
    {
        if (Most < 1)
            throw new UserFaultException($"--max-runs is {Most}; allowed: at least 1.");
        if (!Yes && unfinished > Most)
            throw new UserFaultException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{unfinished:N0} cells with {tokens:N0} tokens are to be trained; allowed: at most {Most:N0} (--max-runs). "
                ) + "Nothing was trained. Take fewer (--only, or the script), or say that they are meant: --yes."
            );
    }
}
