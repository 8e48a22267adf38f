using System.Text.RegularExpressions;

namespace Slipway.Build.Cli.Configuration;

/// <summary>A container registry, by the part of an image's name before the first slash: <c>127.0.0.1:5000</c>.</summary>
public sealed partial record RegistryHost(string Name)
{
    public const string Form = "<host:port>";

    /// <summary>Whether it is on this machine. Only such a registry is accessed without TLS.</summary>
    public bool IsLocal => new Uri($"http://{Name}/").IsLoopback;

    /// <summary>Whether it is an Amazon ECR registry, whose credentials come from AWS.</summary>
    public bool IsEcr => Ecr().IsMatch(Name);

    public Uri Address => new($"{(IsLocal ? "http" : "https")}://{Name}/");

    public static bool IsValid(string name) => Pattern().IsMatch(name) && Uri.TryCreate($"http://{name}/", UriKind.Absolute, out _);

    public override string ToString() => Name;

    [GeneratedRegex(@"^([a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*|\[[0-9a-f:]+\])(:[0-9]{1,5})?$")]
    private static partial Regex Pattern();

    [GeneratedRegex(@"^[0-9]{12}\.dkr[.-]ecr(-fips)?\.[a-z0-9-]+\.(amazonaws\.com(\.cn)?|on\.aws)$")]
    private static partial Regex Ecr();
}
