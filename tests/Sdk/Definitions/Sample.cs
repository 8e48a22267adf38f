using System.Text.Json.Nodes;

namespace Slipway.Sdk.Tests;

/// <summary>A value of a shape in which every member has a value, all the way down.</summary>
internal sealed class Sample(ServiceDefinition definition)
{
    private int _count;

    public JsonNode Of(string shapeName)
    {
        var shape = definition.Shape(shapeName);
        return (string)shape["type"]! switch
        {
            "structure" => new JsonObject(shape["members"]!.AsObject()
                .Select(member => KeyValuePair.Create<string, JsonNode?>(member.Key, Of((string)member.Value!["shape"]!)))),
            "list" => new JsonArray(Of((string)shape["member"]!["shape"]!)),
            "map" => new JsonObject { ["Key-" + ++_count] = Of((string)shape["value"]!["shape"]!) },
            "string" => shape["enum"] is { } values ? (string)values[0]! : $"text {++_count}",
            "boolean" => true,
            "timestamp" => 1767225600,
            _ => ++_count,
        };
    }
}
