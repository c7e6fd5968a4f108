namespace ReLoRA.Core.ModelFolders;

/// <summary>All faults of one file in one message.</summary>
internal static class FolderFaults
{
    private const int MostShown = 50;

    public static UserFaultException Of(string path, List<string> faults)
    {
        var shown = faults.Take(MostShown).Select(fault => $"  {fault}");
        var rest = faults.Count > MostShown ? $"\n  and {faults.Count - MostShown} more" : "";
        return new UserFaultException(
            $"{path} has {(faults.Count == 1 ? "a fault" : $"{faults.Count} faults")}:\n{string.Join('\n', shown)}{rest}"
        );
    }
}
