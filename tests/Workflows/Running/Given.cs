using System.Text.Json.Nodes;

namespace Slipway.Workflows.Tests.Running;

/// <summary>The inputs of a job: the event, the actor, and the outputs of previous jobs.</summary>
internal sealed record Given
{
    public string Event { get; init; } = "workflow_dispatch";

    /// <summary>GitHub's description of the event.</summary>
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
