using System.Text.Json.Nodes;

namespace Slipway.Workflows.Tests.Running;

/// <summary>What a job begins with: what started it, who runs it, and what the jobs before it said.</summary>
internal sealed record Given
{
    public string Event { get; init; } = "workflow_dispatch";

    /// <summary>What GitHub tells of the event.</summary>
    public JsonObject Payload { get; init; } = [];

    public JsonObject Inputs { get; init; } = [];

    public JsonObject Variables { get; init; } = [];

    public JsonObject Matrix { get; init; } = [];

    public JsonObject Needs { get; init; } = [];

    /// <summary>Steps, by their id, that do not run, with how they end.</summary>
    public IReadOnlyDictionary<string, string> Instead { get; init; } = new Dictionary<string, string>();

    /// <summary>Outputs over those of a step, as <c>step.name</c>.</summary>
    public IReadOnlyDictionary<string, string> Says { get; init; } = new Dictionary<string, string>();

    /// <summary>Where GitHub's API is.</summary>
    public string Api { get; init; } = "http://127.0.0.1:9";
}
