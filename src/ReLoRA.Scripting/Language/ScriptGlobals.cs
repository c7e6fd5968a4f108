using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using ReLoRA.Core.Configuration;

namespace ReLoRA.Scripting.Language;

/// <summary>
/// What a script can name without a prefix. The calls are static, so that a program reaches them by <c>using static</c>; what they declare
/// belongs to the script that is being executed, or to the program where there is none.
/// </summary>
public sealed partial class ScriptGlobals
{
    private static readonly AsyncLocal<List<SweepDeclaration>?> Executing = new();
    private static readonly List<SweepDeclaration> OfProgram = [];

    private readonly List<SweepDeclaration> sweeps = [];

    /// <summary>Creates the globals of one execution of a script, whose declarations are theirs from here on.</summary>
    /// <param name="arguments">What stands behind <c>--</c> on the command line.</param>
    public ScriptGlobals(IReadOnlyList<string> arguments)
    {
        args = arguments;
        Executing.Value = sweeps;
    }

    /// <summary>What stands behind <c>--</c> on the command line. Empty where nothing does.</summary>
    [SuppressMessage(
        "Style",
        "IDE1006",
        Justification = "Named like the args of a C# program, so that one text can be both."
    )]
    public IReadOnlyList<string> args { get; }

    internal IReadOnlyList<SweepDeclaration> Sweeps => sweeps;

    /// <summary>What a program has declared that is executed by itself and not by a host.</summary>
    internal static IReadOnlyList<SweepDeclaration> ProgramSweeps => OfProgram;

    /// <summary>
    /// The last line of a script that is a program too, <c>return Execute(args);</c>. It does nothing in a script, which the command
    /// executes.
    /// </summary>
    /// <param name="arguments">The program's arguments.</param>
    /// <returns>0.</returns>
    [SuppressMessage("Performance", "CA1822", Justification = "A static one would stand beside the program's own.")]
    public int Execute(IReadOnlyList<string> arguments) =>
        arguments is null ? throw new ArgumentNullException(nameof(arguments)) : 0;

    /// <summary>Declares a sweep: on its own one cell, the preset. Add axes with <c>.Grid</c>.</summary>
    /// <param name="name">Its name, unique in the script; its results lie in a folder of this name.</param>
    /// <param name="preset">What all cells start from: one of <see cref="Presets"/>, changed by <c>with</c>.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <exception cref="Core.UserFaultException">The name is taken or cannot be a folder's.</exception>
    public static SweepDeclaration Sweep(
        string name,
        RunConfig preset,
        [CallerLineNumber] int line = 0,
        [CallerFilePath] string file = ""
    )
    {
        var sweeps = Executing.Value ?? OfProgram;
        var sweep = new SweepDeclaration(name, preset, new ScriptPlace(file, line));
        if (
            sweeps.FirstOrDefault(other => string.Equals(other.Title, name, StringComparison.OrdinalIgnoreCase)) is
            { } same
        )
            throw ScriptFault.At(
                sweep.Place,
                $"Sweep(\"{name}\"): the name is taken at {same.Place}. Give each sweep its own."
            );
        sweeps.Add(sweep);
        return sweep;
    }
}
