using System.Reflection;
using System.Text.Json.Nodes;
using Amazon.Runtime;

namespace Slipway.Sdk.Tests;

/// <summary>What the classes of a stand-in have that the definition of the service has not, or has otherwise.</summary>
internal sealed class ModelComparison(ServiceDefinition definition)
{
    // the definition counts milliseconds; the official SDK makes times of them, here and nowhere else
    private static readonly HashSet<string> MillisecondsAsTimes =
    [
        "GetLogEventsRequest.StartTime", "GetLogEventsRequest.EndTime",
        "OutputLogEvent.Timestamp", "OutputLogEvent.IngestionTime",
        "LogStream.CreationTime", "LogStream.FirstEventTimestamp", "LogStream.LastEventTimestamp", "LogStream.LastIngestionTime",
    ];

    public IEnumerable<string> Differences(Type type)
    {
        if (type.IsSubclassOf(typeof(AmazonServiceException)))
            return definition.HasError(type.Name) ? [] : [$"{type.Name}: the service has no such error"];
        return definition.ShapeOfClass(type.Name) is not { } shape
            ? [$"{type.Name}: the service has no such shape"]
            : type.IsSubclassOf(typeof(ConstantClass)) ? ConstantDifferences(type, shape) : MemberDifferences(type, shape);
    }

    /// <summary>The members of the definition that a class lacks.</summary>
    public IEnumerable<string> Lacks(Type type) => Members(definition.ShapeOfClass(type.Name)!)
        .Where(member => type.GetProperty(member.Key) == null)
        .Select(member => $"{type.Name}.{member.Key}");

    private IEnumerable<string> MemberDifferences(Type type, JsonObject shape)
    {
        var members = Members(shape);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        {
            var name = $"{type.Name}.{property.Name}";
            if (!members.TryGetValue(property.Name, out var member))
            {
                yield return $"{name}: the service has no such member";
                continue;
            }

            var expected = MillisecondsAsTimes.Contains(name) ? "DateTime?" : TypeName(member);
            var actual = TypeName(property.PropertyType);
            if (actual != expected) yield return $"{name}: is {actual} and should be {expected}";
        }
    }

    private static IEnumerable<string> ConstantDifferences(Type type, JsonObject shape)
    {
        var values = shape["enum"]?.AsArray().Select(value => (string)value!).ToHashSet() ?? [];
        foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            var value = ((ConstantClass)field.GetValue(null)!).Value;
            var expected = ServiceDefinition.ConstantName(value);
            if (!values.Contains(value)) yield return $"{type.Name}.{field.Name}: the service knows no value {value}";
            else if (field.Name != expected) yield return $"{type.Name}.{field.Name}: should be called {expected}";
        }
    }

    private static Dictionary<string, string> Members(JsonObject shape) => shape["members"]?.AsObject()
        .ToDictionary(member => ServiceDefinition.Capitalized(member.Key), member => (string)member.Value!["shape"]!) ?? [];

    // inside of collections values are not nullable, and enumerations are texts
    private string TypeName(string shapeName, bool inCollection = false)
    {
        var shape = definition.Shape(shapeName);
        var value = inCollection ? "" : "?";
        return (string)shape["type"]! switch
        {
            "string" => shape["enum"] != null && !inCollection ? definition.ClassOfShape(shapeName) : "string",
            "structure" => definition.ClassOfShape(shapeName),
            "list" => $"List<{TypeName((string)shape["member"]!["shape"]!, inCollection: true)}>",
            "map" => $"Dictionary<string, {TypeName((string)shape["value"]!["shape"]!, inCollection: true)}>",
            "integer" => $"int{value}",
            "long" => $"long{value}",
            "boolean" => $"bool{value}",
            "float" => $"float{value}",
            "double" => $"double{value}",
            "timestamp" => $"DateTime{value}",
            "blob" => "MemoryStream",
            var other => $"({other})",
        };
    }

    private static string TypeName(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } value) return $"{TypeName(value)}?";
        if (type.IsGenericType) return $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(TypeName))}>";
        return Type.GetTypeCode(type) switch
        {
            TypeCode.String => "string",
            TypeCode.Int32 => "int",
            TypeCode.Int64 => "long",
            TypeCode.Boolean => "bool",
            TypeCode.Single => "float",
            TypeCode.Double => "double",
            _ => type.Name,
        };
    }
}
