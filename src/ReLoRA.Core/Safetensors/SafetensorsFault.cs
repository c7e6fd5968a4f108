namespace ReLoRA.Core.Safetensors;

/// <summary>What is wrong with a safetensors file.</summary>
public enum SafetensorsFault
{
    /// <summary>The file is not there.</summary>
    Missing,

    /// <summary>The operating system refused to read the file.</summary>
    Unreadable,

    /// <summary>The file ends before its header does.</summary>
    Truncated,

    /// <summary>The header is empty or larger than the format allows.</summary>
    HeaderLength,

    /// <summary>The header is no JSON object, or something that is no safetensors file at all.</summary>
    HeaderText,

    /// <summary>A name stands twice in the header.</summary>
    DuplicateKey,

    /// <summary>The entry of a tensor, or the metadata, lacks something or has it of another kind.</summary>
    Entry,

    /// <summary>A tensor is of a type that this reader does not know or cannot turn into a tensor.</summary>
    Type,

    /// <summary>A shape has a negative size, too many dimensions, or more elements than can be counted.</summary>
    Shape,

    /// <summary>A tensor ends before it begins, or begins before the data.</summary>
    Offsets,

    /// <summary>A tensor's bytes are not as many as its type and shape need.</summary>
    Length,

    /// <summary>Two tensors share bytes.</summary>
    Overlap,

    /// <summary>Bytes between or after the tensors belong to none.</summary>
    Hole,

    /// <summary>A tensor lies beyond the end of the file.</summary>
    OutsideFile,
}
