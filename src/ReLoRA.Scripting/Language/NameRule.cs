using ReLoRA.Core.Configuration;

namespace ReLoRA.Scripting.Language;

/// <summary>How a script names cells.</summary>
/// <param name="Name">Makes a cell's name.</param>
/// <param name="Place">Where the script says so.</param>
internal sealed record NameRule(Func<RunConfig, string> Name, ScriptPlace Place)
{
    /// <summary>A cell's name.</summary>
    /// <exception cref="Core.UserFaultException">The lambda threw, or the name is empty or no single line.</exception>
    public string Of(RunConfig config)
    {
        var name = ScriptFault.Guard(Place, ".Name", () => Name(config));
        return string.IsNullOrWhiteSpace(name) || name.Any(char.IsControl)
            ? throw ScriptFault.At(Place, $".Name: a cell is named \"{name}\". Allowed: a text of one line.")
            : name;
    }
}
