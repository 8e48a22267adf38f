using Slipway.Build.Cli.Output;
using Slipway.Build.Tasks;
using Slipway.Build.Tests.Environments.Fleets;
using Slipway.Registry;

namespace Slipway.Build.Tests.Environments;

public sealed class AloneTests
{
    private readonly StringWriter _output = new();
    private LocalFolderFixture _fixture = null!;

    [SetUp]
    public void SetUp() => _fixture = new();

    [TearDown]
    public void TearDown() => _fixture.Dispose();

    [Test]
    public void CommandThatLostTheEnvironmentIsStoppedWithASentence()
    {
        using var lost = new CancellationTokenSource();

        Assert.That(() => RunAsync(async token =>
        {
            await lost.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
        }, lost.Token), Throws.TypeOf<SlipwayException>().With.Message.StartsWith("Deploy was stopped halfway").And.Message.Contains("'shore'").And.Message.Contains("--target=Status --environment=shore"));
    }

    [Test]
    public void OwnFailureStaysWhatItIs() => Assert.That(
        () => RunAsync(_ => throw new SlipwayException("The image is not there."), CancellationToken.None), Throws.TypeOf<SlipwayException>().With.Message.EqualTo("The image is not there."));

    [Test]
    public async Task PersonWhoStopsItIsNotToldOfOthers()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        Assert.That(() => RunAsync(token => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token), lost: stop.Token, stop.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    private Task RunAsync(Func<CancellationToken, Task> work, CancellationToken lost, CancellationToken cancellation = default) =>
        new EnvironmentDouble(_fixture.Folders) { Lost = lost }.AloneAsync(
            nameof(Deploy), "ann", new PlainReport(_output, new Outcome(), TimeProvider.System), work, cancellation);
}
