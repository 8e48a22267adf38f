using Slipway.Build.Cli.Configuration;
using Slipway.Build.Sdk;

namespace Slipway.Sdk.Tests.Definitions;

internal static class Repository
{
    public static string Root { get; } = Paths.Find(AppContext.BaseDirectory, Environment.CurrentDirectory).Root;

    /// <summary>Skips a test that needs service definitions, if there are none.</summary>
    public static Botocore Definitions()
    {
        if (Botocore.Newest is null)
            Assert.Ignore($"botocore is not installed, so there are no definitions to compare with. {Botocore.InstallHint}");
        return Botocore.Newest!;
    }
}
