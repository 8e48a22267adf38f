using System.Text.Json.Nodes;
using Slipway.Build.Sdk;

namespace Slipway.Sdk.Tests.Definitions;

/// <summary>A value of a shape in which every member that the pinned version has has a value, all the way down.</summary>
internal sealed class Sample(ServiceDefinition definition, PinnedSurface pinned)
{
    private int _count;

    public JsonNode Of(string shapeName)
    {
        var shape = definition.Shape(shapeName);
        return (string)shape["type"]! switch
        {
            "structure" => new JsonObject(ServiceDefinition.Members(shape)
                .Where(member => pinned.Has(ServiceDefinition.Capitalized(shapeName), ServiceDefinition.Capitalized(member.Key)))
                .Select(member => KeyValuePair.Create<string, JsonNode?>(member.Key, Of(member.Value)))),
            "list" => new JsonArray(Of((string)shape["member"]!["shape"]!)),
            "map" => new JsonObject { ["Key-" + ++_count] = Of((string)shape["value"]!["shape"]!) },
            "string" => shape["enum"] is { } values ? (string)values[0]! : $"text {++_count}",
            "boolean" => true,
            "timestamp" => 1767225600,
            _ => ++_count,
        };
    }
}
