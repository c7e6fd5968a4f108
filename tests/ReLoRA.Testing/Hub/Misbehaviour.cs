namespace ReLoRA.Testing.Hub;

/// <summary>What a local hub does wrong, or differently, in one answer.</summary>
public sealed record Misbehaviour
{
    /// <summary>The status answered, with no body; 0 for what is right.</summary>
    public int Status { get; init; }

    /// <summary>Headers added, each <c>Name: value</c>.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    /// <summary>The connection is dropped after so many bytes of the body.</summary>
    public int DropAfter { get; init; } = int.MaxValue;

    /// <summary>How much larger Content-Length is than what is sent.</summary>
    public int LengthLie { get; init; }

    /// <summary>Bytes sent after the file's end.</summary>
    public int Excess { get; init; }

    /// <summary>All of the file is sent, whatever part is asked for.</summary>
    public bool IgnoresRange { get; init; }

    /// <summary>How much later Content-Range says that the part begins.</summary>
    public int RangeLie { get; init; }

    /// <summary>One byte is another.</summary>
    public bool Corrupts { get; init; }

    /// <summary>Nothing is sent for so long after half of the body.</summary>
    public TimeSpan Silence { get; init; }
}
