namespace ReLoRA.Results.Log;

/// <summary>How a walk over a value ended.</summary>
internal enum WalkEnd
{
    /// <summary>The value's end is known.</summary>
    Whole,

    /// <summary>The bytes end before the value does.</summary>
    Torn,

    /// <summary>Where the value ends cannot be told.</summary>
    Unreadable,
}
