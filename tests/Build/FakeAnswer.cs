using System.Text;
using System.Text.Json.Nodes;

namespace Slipway.Build.Tests;

/// <summary>The response of a stand-in for a service, on loopback.</summary>
internal sealed record FakeAnswer(int Status, byte[] Body)
{
    public string Type { get; init; } = "application/json";

    public Dictionary<string, string> Headers { get; init; } = [];

    /// <summary>Never responds.</summary>
    public bool Never { get; init; }

    public static FakeAnswer Error(int status, string code, string message) => new(
        status, Encoding.UTF8.GetBytes(new JsonObject { ["errors"] = new JsonArray(new JsonObject { ["code"] = code, ["message"] = message }) }.ToJsonString()));
}
