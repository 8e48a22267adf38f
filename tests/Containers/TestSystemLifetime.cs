using Slipway.Containers.Tests.TestSystems;

namespace Slipway.Containers.Tests;

/// <summary>Starts the system before the first test and stops it after the last. It is in the root namespace because NUnit runs it for the namespaces below its own.</summary>
[SetUpFixture]
public sealed class TestSystemLifetime
{
    [OneTimeSetUp]
    public static Task Start() => TestSystem.StartAsync();

    [OneTimeTearDown]
    public static Task Stop() => TestSystem.StopAsync();
}
