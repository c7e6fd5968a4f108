using System.Runtime.InteropServices;

namespace ReLoRA.Core.Distributed;

/// <summary>OpenMPI's library, found on the system at run time. Its handles are addresses of exported globals; MPICH's are numbers.</summary>
internal sealed unsafe class MpiLibrary
{
    private const string Mark = "ompi_mpi_comm_world";
    private const int VersionLength = 8192;

    // OpenMPI 2 to 5; the name without a version comes with development packages.
    private static readonly string[] Names = ["libmpi.so.40", "libmpi.so"];

    private readonly nint library;

    private MpiLibrary(nint library)
    {
        this.library = library;
        World = Export(Mark);
        (Float, Double, Byte) = (Export("ompi_mpi_float"), Export("ompi_mpi_double"), Export("ompi_mpi_byte"));
        Sum = Export("ompi_mpi_op_sum");
        AllReduce = (delegate* unmanaged<nint, void*, int, nint, nint, nint, int>)Export("MPI_Allreduce");
        Broadcast = (delegate* unmanaged<void*, int, nint, int, nint, int>)Export("MPI_Bcast");
        BeginBarrier = (delegate* unmanaged<nint, nint*, int>)Export("MPI_Ibarrier");
        Test = (delegate* unmanaged<nint*, int*, nint, int>)Export("MPI_Test");
        Abort = (delegate* unmanaged<nint, int, int>)Export("MPI_Abort");
        Finalize = (delegate* unmanaged<int>)Export("MPI_Finalize");
    }

    public static nint InPlace => 1;

    public nint World { get; }

    public nint Float { get; }

    public nint Double { get; }

    public nint Byte { get; }

    public nint Sum { get; }

    public delegate* unmanaged<nint, void*, int, nint, nint, nint, int> AllReduce { get; }

    public delegate* unmanaged<void*, int, nint, int, nint, int> Broadcast { get; }

    public delegate* unmanaged<nint, nint*, int> BeginBarrier { get; }

    public delegate* unmanaged<nint*, int*, nint, int> Test { get; }

    public delegate* unmanaged<nint, int, int> Abort { get; }

    public delegate* unmanaged<int> Finalize { get; }

    /// <summary>Loads it.</summary>
    /// <exception cref="UserFaultException">It is missing, or another MPI.</exception>
    public static MpiLibrary Load()
    {
        foreach (var name in Names)
        {
            if (!NativeLibrary.TryLoad(name, out var library))
                continue;
            if (NativeLibrary.TryGetExport(library, Mark, out _))
                return new MpiLibrary(library);
            throw new UserFaultException(
                $"{name} is not OpenMPI's (it has no {Mark}); MPICH and its relatives are not supported. {Remedy}"
            );
        }
        throw new UserFaultException(
            $"A run on several processes needs OpenMPI's {Names[0]}, which is not here. {Remedy}"
        );
    }

    /// <summary>Whether a library of OpenMPI is here.</summary>
    public static bool IsHere =>
        Names.Any(name =>
            NativeLibrary.TryLoad(name, out var library) && NativeLibrary.TryGetExport(library, Mark, out _)
        );

    private static string Remedy =>
        "Install OpenMPI (Debian: apt-get install openmpi-bin libopenmpi3 libpmix2) or load its module, or train without --ranks.";

    /// <summary>Begins, for calls from this thread only.</summary>
    public void Initialize()
    {
        const int funneled = 1;
        var provided = 0;
        ((delegate* unmanaged<nint, nint, int, int*, int>)Export("MPI_Init_thread"))(0, 0, funneled, &provided);
    }

    public int Rank() => Of("MPI_Comm_rank");

    public int Size() => Of("MPI_Comm_size");

    /// <summary>For example <c>Open MPI v4.1.4</c>.</summary>
    public string Version()
    {
        var text = stackalloc byte[VersionLength];
        var length = 0;
        ((delegate* unmanaged<byte*, int*, int>)Export("MPI_Get_library_version"))(text, &length);
        return (Marshal.PtrToStringUTF8((nint)text) ?? "").Split(',')[0];
    }

    private int Of(string question)
    {
        var answer = 0;
        ((delegate* unmanaged<nint, int*, int>)Export(question))(World, &answer);
        return answer;
    }

    private nint Export(string name) => NativeLibrary.GetExport(library, name);
}
