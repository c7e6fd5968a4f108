using System.Collections;
using System.Globalization;
using System.Reflection;

namespace ReLoRA.Core.Configuration;

/// <summary>Finds every fault of a <see cref="RunConfig"/> at once.</summary>
public static class ConfigValidator
{
    /// <summary>Checks ranges and the rules between knobs.</summary>
    /// <param name="config">The configuration to check.</param>
    /// <returns>All faults, ordered by the knobs' declaration; empty when the configuration is sound.</returns>
    public static IReadOnlyList<ConfigFault> Validate(RunConfig config)
    {
        var faults = new List<ConfigFault>();
        CheckRanges(config, "", faults);
        if (faults.Count == 0)
            faults.AddRange(ConfigRules.Check(config));
        return faults;
    }

    /// <summary>Throws one message with all faults.</summary>
    /// <param name="config">The configuration to check.</param>
    /// <exception cref="UserFaultException">The configuration has faults.</exception>
    public static void ThrowIfFaulty(RunConfig config)
    {
        var faults = Validate(config);
        if (faults.Count > 0)
            throw new UserFaultException(
                "The configuration has "
                    + (faults.Count == 1 ? "a fault" : $"{faults.Count} faults")
                    + ":\n"
                    + string.Join('\n', faults.Select(fault => $"  {fault}"))
            );
    }

    private static void CheckRanges(object node, string path, List<ConfigFault> faults)
    {
        foreach (var property in KnobProperties.Of(node.GetType()))
        {
            var name = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            var value = property.GetValue(node);
            var knob = KnobProperties.RuleOf(property);
            switch (value)
            {
                case null:
                    faults.Add(new ConfigFault(name, "null", "a value", "Remove the assignment to take the default."));
                    break;
                case Enum named when !Enum.IsDefined(named.GetType(), named):
                    faults.Add(new ConfigFault(name, $"{named}", string.Join(", ", Enum.GetNames(named.GetType()))));
                    break;
                case int or long or double:
                    CheckNumber(property, name, value, faults);
                    break;
                case "" when knob.MayBeEmpty:
                    break;
                case string text when string.IsNullOrWhiteSpace(text):
                    faults.Add(
                        new ConfigFault(name, "an empty text", knob.IsDataset || knob.IsModel ? "a path" : "a text")
                    );
                    break;
                case EquatableList<int> numbers:
                    for (var i = 0; i < numbers.Count; i++)
                        CheckNumber(property, $"{name}[{i}]", numbers[i], faults);
                    break;
                case IEnumerable when KnobProperties.NodesIn(property, value) is { } nodes:
                    foreach (var (i, item) in nodes.Index())
                        CheckRanges(item, $"{name}[{i}]", faults);
                    break;
                case IEnumerable or Enum or bool:
                    break;
                default:
                    CheckRanges(value, name, faults);
                    break;
            }
        }
    }

    private static void CheckNumber(PropertyInfo property, string name, object value, List<ConfigFault> faults)
    {
        var number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
        var knob = KnobProperties.RuleOf(property);
        if (!knob.Allows(number) || double.IsInfinity(number))
            faults.Add(new ConfigFault(name, number.ToString("R", CultureInfo.InvariantCulture), knob.Describe()));
    }
}
