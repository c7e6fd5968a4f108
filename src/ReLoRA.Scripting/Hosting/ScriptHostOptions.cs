using ReLoRA.Scripting.Hosting.Caching;

namespace ReLoRA.Scripting.Hosting;

/// <summary>How scripts are hosted.</summary>
public sealed record ScriptHostOptions
{
    /// <summary>The environment variable that, set to <c>off</c>, has every script compiled anew.</summary>
    public const string CacheVariable = "RELORA_SCRIPT_CACHE";

    /// <summary>Whether compiled scripts are kept and used again. Default: true, unless <see cref="CacheVariable"/> is <c>off</c>.</summary>
    public bool Cache { get; init; } =
        !string.Equals(Environment.GetEnvironmentVariable(CacheVariable), "off", StringComparison.OrdinalIgnoreCase);

    /// <summary>Told what a user should know and that is no fault. Default: standard error.</summary>
    public Action<string> Tell { get; init; } = note => Console.Error.WriteLine(note);

    /// <summary>The time. Default: the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>How long a script declares before the user is told. Default: 10 s.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    internal ScriptCache? OpenCache() =>
        Cache && CacheFolder.OfUser(Tell) is { } folder
            ? new ScriptCache(folder, HostIdentity.OfThisProcess, Tell)
            : null;
}
