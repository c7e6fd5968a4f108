namespace ReLoRA.Scripting.Watching;

/// <summary>What a request is answered with.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Type">The content's type.</param>
/// <param name="Content">The content.</param>
/// <param name="Location">Where to look instead; empty where this is it.</param>
public sealed record LiveAnswer(int Status, string Type, string Content, string Location = "")
{
    /// <summary>A page.</summary>
    public static LiveAnswer Page(string html) => new(200, "text/html; charset=utf-8", html);

    /// <summary>A script.</summary>
    public static LiveAnswer Script(string text) => new(200, "text/javascript; charset=utf-8", text);

    /// <summary>Figures.</summary>
    public static LiveAnswer Json(string json) => new(200, "application/json", json);

    /// <summary>Another place.</summary>
    public static LiveAnswer Elsewhere(string location) => new(302, "text/plain", "", location);

    /// <summary>Words.</summary>
    public static LiveAnswer Words(int status, string text) => new(status, "text/plain; charset=utf-8", text);
}
