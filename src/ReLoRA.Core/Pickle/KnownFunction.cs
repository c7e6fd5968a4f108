namespace ReLoRA.Core.Pickle;

/// <summary>What a pickle may ask to be called. Each is a case of this reader's own; nothing is looked up or called by its name.</summary>
internal enum KnownFunction
{
    /// <summary>A tensor over a storage.</summary>
    RebuildTensor,

    /// <summary>A parameter: here its tensor.</summary>
    RebuildParameter,

    /// <summary>An empty ordered dictionary.</summary>
    OrderedDictionary,
}
