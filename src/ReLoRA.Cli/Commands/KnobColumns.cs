using System.Reflection;
using ReLoRA.Core.Configuration;
using ReLoRA.Results.Tables;

namespace ReLoRA.Cli.Commands;

/// <summary>What this version knows of knobs, for the tables' columns.</summary>
internal static class KnobColumns
{
    /// <summary>Type and unit of a knob; null where this version has no such knob.</summary>
    /// <param name="path">Its path.</param>
    public static Column? Of(string path)
    {
        var type = typeof(RunConfig);
        PropertyInfo? knob = null;
        foreach (var name in path.Split('.'))
        {
            knob = KnobProperties.Of(type).FirstOrDefault(property => property.Name == name);
            if (knob is null)
                return null;
            type = knob.PropertyType;
        }
        var about = knob?.GetCustomAttribute<KnobAttribute>();
        return new Column(path, TypeOf(type), about?.Unit ?? "", $"the knob {path} of the configuration");
    }

    private static ColumnType TypeOf(Type type) =>
        type == typeof(double) ? ColumnType.Number
        : type == typeof(int) || type == typeof(long) ? ColumnType.Integer
        : type == typeof(bool) ? ColumnType.Flag
        : ColumnType.Text;
}
