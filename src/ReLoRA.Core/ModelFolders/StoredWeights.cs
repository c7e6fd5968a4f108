using ReLoRA.Core.Models;
using ReLoRA.Core.Safetensors;

namespace ReLoRA.Core.ModelFolders;

/// <summary>Finds a configuration's weights in a file, and everything that stands in the way at once.</summary>
internal static class StoredWeights
{
    private static readonly string[] Types = ["F64", "F32", "F16", "BF16"];

    /// <returns>The file's tensor of each weight of the model.</returns>
    /// <exception cref="UserFaultException">Weights are missing, too many, or of another shape or type.</exception>
    public static IReadOnlyDictionary<string, StoredTensor> Match(
        SafetensorsReader reader,
        FolderConfig config,
        string path
    )
    {
        var faults = new List<string>();
        var format = Architectures.Of(config.Model).Folder;
        var stored = new Dictionary<string, StoredTensor>(StringComparer.Ordinal);
        foreach (var tensor in reader.Tensors)
        {
            var name = format.BareName(tensor.Name);
            if (!format.IsTable(name) && !stored.TryAdd(name, tensor))
                faults.Add($"{name} is there twice, as {stored[name].Name} and as {tensor.Name}.");
        }
        if (config.HasTiedHead && !stored.ContainsKey(format.Head))
        {
            if (stored.TryGetValue(format.Embedding, out var embedding))
                stored[format.Head] = embedding;
        }
        var expected = ExpectedWeights.Of(config.Model, config.LowRank).ToList();
        faults.AddRange(expected.SelectMany(weight => Faults(weight.Name, weight.Shape, stored)));
        var known = expected.Select(weight => weight.Name).ToHashSet(StringComparer.Ordinal);
        faults.AddRange(
            stored
                .Where(entry => !known.Contains(entry.Key))
                .Select(entry => $"{entry.Value} is not of the model that config.json describes.")
        );
        return faults.Count == 0 ? stored : throw FolderFaults.Of(path, faults);
    }

    private static IEnumerable<string> Faults(string name, long[] shape, Dictionary<string, StoredTensor> stored)
    {
        var wanted = $"[{string.Join(", ", shape)}]";
        if (!stored.TryGetValue(name, out var found))
        {
            yield return $"{name} {wanted} is missing.";
            yield break;
        }
        if (!found.Shape.SequenceEqual(shape))
            yield return $"{name} has the shape [{string.Join(", ", found.Shape)}]; by config.json it is {wanted}.";
        if (!Types.Contains(found.Type))
            yield return $"{name} has the type {found.Type}; allowed: {string.Join(", ", Types)}.";
    }
}
