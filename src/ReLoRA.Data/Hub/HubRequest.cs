using System.Net.Http.Headers;

namespace ReLoRA.Data.Hub;

/// <summary>Something to ask the hub for.</summary>
/// <param name="Address">Its address.</param>
/// <param name="What">What it is, for messages.</param>
/// <param name="Range">The bytes of it that are wanted; null for all.</param>
internal sealed record HubRequest(Uri Address, string What, RangeHeaderValue? Range = null);
