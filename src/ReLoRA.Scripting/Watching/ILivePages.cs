namespace ReLoRA.Scripting.Watching;

/// <summary>The pages that are served.</summary>
public interface ILivePages
{
    /// <summary>The page of one sweep, which asks for <c>state</c> and <c>body</c> beside it.</summary>
    /// <param name="sweep">Its name.</param>
    string Shell(string sweep);

    /// <summary>The page that lists several.</summary>
    /// <param name="sweeps">Their names.</param>
    string Index(IReadOnlyList<string> sweeps);

    /// <summary>The report of a sweep, as far as its cells are.</summary>
    /// <param name="sweep">Its name.</param>
    string Body(string sweep);

    /// <summary>A script that pages load; null where there is none of that name.</summary>
    /// <param name="name">For example <c>live.js</c>.</param>
    string? Script(string name);
}
