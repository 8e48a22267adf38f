using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Slipway.Build.Images.ContainerRegistry;

/// <summary>How clients must authenticate to a container registry: the header <c>WWW-Authenticate</c>.</summary>
/// <param name="Realm">The URL that issues tokens; only with Bearer.</param>
public sealed partial record AuthenticationChallenge(bool IsBearer, string? Realm, string? Service, string? Scope)
{
    /// <summary>The strongest scheme that is offered and supported; null if there is none.</summary>
    public static AuthenticationChallenge? Of(HttpHeaderValueCollection<AuthenticationHeaderValue> offered) =>
        offered.Select(Read).OfType<AuthenticationChallenge>().OrderByDescending(one => one.IsBearer).FirstOrDefault();

    private static AuthenticationChallenge? Read(AuthenticationHeaderValue offer)
    {
        var values = Pair().Matches(offer.Parameter ?? "").ToLookup(pair => pair.Groups[1].Value, pair => pair.Groups[2].Value, StringComparer.OrdinalIgnoreCase);
        return offer.Scheme.ToUpperInvariant() switch
        {
            "BEARER" when values["realm"].FirstOrDefault() is { } realm => new(true, realm, values["service"].FirstOrDefault(), values["scope"].FirstOrDefault()),
            "BASIC" => new(false, null, null, null),
            _ => null,
        };
    }

    [GeneratedRegex("([a-z]+)=\"([^\"]*)\"", RegexOptions.IgnoreCase)]
    private static partial Regex Pair();
}
