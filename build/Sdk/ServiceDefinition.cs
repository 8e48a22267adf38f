using System.Text.Json.Nodes;

namespace Slipway.Build.Sdk;

/// <summary>The definition of a service, with shapes under their names in the SDK for .NET.</summary>
public sealed class ServiceDefinition
{
    private const string NoMembers = "";

    private readonly JsonObject _root;
    private readonly Dictionary<string, string> _messages;

    public ServiceDefinition(JsonObject root)
    {
        _root = root;
        // the input and output of an operation are named after it, whatever the definition calls them
        _messages = Operations.SelectMany(operation => new[]
        {
            KeyValuePair.Create($"{operation.Key}Request", MessageShape(operation.Value!, "input")),
            KeyValuePair.Create($"{operation.Key}Response", MessageShape(operation.Value!, "output")),
        }).ToDictionary();
    }

    public JsonObject Operations => _root["operations"]!.AsObject();

    /// <summary>Requests and responses by class, with the names of their shapes; the name is empty if there is no shape.</summary>
    public IReadOnlyDictionary<string, string> Messages => _messages;

    /// <summary>Names in .NET start with a capital letter, and are otherwise those of the definition.</summary>
    public static string Capitalized(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    public JsonObject Shape(string name) => _root["shapes"]![name]!.AsObject();

    public JsonObject MessageOf(string className) => _messages[className] is NoMembers or null
        ? new JsonObject { ["type"] = "structure", ["members"] = new JsonObject() }
        : Shape(_messages[className]);

    /// <summary>The shapes that operations refer to: a definition may contain more, for which no class is generated.</summary>
    public IReadOnlySet<string> Reached()
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>(_messages.Values.Where(shape => shape != NoMembers)
            .Concat(Operations.SelectMany(operation => operation.Value!["errors"]?.AsArray() ?? []).Select(error => (string)error!["shape"]!)));
        while (open.TryDequeue(out var name))
        {
            if (!reached.Add(name))
                continue;
            foreach (var next in References(Shape(name)))
                open.Enqueue(next);
        }

        return reached;
    }

    /// <summary>The shapes that others refer to, which are not only messages.</summary>
    public IReadOnlySet<string> Held() => _root["shapes"]!.AsObject().SelectMany(shape => References(shape.Value!.AsObject())).ToHashSet(StringComparer.Ordinal);

    public static IEnumerable<KeyValuePair<string, string>> Members(JsonObject shape) =>
        (shape["members"]?.AsObject() ?? []).Select(member => KeyValuePair.Create(member.Key, (string)member.Value!["shape"]!));

    private static IEnumerable<string> References(JsonObject shape) =>
        Members(shape).Select(member => member.Value)
            .Concat(new[] { "member", "key", "value" }.Select(part => (string?)shape[part]?["shape"]).OfType<string>());

    private static string MessageShape(JsonNode operation, string direction) => (string?)operation[direction]?["shape"] ?? NoMembers;
}
