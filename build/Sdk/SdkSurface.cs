namespace Slipway.Build.Sdk;

public enum SurfaceKind
{
    /// <summary>A structure that requests and responses contain.</summary>
    Structure,

    Request,

    Response,

    Exception,

    /// <summary>An enumeration: strings, the known ones of which have names.</summary>
    Constant,
}

/// <summary>A class of an SDK package.</summary>
/// <param name="Members">By name: the C# type, or the text of a constant.</param>
public sealed record SurfaceType(string Name, SurfaceKind Kind, IReadOnlyDictionary<string, string> Members);

/// <summary>The public API of an SDK package for a service.</summary>
/// <param name="Types">By name.</param>
/// <param name="Paginated">The paginated operations.</param>
public sealed record SdkSurface(IReadOnlyDictionary<string, SurfaceType> Types, IReadOnlyList<string> Operations, IReadOnlyList<string> Paginated)
{
    /// <summary>Merged with another one: the installed definitions may be older than a package.</summary>
    public SdkSurface With(SdkSurface other)
    {
        var types = Types.ToDictionary();
        foreach (var (name, type) in other.Types)
            types[name] = types.TryGetValue(name, out var known) ? known with { Members = type.Members.Concat(known.Members).GroupBy(member => member.Key).ToDictionary(same => same.Key, same => same.Last().Value) } : type;
        return new(types, [.. Operations.Union(other.Operations)], [.. Paginated.Union(other.Paginated)]);
    }
}
