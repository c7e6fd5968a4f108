using System.Diagnostics;
using System.Globalization;
using ReLoRA.Results.Runs;
using ReLoRA.Testing;

namespace ReLoRA.Results.Tests.Runs;

public sealed class FileLockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("cells", "lock");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_second_taker_is_told_who_holds_it()
    {
        using var first = FileLock.TryAcquire(Path, out var nobody);
        Assert.NotNull(first);
        Assert.Equal("", nobody);
        Assert.Null(FileLock.TryAcquire(Path, out var holder));
        Assert.Equal(Environment.ProcessId.ToString(CultureInfo.InvariantCulture), holder);
    }

    [Fact]
    public void It_is_free_again_after_it_is_given_back()
    {
        var first = FileLock.TryAcquire(Path, out _)!;
        first.Dispose();
        first.Dispose();
        using var second = FileLock.TryAcquire(Path, out _);
        Assert.NotNull(second);
    }

    [Fact]
    public void Another_process_keeps_it_until_it_is_killed()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        using var other = OtherHolder(Path);
        Assert.Equal("held", other.StandardOutput.ReadLine());
        Assert.Null(FileLock.TryAcquire(Path, out _));
        other.Kill(entireProcessTree: true);
        other.WaitForExit();
        using var mine = FileLock.TryAcquire(Path, out _);
        Assert.NotNull(mine);
    }

    [Fact]
    public void Another_process_cannot_take_it_while_it_is_held_here()
    {
        using var mine = FileLock.TryAcquire(Path, out _);
        using (var other = OtherHolder(Path))
        {
            Assert.Null(other.StandardOutput.ReadLine());
            other.WaitForExit();
            Assert.NotEqual(0, other.ExitCode);
        }
    }

    [Fact]
    public void A_child_process_does_not_inherit_it()
    {
        using var child = new Process { StartInfo = new("sleep", ["60"]) };
        using (FileLock.TryAcquire(Path, out _))
            child.Start();
        using (var again = FileLock.TryAcquire(Path, out _))
            Assert.NotNull(again);
        child.Kill();
    }

    [Fact]
    public void A_place_that_cannot_be_made_is_no_held_lock()
    {
        File.WriteAllText(_folder.File("file"), "");
        Assert.ThrowsAny<IOException>(() => FileLock.TryAcquire(_folder.File("file", "lock"), out _));
    }

    private static Process OtherHolder(string path)
    {
        if (!File.Exists("/usr/bin/flock"))
            Assert.Skip("/usr/bin/flock is not here");
        // exec keeps it one process, so that killing it closes the only handle on the lock.
        var start = new ProcessStartInfo(
            "/bin/bash",
            ["-c", "exec 9>>\"$0\"; flock -n 9 || exit 1; echo held; exec sleep 60", path]
        )
        {
            RedirectStandardOutput = true,
        };
        return Process.Start(start)!;
    }
}
