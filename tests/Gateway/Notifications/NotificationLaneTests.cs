using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Slipway.Gateway.Notifications;
using Slipway.Registry.Rollouts;

namespace Slipway.Gateway.Tests.Notifications;

/// <summary>With a target that answers at once.</summary>
public class NotificationLaneTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Target _target = new();
    private readonly LogLines _log = new();
    private NotificationLane _lane = null!;

    [SetUp]
    public void SetUp()
    {
        _target.Sent.Clear();
        _target.Refused = _ => null;
        _log.Lines.Clear();
        _lane = new("target", _target, "main", _time, _log);
    }

    [Test]
    public void ConfirmsOneChangeAfterTheOther()
    {
        TrafficNotification[] outbox = [SampleChanges.Change(1), SampleChanges.Change(2)];
        Assert.That(_lane.Turn(outbox, default), Is.Empty);
        Assert.That(_lane.Turn(outbox, default), Is.EqualTo(new[] { "main-2-1" }));
        Assert.That(_lane.Turn(outbox, default), Is.EquivalentTo(new[] { "main-2-1", "main-2-2" }));
        Assert.That(_target.Sent, Is.EqualTo(new[] { "main-2-1", "main-2-2" }));
    }

    [Test]
    public void ForgetsWhatIsRecorded()
    {
        _lane.Turn([SampleChanges.Change(1)], default);
        Assert.That(_lane.Turn([SampleChanges.Change(1)], default), Has.Count.EqualTo(1));
        Assert.That(_lane.Turn([SampleChanges.Change(1, delivered: ["target"])], default), Is.Empty);
    }

    [Test]
    public void PausesLongerAfterEachFailureButNoLongerThanFiveMinutes()
    {
        _target.Refused = _ => new NotificationException("returned 500");
        double[] pauses = [.. Enumerable.Range(0, 12).Select(_ => PauseAfterAFailure())];
        Assert.That(pauses, Is.EqualTo(new double[] { 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300 }));
        Assert.That(_log.Lines, Has.All.Contain("returned 500"));
    }

    [Test]
    public void AfterASuccessItPausesNoMore()
    {
        _target.Refused = _ => new NotificationException("returned 500");
        PauseAfterAFailure();
        PauseAfterAFailure();
        _target.Refused = _ => null;
        _time.Advance(TimeSpan.FromSeconds(2));
        TrafficNotification[] outbox = [SampleChanges.Change(1), SampleChanges.Change(2)];
        _lane.Turn(outbox, default);
        _lane.Turn(outbox, default);
        _lane.Turn(outbox, default);
        Assert.That((_lane.Failures, _target.Sent[^1]), Is.EqualTo((0, "main-2-2")));
    }

    [Test]
    public void OneChangeThatIsNotTakenHoldsUpNoOther()
    {
        _target.Refused = id => id == "main-2-1" ? new NotificationException("returned 400") : null;
        TrafficNotification[] outbox = [SampleChanges.Change(1), SampleChanges.Change(2), SampleChanges.Change(3)];
        IReadOnlySet<string> confirmed = new HashSet<string>();
        for (var i = 0; i < 10; i++)
        {
            confirmed = _lane.Turn(outbox, default);
            _time.Advance(TimeSpan.FromMinutes(5));
        }
        Assert.That(confirmed, Is.EquivalentTo(new[] { "main-2-2", "main-2-3" }));
        Assert.That(_target.Sent.Count(id => id == "main-2-1"), Is.GreaterThan(3), "it is not given up");
    }

    [Test]
    public void WritesNoAddressIntoTheLogWhateverIsThrown()
    {
        _target.Refused = _ => new InvalidOperationException("https://example.org/secret");
        PauseAfterAFailure();
        Assert.That(_log.Lines.Single(), Does.Contain("target cannot be sent to: InvalidOperationException").And.Not.Contain("secret"));
    }

    /// <summary>How many seconds pass until the change is sent again.</summary>
    private double PauseAfterAFailure()
    {
        TrafficNotification[] outbox = [SampleChanges.Change(1)];
        var sent = _target.Sent.Count;
        var started = _time.GetTimestamp();
        while (_target.Sent.Count == sent)
        {
            _lane.Turn(outbox, default);
            if (_target.Sent.Count == sent)
                _time.Advance(TimeSpan.FromSeconds(1));
        }
        var failed = _lane.Failures;
        while (_lane.Failures == failed)
            _lane.Turn(outbox, default);
        return double.Parse(_log.Lines[^1].Split("follows in ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
    }

    private sealed class Target : INotificationSender
    {
        public List<string> Sent { get; } = [];
        public Func<string, Exception?> Refused { get; set; } = _ => null;

        public Task SendAsync(TrafficEvent change, CancellationToken cancellation)
        {
            Sent.Add(change.Id);
            return Refused(change.Id) is { } refusal ? Task.FromException(refusal) : Task.CompletedTask;
        }
    }

    private sealed class LogLines : ILogger<NotificationLane>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));
    }
}
