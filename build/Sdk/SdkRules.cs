using System.Text;
using System.Text.Json.Nodes;

namespace Slipway.Build.Sdk;

/// <summary>
/// The public API that the SDK for .NET generates for a service, by the rules of its own generator. The rules were verified against packages that
/// feeds have, and a test verifies them again.
/// </summary>
public sealed class SdkRules
{
    // the definition counts milliseconds; the SDK maps only these members to times
    private static readonly HashSet<string> MillisecondsAsTimes =
    [
        "GetLogEventsRequest.StartTime", "GetLogEventsRequest.EndTime", "InputLogEvent.Timestamp", "OutputLogEvent.Timestamp", "OutputLogEvent.IngestionTime",
        "LogGroup.CreationTime", "LogStream.CreationTime", "LogStream.FirstEventTimestamp", "LogStream.LastEventTimestamp", "LogStream.LastIngestionTime",
        "MetricFilter.CreationTime",
    ];

    private readonly ServiceDefinition _definition;
    private readonly bool _isLogs;

    private SdkRules(ServiceDefinition definition, string service) => (_definition, _isLogs) = (definition, service == "CloudWatchLogs");

    public static SdkSurface Surface(SdkService service, Botocore botocore) =>
        Surface(botocore.Definition(service.Definition), service.Name, botocore.Paginated(service.Definition));

    public static SdkSurface Surface(ServiceDefinition definition, string service, IReadOnlyList<string> paginated)
    {
        var rules = new SdkRules(definition, service);
        return new(
            rules.Models().Concat(rules.Messages()).ToDictionary(type => type.Name, StringComparer.Ordinal),
            [.. definition.Operations.Select(operation => operation.Key)], paginated);
    }

    /// <summary>The name of a constant: its value, with a capital letter after each separator.</summary>
    public static string ConstantName(string value)
    {
        var name = new StringBuilder();
        foreach (var letter in string.Concat(value.Split(['-', '.', ':', '/', ' ', ',', '+'], StringSplitOptions.RemoveEmptyEntries).Select(ServiceDefinition.Capitalized)))
        {
            if (char.IsAsciiLetterOrDigit(letter)) name.Append(letter);
            else if (letter is '_' or '(' or ')') name.Append('_');
            else if (letter == '*') name.Append("Star");
        }

        return char.IsAsciiDigit(name[0]) ? $"_{name}" : name.ToString();
    }

    private IEnumerable<SurfaceType> Models()
    {
        var (held, messages) = (_definition.Held(), _definition.Messages.Values.ToHashSet());
        foreach (var name in _definition.Reached())
        {
            var shape = _definition.Shape(name);
            if ((string?)shape["type"] == "string" && shape["enum"] is { } values)
                yield return new(ServiceDefinition.Capitalized(name), SurfaceKind.Constant, Constants(values.AsArray()));
            else if ((string?)shape["type"] != "structure" || IsTrue(shape, "document"))
                continue;
            else if (IsTrue(shape, "exception"))
                yield return new(ClassOf(name), SurfaceKind.Exception, Members(name, shape).Where(member => member.Key != "Message").ToDictionary());
            else if (held.Contains(name) || !messages.Contains(name))
                yield return new(ClassOf(name), SurfaceKind.Structure, Members(ClassOf(name), shape));
        }
    }

    private IEnumerable<SurfaceType> Messages() => _definition.Messages.Keys.Select(message => new SurfaceType(
        message, message.EndsWith("Request", StringComparison.Ordinal) ? SurfaceKind.Request : SurfaceKind.Response, Members(message, _definition.MessageOf(message))));

    private Dictionary<string, string> Members(string owner, JsonObject shape) => ServiceDefinition.Members(shape).ToDictionary(
        member => ServiceDefinition.Capitalized(member.Key),
        member => _isLogs && MillisecondsAsTimes.Contains($"{owner}.{ServiceDefinition.Capitalized(member.Key)}") ? "DateTime?" : TypeOf(member.Value));

    private static Dictionary<string, string> Constants(JsonArray values) =>
        values.Select(value => (string)value!).DistinctBy(ConstantName).ToDictionary(ConstantName, value => value);

    // inside collections, values are not nullable and enumerations are strings
    private string TypeOf(string name, bool inCollection = false)
    {
        var shape = _definition.Shape(name);
        var value = inCollection ? "" : "?";
        return (string)shape["type"]! switch
        {
            "string" => shape["enum"] is not null && !inCollection ? ClassOf(name) : "string",
            "structure" => IsTrue(shape, "document") ? "Document" : ClassOf(name),
            "list" => $"List<{TypeOf((string)shape["member"]!["shape"]!, inCollection: true)}>",
            "map" => $"Dictionary<string, {TypeOf((string)shape["value"]!["shape"]!, inCollection: true)}>",
            "integer" => $"int{value}",
            "long" => $"long{value}",
            "boolean" => $"bool{value}",
            "float" => $"float{value}",
            "double" => $"double{value}",
            "timestamp" => $"DateTime{value}",
            "blob" => IsTrue(shape, "streaming") ? "Stream" : "MemoryStream",
            var other => throw new NotSupportedException($"{name} is a {other}, for which there is no rule."),
        };
    }

    // an exception is named after its error, with the usual suffix
    private string ClassOf(string shape) =>
        IsTrue(_definition.Shape(shape), "exception") && !shape.EndsWith("Exception", StringComparison.Ordinal) ? $"{ServiceDefinition.Capitalized(shape)}Exception" : ServiceDefinition.Capitalized(shape);

    private static bool IsTrue(JsonObject shape, string trait) => (bool?)shape[trait] == true;
}
