using System.Net.Http.Headers;

namespace ReLoRA.Data.Hub;

/// <summary>A part of a file asked for, and whether an answer is it.</summary>
internal static class HubRange
{
    /// <summary>From a byte on: to another, or to the end.</summary>
    public static RangeHeaderValue Of(long from, long? to = null) => new(from, to);

    /// <summary>Whether an answer of status 206 begins at a byte of this file.</summary>
    /// <exception cref="HubInterruption">It does not.</exception>
    public static void Require(HubResponse response, HubFile file, long from)
    {
        var range = response.Range;
        if (range?.From != from || range.Length is { } length && length != file.Bytes || range.To >= file.Bytes)
            throw new HubInterruption(
                response.Address,
                $"bytes {from}-{file.Bytes - 1} of {file.Bytes} were asked for, and \"{range}\" is the answer"
            );
    }
}
