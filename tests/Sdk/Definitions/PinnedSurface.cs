using Slipway.Build.Sdk;

namespace Slipway.Sdk.Tests.Definitions;

/// <summary>
/// What the pinned version of a package has of the classes that its stand-in has: the definitions of a machine may be of a later day, and a member
/// that came with them does not compile where the pinned version is.
/// </summary>
public sealed class PinnedSurface
{
    private readonly Dictionary<string, HashSet<string>> _types;

    /// <param name="lines">Package and version, then one class a line with its members, or the texts of its constants.</param>
    public PinnedSurface(IReadOnlyList<string> lines)
    {
        Version = lines[0];
        _types = lines.Skip(1).Select(line => line.Split(':', 2)).ToDictionary(
            parts => parts[0], parts => parts[1].Split(", ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToHashSet());
    }

    /// <summary>Package and version.</summary>
    public string Version { get; }

    public static PinnedSurface Read(string file) => new(File.ReadAllLines(file));

    public bool Has(string type, string member) => _types.TryGetValue(type, out var members) && members.Contains(member);

    /// <summary>Members that a stand-in has and the pinned version does not.</summary>
    public IEnumerable<string> Lacks(SdkSurface standIn)
    {
        foreach (var type in standIn.Types.Values)
        {
            if (!_types.ContainsKey(type.Name))
                yield return $"{type.Name}: {Version} has no such class";
            else
            {
                foreach (var member in NamesOf(type).Where(member => !Has(type.Name, member)))
                    yield return $"{type.Name}.{member}: {Version} has no such member";
            }
        }
    }

    /// <summary>The members that the pinned version has and a stand-in lacks.</summary>
    public IEnumerable<string> MissedBy(SdkSurface standIn) =>
        standIn.Types.Values.Where(type => _types.ContainsKey(type.Name)).SelectMany(type => _types[type.Name].Except(NamesOf(type)).Select(member => $"{type.Name}.{member}"));

    private static IEnumerable<string> NamesOf(SurfaceType type) => type.Kind == SurfaceKind.Constant ? type.Members.Values : type.Members.Keys;
}
