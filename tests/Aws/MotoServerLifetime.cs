using Slipway.Aws.Tests.Fixtures;

namespace Slipway.Aws.Tests;

/// <summary>Stops the server after the last test. It is in the root namespace because NUnit runs it for the namespaces below its own.</summary>
[SetUpFixture]
public sealed class MotoServerLifetime
{
    [OneTimeTearDown]
    public static Task Stop() => MotoServer.StopAsync();
}
