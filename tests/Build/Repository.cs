using Slipway.Build.Cli.Configuration;

namespace Slipway.Build.Tests;

/// <summary>The checkout that these tests were built in.</summary>
internal static class Repository
{
    public static string Root { get; } = Paths.Find(AppContext.BaseDirectory, AppContext.BaseDirectory).Root;
}
