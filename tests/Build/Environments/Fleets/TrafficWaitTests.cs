using Slipway.Build.Environments.Fleets;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Traffic;

namespace Slipway.Build.Tests.Environments.Fleets;

public sealed class TrafficWaitTests
{
    [Test]
    public async Task EndsOnceTheGatewayHasReachedTheRevision()
    {
        Queue<TrafficState?> states = new([null, State(1, TrafficPhase.Promoted), State(2, TrafficPhase.Preparing), State(2, TrafficPhase.Promoted)]);
        await Wait(() => states.Dequeue(), TimeSpan.FromMinutes(1)).UntilAsync(2, default);

        Assert.That(states, Is.Empty);
    }

    [Test]
    public void SaysWhereTrafficStaysAndWhy() =>
        Assert.That(() => Wait(() => State(2, TrafficPhase.Preparing), TimeSpan.Zero).UntilAsync(2, default), Throws.TypeOf<SlipwayException>().With.Message.EqualTo(
            "The gateway did not move traffic within 0 s; it stays on blue. Last state: green is not ready. See ./build.sh --target=Status --environment=shore"));

    [Test]
    public void GatewayThatDoesNotRespondIsNamed() =>
        Assert.That(() => Wait(() => null, TimeSpan.Zero).UntilAsync(1, default), Throws.TypeOf<SlipwayException>().With.Message.Contains("no response"));

    private static TrafficWait Wait(Func<TrafficState?> state, TimeSpan timeout) =>
        new(_ => Task.FromResult(state()), timeout, TimeSpan.FromMilliseconds(1), " --environment=shore", TimeProvider.System);

    private static TrafficState State(int revision, TrafficPhase phase) =>
        new(revision, phase, TrafficSplit.All(Color.Blue), Color.Blue, "green is not ready.", new(null, 0), default);
}
