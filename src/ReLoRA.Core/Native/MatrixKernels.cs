using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace ReLoRA.Core.Native;

/// <summary>
/// Which kernels libtorch's MKL multiplies matrices with. On a processor whose maker is not Intel it takes plain ones, whatever instructions there
/// are. Asked to by <see cref="Variable"/>, we have it believe that the maker is Intel: it then goes by the instructions, as it does on Intel's. A product's sums are
/// then in another order: docs/training-engine.md.
/// </summary>
public static partial class MatrixKernels
{
    /// <summary>The environment variable that asks for it.</summary>
    public const string Variable = "RELORA_MKL";

    /// <summary>The only value that it may have.</summary>
    public const string Processor = "processor";

    private const string Question = "mkl_serv_intel_cpu_true";
    private const int Read = 1;
    private const int Write = 2;
    private const int Execute = 4;

    /// <summary>mov eax, 1; ret.</summary>
    private static readonly byte[] Yes = [0xB8, 1, 0, 0, 0, 0xC3];

    /// <summary>Whether it is asked for.</summary>
    public static bool IsAsked => Environment.GetEnvironmentVariable(Variable) == Processor;

    /// <summary>Whether this processor has instructions that MKL leaves unused by itself.</summary>
    public static bool IsUnknown => X86Base.IsSupported && Avx2.IsSupported && !IsIntel();

    /// <summary>Refuses a value that says nothing.</summary>
    /// <exception cref="UserFaultException">The variable has a value that is not allowed.</exception>
    public static void RequireKnown()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } value && value != Processor)
            throw new UserFaultException(
                $"{Variable} is '{value}'; allowed: {Processor} (MKL goes by the processor's instructions and not by its maker), or not set. Correct or unset it."
            );
    }

    /// <summary>Answers MKL's question for the maker, which it asks before its first product.</summary>
    /// <param name="torch">The loaded library that MKL is part of.</param>
    /// <returns>Why it could not be done; null where it was.</returns>
    internal static string? Answer(nint torch)
    {
        if (!NativeLibrary.TryGetExport(torch, Question, out var function))
            return "this libtorch has no MKL that could be asked";
        var page = Environment.SystemPageSize;
        var start = function / page * page;
        var length = (nuint)(function - start + Yes.Length);
        if (Protect(start, length, Read | Write | Execute) != 0)
            return $"the system does not let libtorch be changed in memory (error {Marshal.GetLastPInvokeError()})";
        Marshal.Copy(Yes, 0, function, Yes.Length);
        // Where it cannot be closed again, the answer stands all the same.
        _ = Protect(start, length, Read | Execute);
        return null;
    }

    private static bool IsIntel()
    {
        // "GenuineIntel", four letters a register.
        var (_, ebx, ecx, edx) = X86Base.CpuId(0, 0);
        return (ebx, edx, ecx) == (0x756E6547, 0x49656E69, 0x6C65746E);
    }

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static partial int Protect(nint address, nuint length, int protection);
}
