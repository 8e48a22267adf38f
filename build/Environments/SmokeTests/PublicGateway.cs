namespace Slipway.Build.Environments.SmokeTests;

/// <summary>Where callers reach an environment.</summary>
/// <param name="ApiKey">What they show to be let in; null where nobody is asked for it.</param>
public sealed record PublicGateway(Uri Url, string? ApiKey)
{
    // a record would print the key
    public override string ToString() => Url.ToString().TrimEnd('/');
}
