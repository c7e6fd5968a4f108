using System.CommandLine;

namespace ReLoRA.Cli.Commands;

/// <summary>Options that count something.</summary>
internal static class CountOption
{
    /// <summary>An option with a default and a least value.</summary>
    public static Option<int> Create(string name, string description, int value, int least = 1)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < least)
                result.AddError($"{name} is {result.GetValueOrDefault<int>()}; allowed: at least {least}.");
        });
        return option;
    }
}
