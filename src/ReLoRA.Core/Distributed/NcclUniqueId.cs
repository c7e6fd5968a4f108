using System.Runtime.InteropServices;

namespace ReLoRA.Core.Distributed;

/// <summary>What NCCL's processes find one another by: 128 bytes, handed over by value.</summary>
[StructLayout(LayoutKind.Sequential, Size = Length)]
internal struct NcclUniqueId
{
    /// <summary>Bytes of it.</summary>
    public const int Length = 128;
}
