using Slipway.Build.Sdk;
using Type = System.Type;

namespace Slipway.Sdk.Tests.Definitions;

/// <summary>The namespaces and base classes of a service's classes.</summary>
internal static class SdkNames
{
    public static IEnumerable<string> Differences(Type model, string service)
    {
        var (place, ancestor) = StandInSurface.KindOf(model) switch
        {
            SurfaceKind.Constant => ($"Amazon.{service}", "Amazon.Runtime.ConstantClass"),
            SurfaceKind.Request => ($"Amazon.{service}.Model", $"Amazon.{service}.Amazon{service}Request"),
            SurfaceKind.Response => ($"Amazon.{service}.Model", "Amazon.Runtime.AmazonWebServiceResponse"),
            SurfaceKind.Exception => ($"Amazon.{service}.Model", $"Amazon.{service}.Amazon{service}Exception"),
            _ => ($"Amazon.{service}.Model", "System.Object"),
        };
        if (model.Namespace != place) yield return $"{model.Name} lies in {model.Namespace} and should lie in {place}";
        if (model.BaseType!.FullName != ancestor) yield return $"{model.Name} derives from {model.BaseType.FullName} and should derive from {ancestor}";
    }
}
