using Slipway.Registry;

namespace Slipway.Build.Tests;

public sealed class TrafficRollbackTests
{
    [Test]
    public async Task ColorThatIsLeftMayRestOnceTrafficIsBack()
    {
        using var fixture = new LocalFolderFixture();
        await using var output = new StringWriter();
        var environment = new EnvironmentDouble(fixture.Folders);
        await environment.Traffic.AskAsync(Color.Blue, TrafficAction.Deploy, "release-1", "ann", "first", default);
        await environment.Traffic.AskAsync(Color.Green, TrafficAction.Deploy, "release-2", "ann", "second", default);

        await new EnvironmentRollback(environment, new PlainReport(output, new Outcome(), TimeProvider.System), "bob", "slow").LastChangeAsync(model: null, default);

        Assert.That(environment.Steps, Is.EqualTo(new[] { "prepare blue", "traffic 3", "rest green" }));
        Assert.That(await environment.Traffic.ReadAsync(default), Has.Property("Color").EqualTo(Color.Blue).And.Property("Reason").EqualTo("slow"));
    }
}
