namespace ReLoRA.Core.Models;

/// <summary>What linears of a block are applied to.</summary>
/// <param name="Linears">Their names within the block.</param>
/// <param name="Width">Its numbers a token.</param>
/// <param name="IsRounded">Whether it is in 16 bits in mixed precision already; else each linear has a rounded copy of its own.</param>
/// <param name="IsKept">Whether it is kept for the way back whatever the linears need.</param>
internal sealed record LinearInput(
    IReadOnlyList<string> Linears,
    int Width,
    bool IsRounded = false,
    bool IsKept = false
);
