using System.Text.Json;
using ReLoRA.Scripting.Planning;

namespace ReLoRA.Scale;

/// <summary>The text of a <c>status.json</c>, written plainly: that it is flushed to the disk ten thousand times would be all the time it took.</summary>
internal static class SimulatedStatus
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true };

    public static string Of(PlannedCell cell, string state, int step) =>
        JsonSerializer.Serialize(
            new
            {
                state,
                step,
                steps = cell.Config.Steps,
                steps_of_sitting = step,
                loss = 3.5,
                tokens_per_second = 6144.0,
                seconds_left = 3600.0,
                // The first process of the system, so that a cell that says it runs is believed.
                process_id = state == "running" ? 1 : 0,
                message = state == "failed" ? "the worker was ended by signal 9: by hand, or by the system" : "",
                facts = "6.1 M parameters, 1.2 M train; 500 MB of memory; 1.0e17 operations",
                updated = "2026-11-28T12:00:00.0000000+00:00",
            },
            Options
        );
}
