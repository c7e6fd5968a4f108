using ReLoRA.Data.Converting;

namespace ReLoRA.Data.Adopting;

/// <summary>Which Arrow files are made a dataset where they lie.</summary>
public sealed record AdoptOptions
{
    /// <summary>The folder that holds them; a manifest is written beside them.</summary>
    public required string Folder { get; init; }

    /// <summary>What made the ids.</summary>
    public required IdOrigin Origin { get; init; }

    /// <summary>The column of ids. Default: <c>input_ids</c>.</summary>
    public string Column { get; init; } = "input_ids";

    /// <summary>Files read at once, at least 1. Default: as many as there are processors.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
