using System.Reflection;
using Amazon.Runtime;
using Slipway.Build.Sdk;
using Type = System.Type;

namespace Slipway.Sdk.Tests.Definitions;

/// <summary>Differences between the classes of a stand-in and the definition of the service. What is not in the definition is ignored.</summary>
internal sealed class ModelComparison(SdkSurface defined)
{
    public IEnumerable<string> Differences(Type type)
    {
        if (!defined.Types.TryGetValue(type.Name, out var expected))
            return [];
        var kind = StandInSurface.KindOf(type);
        return kind != expected.Kind ? [$"{type.Name}: is of the kind {kind} and should be of the kind {expected.Kind}"]
            : kind == SurfaceKind.Constant ? ConstantDifferences(type)
            : MemberDifferences(type, expected);
    }

    private static IEnumerable<string> MemberDifferences(Type type, SurfaceType expected)
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        {
            var actual = StandInSurface.NameOf(property.PropertyType);
            if (expected.Members.TryGetValue(property.Name, out var member) && actual != member)
                yield return $"{type.Name}.{property.Name}: is {actual} and should be {member}";
        }
    }

    private static IEnumerable<string> ConstantDifferences(Type type)
    {
        foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            var expected = SdkRules.ConstantName(((ConstantClass)field.GetValue(null)!).Value);
            if (field.Name != expected) yield return $"{type.Name}.{field.Name}: should be called {expected}";
        }
    }
}
