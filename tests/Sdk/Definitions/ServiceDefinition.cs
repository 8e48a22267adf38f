using System.IO.Compression;
using System.Text.Json.Nodes;

namespace Slipway.Sdk.Tests;

/// <summary>The definition of a service as botocore carries it, by the names that the SDK for .NET gives.</summary>
internal sealed class ServiceDefinition
{
    private readonly JsonObject _root;
    private readonly Dictionary<string, string> _shapes;

    public ServiceDefinition(JsonObject root)
    {
        _root = root;
        // the input and output of an operation are called after it, whatever the definition calls them
        var messages = Operations.SelectMany(operation => new[]
        {
            (Class: $"{operation.Key}Request", Shape: MessageShape(operation.Value!, "input")),
            (Class: $"{operation.Key}Response", Shape: MessageShape(operation.Value!, "output")),
        });
        _shapes = Shapes.ToDictionary(shape => Capitalized(shape.Key), shape => shape.Key);
        foreach (var (name, shape) in messages) _shapes[name] = shape ?? NoMembers;
    }

    public JsonObject Operations => _root["operations"]!.AsObject();

    private const string NoMembers = "";

    private JsonObject Shapes => _root["shapes"]!.AsObject();

    public static ServiceDefinition Read(string botocore, StandIn service)
    {
        using var file = File.OpenRead(Path.Combine(botocore, "data", service.Definition, service.Version, "service-2.json.gz"));
        using var text = new GZipStream(file, CompressionMode.Decompress);
        return new ServiceDefinition(JsonNode.Parse(text)!.AsObject());
    }

    /// <summary>The names of a definition begin with a capital letter in .NET, and are the same otherwise.</summary>
    public static string Capitalized(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    /// <summary>The name of a constant: its value, where what parts words begins a new capital letter.</summary>
    public static string ConstantName(string value) =>
        string.Concat(value.Split(['-', '.', ':', '/', ' '], StringSplitOptions.RemoveEmptyEntries).Select(Capitalized));

    public JsonObject Shape(string name) => Shapes[name]!.AsObject();

    public JsonObject? ShapeOfClass(string className) =>
        !_shapes.TryGetValue(className, out var shape) ? null
        : shape == NoMembers ? new JsonObject { ["type"] = "structure", ["members"] = new JsonObject() }
        : Shape(shape);

    /// <summary>What the SDK calls a shape that is a class of its own, such as a structure or an enumeration.</summary>
    public string ClassOfShape(string shape) => Capitalized(shape);

    /// <summary>An exception is called after its error, with the suffix of all exceptions.</summary>
    public bool HasError(string className) => Shapes.Any(shape =>
        shape.Value!["exception"] != null &&
        className == (shape.Key.EndsWith("Exception", StringComparison.Ordinal) ? shape.Key : $"{shape.Key}Exception"));

    private static string? MessageShape(JsonNode operation, string direction) => (string?)operation[direction]?["shape"];
}
