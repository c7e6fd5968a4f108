using System.Globalization;

namespace ReLoRA.Data.Hub;

/// <summary>Whether the disk has room: asked before the first byte, for it may be hours until the last.</summary>
internal static class HubSpace
{
    /// <exception cref="DataException">It has not.</exception>
    public static void Require(string folder, decimal needed)
    {
        var free = DataFiles.Guard(
            folder,
            "folder of the cache",
            () => new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace
        );
        if (needed > free)
            throw new DataException(
                DataFault.Unreadable,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{folder}: {needed:N0} bytes are needed and {free:N0} are free on this disk. Free some, set HF_HUB_CACHE to a folder on another "
                ) + "disk, or fetch less with --include."
            );
    }
}
