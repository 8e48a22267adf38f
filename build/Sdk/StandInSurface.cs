using System.Reflection;
using Amazon.Runtime;

namespace Slipway.Build.Sdk;

/// <summary>The public API of a package or its stand-in, by reflection.</summary>
public static class StandInSurface
{
    private const string Async = "Async";

    public static SdkSurface Of(Assembly package)
    {
        var client = package.GetExportedTypes().Single(type => type.IsInterface && type.GetInterfaces().Contains(typeof(IAmazonService)));
        return new(
            package.GetExportedTypes().Where(type => IsModel(type, client)).Select(Describe).ToDictionary(type => type.Name),
            [.. client.GetMethods().Where(method => !method.IsStatic && method.Name.EndsWith(Async, StringComparison.Ordinal)).Select(method => method.Name[..^Async.Length]).Distinct()], []);
    }

    /// <summary>The name in C# syntax.</summary>
    public static string NameOf(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } value) return $"{NameOf(value)}?";
        if (type.IsGenericType) return $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>";
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

    public static SurfaceKind KindOf(Type type) =>
        type.IsSubclassOf(typeof(ConstantClass)) ? SurfaceKind.Constant
        : type.IsSubclassOf(typeof(Exception)) ? SurfaceKind.Exception
        : type.IsSubclassOf(typeof(AmazonWebServiceRequest)) ? SurfaceKind.Request
        : type.IsSubclassOf(typeof(AmazonWebServiceResponse)) ? SurfaceKind.Response
        : SurfaceKind.Structure;

    /// <summary>Whether a class is generated from a shape of the definition.</summary>
    private static bool IsModel(Type type, Type client) => type is { IsClass: true, IsAbstract: false }
        && (type.Namespace == $"{client.Namespace}.Model" ? !type.Name.Contains("Paginator", StringComparison.Ordinal) : type.IsSubclassOf(typeof(ConstantClass)));

    private static SurfaceType Describe(Type type) => new(type.Name, KindOf(type), KindOf(type) == SurfaceKind.Constant
        ? type.GetFields(BindingFlags.Public | BindingFlags.Static).ToDictionary(field => field.Name, field => ((ConstantClass)field.GetValue(null)!).Value)
        : type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).ToDictionary(property => property.Name, property => NameOf(property.PropertyType)));
}
