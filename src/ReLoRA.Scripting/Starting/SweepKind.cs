namespace ReLoRA.Scripting.Starting;

/// <summary>What a sweep's file is.</summary>
public enum SweepKind
{
    /// <summary>A script, which the command executes: the short form.</summary>
    Csx,

    /// <summary>A program too, <c>dotnet run x.cs</c>, for which an editor has completion and a debugger.</summary>
    Cs,
}
