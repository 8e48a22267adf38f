using System.Text.Json;
using System.Text.Json.Serialization;
using Slipway.Build.Cli.Configuration;
using Slipway.Registry.Lineages;

namespace Slipway.Build.Cli.Soaking;

/// <summary>What the target <c>Soak</c> runs: the argument of the soak program's command <c>run</c>, as JSON.</summary>
/// <param name="Root">The root of this checkout, whose release was built.</param>
/// <param name="Folder">The environment that the soak runs in and removes afterwards.</param>
/// <param name="Quick">Whether every row runs in its short form.</param>
/// <param name="Row">The only row to run; null for all.</param>
/// <param name="Seed">Determines which faults are injected when.</param>
/// <param name="Source">The commit that the release was built from.</param>
/// <param name="Refusal">Why git does not report the commit of an existing checkout.</param>
public sealed record SoakRequest(
    string Root, string Folder, string Model, bool Quick, string? Row, int Seed, LocalSettings Local, SourceReference Source, string By, string? Refusal)
{
    /// <summary>Must not be the name of an environment that cake.config could define.</summary>
    public const string EnvironmentName = ".soak";

    /// <summary>Always the same, so that two runs meet the same faults.</summary>
    public const int DefaultSeed = 20261130;

    /// <exception cref="JsonException">The text is not a request.</exception>
    public static SoakRequest Of(string json) =>
        JsonSerializer.Deserialize(json, SoakRequestJson.Default.SoakRequest) ?? throw new JsonException("A request is an object.");

    public string ToJson() => JsonSerializer.Serialize(this, SoakRequestJson.Default.SoakRequest);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SoakRequest))]
internal sealed partial class SoakRequestJson : JsonSerializerContext;
