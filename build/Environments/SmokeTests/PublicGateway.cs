namespace Slipway.Build.Environments.SmokeTests;

/// <summary>The public address of an environment.</summary>
/// <param name="ApiKey">The API key to send; null if none is required.</param>
public sealed record PublicGateway(Uri Url, string? ApiKey)
{
    // a record would print the key
    public override string ToString() => Url.ToString().TrimEnd('/');
}
