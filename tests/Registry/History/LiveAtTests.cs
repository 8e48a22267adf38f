using Slipway.Registry.Channels;
using Slipway.Registry.History;
using Slipway.Registry.Tests.Channels;
using Slipway.Registry.Tests.Manifests;

namespace Slipway.Registry.Tests.History;

public sealed class LiveAtTests
{
    private AuditFixture _model = null!;

    [SetUp]
    public async Task MakeAModel() => _model = await AuditFixture.CreateAsync();

    [TearDown]
    public void DeleteStore() => _model.Dispose();

    // published at 8, 9 and 10 o'clock, rolled back at 11
    [TestCase(7.99, null)]
    [TestCase(8, 1)]
    [TestCase(8.99, 1)]
    [TestCase(9, 2)]
    [TestCase(10.5, 3)]
    [TestCase(11, 2)]
    [TestCase(1000, 2)]
    public async Task ReturnsTheVersionAtATime(double hour, int? version)
    {
        var history = await _model.InspectAsync();

        foreach (var color in Colors.All)
            Assert.That(history.LiveAt(color, AuditFixture.Start.Date.AddHours(hour))?.To, Is.EqualTo(version));
    }

    [Test]
    public async Task DistinguishesTheColors()
    {
        await new ModelChannels(_model.Store, _model.Time).MoveAsync(
            new(SampleManifests.Model, 1, HistoryAction.Rollback, [Color.Green], "operator", "only green"), CancellationToken.None);
        var history = await _model.InspectAsync();

        Assert.That(history.LiveAt(Color.Blue, _model.Time.GetUtcNow())!.To, Is.EqualTo(2));
        Assert.That(history.LiveAt(Color.Green, _model.Time.GetUtcNow())!.To, Is.EqualTo(1));
    }

    [Test]
    public async Task DoesNotTakeAMoveForMadeThatNoChannelFollowed()
    {
        Assert.That(
            () => _model.MoveAsync(ScriptedStore.DyingAfter(_model.Store, puts: 1), 1, HistoryAction.Rollback), Throws.InstanceOf<CrashedException>());
        Assert.That((await _model.InspectAsync()).LiveAt(Color.Blue, _model.Time.GetUtcNow())!.To, Is.EqualTo(2));

        var died = _model.Time.GetUtcNow();
        _model.Time.Advance(TimeSpan.FromHours(1));
        await _model.MoveAsync(3, HistoryAction.Rollback);
        Assert.That((await _model.InspectAsync()).LiveAt(Color.Blue, died)!.To, Is.EqualTo(2), "also when a later move left it behind");
    }
}
