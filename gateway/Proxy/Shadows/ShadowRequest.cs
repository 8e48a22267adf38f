using Slipway.Registry.Channels;
using Slipway.Registry.Models;

namespace Slipway.Gateway.Shadows;

/// <summary>A copy of a request that stable has answered, for the candidate.</summary>
/// <param name="Rollout">The id of the rollout that it is part of.</param>
/// <param name="Target">Path and query.</param>
/// <param name="Headers">Those that say how the body is to be read and which answer is wanted.</param>
/// <param name="Predicted">See <see cref="ShadowComparison.Disagree"/>.</param>
public sealed record ShadowRequest(
    string Rollout,
    Color Candidate,
    string Target,
    IReadOnlyList<KeyValuePair<string, string>> Headers,
    byte[] Body,
    ReadOnlyMemory<byte> Answer,
    string? AnswerType,
    string? StableId,
    PredictedDisagreement? Predicted)
{
    public long Bytes => Body.Length + Answer.Length;
}
