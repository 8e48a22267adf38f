using Slipway.Registry.Channels;

namespace Slipway.Build.Environments.SmokeTests;

/// <summary>One request and its result.</summary>
/// <param name="Asked">The requested color; null to let the split decide.</param>
/// <param name="Version">The version that the channel points to.</param>
/// <param name="Rows">The number of golden rows in the request; 0 if it has none.</param>
/// <param name="Problem">What is wrong with the response; null if it is correct.</param>
public sealed record SmokeCheck(string Model, Color? Asked, int Version, SmokeRequest Request, int Rows, TimeSpan Took, string? Problem)
{
    /// <summary>Which color was requested, for people.</summary>
    public string Way => Asked?.Word() ?? "by split";

    /// <summary>The request and the result, as a sentence without a full stop.</summary>
    public override string ToString() => $"{(Request.Predicts() ? "POST" : "GET")} {Request.Path(Model)}, {(Asked is { } color ? $"sent to {color.Word()}" : "routed by the split")}: {Problem ?? "correct"}";
}
