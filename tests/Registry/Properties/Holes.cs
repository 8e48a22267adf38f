using System.Collections;
using System.Reflection;

namespace Slipway.Registry.Tests.Properties;

/// <summary>Finds null where the type of a record says that there is none: whoever reads the record relies on it.</summary>
internal static class Holes
{
    private static readonly NullabilityInfoContext Context = new();
    private static readonly Dictionary<PropertyInfo, NullabilityInfo> Known = [];

    public static IEnumerable<string> In(object record, string path = "$")
    {
        foreach (var property in record.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetIndexParameters().Length == 0))
            foreach (var hole in InValue(property.GetValue(record), Of(property), $"{path}.{property.Name}"))
                yield return hole;
    }

    private static IEnumerable<string> InValue(object? value, NullabilityInfo type, string path)
    {
        if (value is null)
            return type.ReadState == NullabilityState.NotNull && !type.Type.IsValueType ? [path] : [];
        if (value is string)
            return [];
        if (value is IEnumerable items && type.GenericTypeArguments is [.., var element])
            return items.Cast<object?>().SelectMany((item, i) => item?.GetType() is { IsGenericType: true } pair && pair.GetGenericTypeDefinition() == typeof(KeyValuePair<,>)
                ? InValue(pair.GetProperty("Value")!.GetValue(item), element, $"{path}[{i}]")
                : InValue(item, element, $"{path}[{i}]"));
        return value.GetType().Namespace?.StartsWith("Slipway", StringComparison.Ordinal) == true && !value.GetType().IsEnum ? In(value, path) : [];
    }

    private static NullabilityInfo Of(PropertyInfo property) => Known.TryGetValue(property, out var known) ? known : Known[property] = Context.Create(property);
}
