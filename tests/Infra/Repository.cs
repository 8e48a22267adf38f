namespace Slipway.Infra.Tests;

/// <summary>The checkout that these tests were built in.</summary>
internal static class Repository
{
    public static string Root { get; } = Checkout.Root;

    public static string Infra { get; } = Path.Combine(Root, "infra");

    public static IEnumerable<string> Modules => Directory.EnumerateDirectories(Path.Combine(Infra, "modules")).Order(StringComparer.Ordinal);

    /// <summary>The environments that share the root module in <c>infra/environments</c>, by their files with values.</summary>
    public static IEnumerable<string> Environments => Directory.EnumerateFiles(Path.Combine(Infra, "environments"), "*.tfvars").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);
}
