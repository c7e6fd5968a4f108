using System.Security.Cryptography;
using System.Text;

namespace ReLoRA.Core.Configuration;

/// <summary>The name of a cell: a hash of everything that alters its weights, and of nothing else. See docs/cell-identity.md.</summary>
public static class CellIdentity
{
    /// <summary>
    /// Raised whenever the same configuration would train other weights than before, so that old cells are not taken for new
    /// ones. Part of the hash.
    /// </summary>
    public const int SemanticsVersion = 1;

    /// <summary>Changes with what dropout draws. 2: masks hashed from one draw (2026-11-28). Part of the identity of cells with dropout.</summary>
    public const int DropoutVersion = 2;

    /// <summary>Hexadecimal digits of an identity.</summary>
    public const int Length = 12;

    /// <summary>The cell's identity.</summary>
    /// <param name="config">The configuration; normalised here.</param>
    /// <param name="trainDataHash">The manifest hash of the training data, which stands in for its path.</param>
    /// <param name="startHash">The hash of the model that the run starts from, which stands in for its path; empty for none.</param>
    /// <returns>The first 12 hexadecimal digits of SHA-256 over <see cref="HashedText"/>.</returns>
    public static string Of(RunConfig config, string trainDataHash, string startHash = "")
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(HashedText(config, trainDataHash, startHash)));
        return Convert.ToHexStringLower(hash)[..Length];
    }

    /// <summary>The canonical JSON that is hashed, to see why two cells differ.</summary>
    /// <param name="config">The configuration; normalised here.</param>
    /// <param name="trainDataHash">The manifest hash of the training data.</param>
    /// <param name="startHash">The hash of the model that the run starts from; empty for none.</param>
    public static string HashedText(RunConfig config, string trainDataHash, string startHash = "")
    {
        var map = Weights(ConfigNormalizer.Normalize(config), trainDataHash, startHash);
        map[nameof(SemanticsVersion)] = SemanticsVersion;
        if (config.LowRank.Method.HasAdapters() && config.LowRank.Semantics.Dropout > 0)
            map[nameof(DropoutVersion)] = DropoutVersion;
        return CanonicalJson.Write(map);
    }

    private static Dictionary<string, object?> Weights(object node, string trainDataHash, string startHash)
    {
        var map = new Dictionary<string, object?>();
        var defaults = KnobProperties.DefaultsOf(node.GetType());
        foreach (var property in KnobProperties.Of(node.GetType()))
        {
            var knob = KnobProperties.RuleOf(property);
            if (!knob.AltersWeights)
                continue;
            var value = property.GetValue(node);
            if (knob.OmittedAtDefault && Equals(value, property.GetValue(defaults)))
                continue;
            map[property.Name] =
                knob.IsDataset ? trainDataHash
                : knob.IsModel ? startHash
                : KnobProperties.IsNode(property) ? Weights(value!, trainDataHash, startHash)
                : KnobProperties.NodesIn(property, value) is { } nodes
                    ? nodes.Select(item => Weights(item, trainDataHash, startHash))
                : value;
        }
        return map;
    }
}
