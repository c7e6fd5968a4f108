namespace ReLoRA.Core.Pickle;

/// <summary>Why a file of PyTorch's is refused.</summary>
public enum PickleFault
{
    /// <summary>The file is not there.</summary>
    Missing,

    /// <summary>The operating system refused to read the file.</summary>
    Unreadable,

    /// <summary>The file is of the format that PyTorch wrote before 1.6, one pickle after another.</summary>
    Legacy,

    /// <summary>The file is no archive at all.</summary>
    NoArchive,

    /// <summary>The archive's directory or one of its entries cannot be read.</summary>
    Archive,

    /// <summary>An entry of the archive is missing, stands twice, or is compressed or encrypted.</summary>
    Entry,

    /// <summary>The numbers are big-endian, or of an order that the file does not name in a known way.</summary>
    ByteOrder,

    /// <summary>The file, its pickle, or what the pickle builds is larger than any dictionary of tensors needs.</summary>
    TooLarge,

    /// <summary>The pickle ends within an instruction, or before it says that it ends.</summary>
    Truncated,

    /// <summary>The pickle is of another protocol than PyTorch's own.</summary>
    Protocol,

    /// <summary>The pickle has an instruction that no dictionary of tensors needs.</summary>
    Opcode,

    /// <summary>The pickle names something to be called that is no part of a tensor.</summary>
    Global,

    /// <summary>The pickle's instructions do not build a dictionary of tensors.</summary>
    Structure,

    /// <summary>A text is no UTF-8.</summary>
    Text,

    /// <summary>A name stands twice in the dictionary.</summary>
    DuplicateName,

    /// <summary>A storage is not of the length that the pickle says, or differs from its checksum.</summary>
    Storage,

    /// <summary>A tensor's sizes or strides are negative, not as many as each other, or too large to count.</summary>
    Shape,

    /// <summary>A tensor reaches beyond its storage.</summary>
    OutsideStorage,
}
