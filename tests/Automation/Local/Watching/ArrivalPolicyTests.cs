using Slipway.Automation.Local.Watching;

namespace Slipway.Automation.Tests.Local.Watching;

public sealed class ArrivalPolicyTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly DatasetFile File = new("pumps", "a.csv", 100, Noon);

    [TestCase(1.9, ArrivalPhase.Settling)]
    [TestCase(2.0, ArrivalPhase.Arrived)]
    [TestCase(60, ArrivalPhase.Arrived)]
    public void HasArrivedWhenItWasStillForTwoSeconds(double seconds, ArrivalPhase phase) =>
        Assert.That(ArrivalPolicy.Next(Seen(File), File, first: false, At(seconds)).Phase, Is.EqualTo(phase));

    [Test]
    public void RenamedFileHasArrivedAtOnceUnlessItIsEmptyOrWasHandled()
    {
        Assert.Multiple(() =>
        {
            Assert.That(ArrivalPolicy.Next(null, File, first: false, At(7), renamed: true), Is.EqualTo(new Arrival(File, At(7), FromStart: false, ArrivalPhase.Arrived)));
            Assert.That(ArrivalPolicy.Next(Seen(File), File, first: false, At(0.1), renamed: true).Phase, Is.EqualTo(ArrivalPhase.Arrived), "it was seen before the system reported it");
            Assert.That(ArrivalPolicy.Next(Seen(File) with { Phase = ArrivalPhase.Decided }, File with { Length = 7 }, first: false, At(1), renamed: true).Phase, Is.EqualTo(ArrivalPhase.Arrived), "it was replaced");
            Assert.That(ArrivalPolicy.Next(Seen(File) with { Phase = ArrivalPhase.Decided }, File, first: false, At(1), renamed: true).Phase, Is.EqualTo(ArrivalPhase.Decided));
            Assert.That(ArrivalPolicy.Next(null, File with { Length = 0 }, first: false, At(7), renamed: true).Phase, Is.EqualTo(ArrivalPhase.Settling));
        });
    }

    [Test]
    public void FirstLookNeverSaysArrivedHoweverOldTheFileIs() =>
        Assert.That(
            ArrivalPolicy.Next(null, File with { Modified = Noon.AddYears(-1) }, first: true, At(100)),
            Is.EqualTo(new Arrival(File with { Modified = Noon.AddYears(-1) }, At(100), FromStart: true, ArrivalPhase.Settling)));

    private static IEnumerable<DatasetFile> Changes =>
    [
        File with { Length = 101 }, File with { Length = 99 },
        File with { Modified = Noon.AddMilliseconds(1) }, File with { Modified = Noon.AddDays(-1) },
    ];

    [Test]
    public void AnyChangeRestartsTheWait([ValueSource(nameof(Changes))] DatasetFile changed, [Values] ArrivalPhase phase)
    {
        var next = ArrivalPolicy.Next(Seen(File) with { Phase = phase, FromStart = true }, changed, first: false, At(7));

        Assert.That(next, Is.EqualTo(new Arrival(changed, At(7), FromStart: false, ArrivalPhase.Settling)));
    }

    [Test]
    public void SlowWriterNeverArrivesUntilItPauses()
    {
        Arrival? arrival = null;
        for (var second = 0; second < 100; second++)
            arrival = ArrivalPolicy.Next(arrival, File with { Length = 100 + second }, first: false, At(second));
        Assert.That(arrival!.Phase, Is.EqualTo(ArrivalPhase.Settling));

        Assert.That(ArrivalPolicy.Next(arrival, arrival.File, first: false, At(101)).Phase, Is.EqualTo(ArrivalPhase.Arrived));
    }

    [TestCase(ArrivalPhase.Decided)]
    [TestCase(ArrivalPhase.Failed)]
    public void HandledFileDoesNotArriveAgainWithoutAChange(ArrivalPhase phase) =>
        Assert.That(ArrivalPolicy.Next(Seen(File) with { Phase = phase }, File, first: false, At(99)).Phase, Is.EqualTo(phase));

    [Test]
    public void EmptyFileNeverArrivesAndIsToldApart()
    {
        var empty = Seen(File with { Length = 0 });

        Assert.That(ArrivalPolicy.Next(empty, empty.File, first: false, At(60)).Phase, Is.EqualTo(ArrivalPhase.Settling));
        Assert.That((ArrivalPolicy.IsEmpty(empty, At(1)), ArrivalPolicy.IsEmpty(empty, At(60)), ArrivalPolicy.IsEmpty(Seen(File), At(60))), Is.EqualTo((false, true, false)));
    }

    [Test]
    public void OneArrivalIsNewsOnceHoweverOftenItGrows()
    {
        var growing = Seen(File with { Length = 200 });

        Assert.That(ArrivalPolicy.IsNews(null, Seen(File)), Is.True);
        Assert.That(ArrivalPolicy.IsNews(Seen(File), growing), Is.False);
        Assert.That(ArrivalPolicy.IsNews(Seen(File) with { Phase = ArrivalPhase.Decided }, growing), Is.True);
        Assert.That(ArrivalPolicy.IsNews(null, Seen(File) with { FromStart = true }), Is.False);
    }

    [Test]
    public void ModelThatWaitsLongestIsNext()
    {
        Arrival[] arrivals =
        [
            Waiting("busy", 9), Waiting("busy", 3), Waiting("patient", 2),
            Waiting("writing", 1) with { Phase = ArrivalPhase.Settling }, Waiting("done", 0) with { Phase = ArrivalPhase.Decided },
        ];

        Assert.That(ArrivalPolicy.NextModel(arrivals), Is.EqualTo("patient"));
        Assert.That(ArrivalPolicy.NextModel(arrivals[3..]), Is.Null);
    }

    [TestCase(0, 0, 0.5, Description = "Nothing can arrive within the interval")]
    [TestCase(1.7, 0, 0.3)]
    [TestCase(2.5, 0, 0.01, Description = "Overdue, and still not a busy loop")]
    [TestCase(0, 0.2, 2, Description = "A look that is slow is made less often")]
    public void LooksAgainWhenTheNextFileCanHaveArrived(double now, double cost, double pause) =>
        Assert.That(ArrivalPolicy.Pause([Seen(File)], At(now), At(cost)), Is.EqualTo(At(pause)).Within(TimeSpan.FromMilliseconds(1)));

    private static Arrival Seen(DatasetFile file) => new(file, TimeSpan.Zero, FromStart: false, ArrivalPhase.Settling);

    private static Arrival Waiting(string model, double since) =>
        new(File with { Model = model, Name = $"{since}.csv" }, At(since), FromStart: false, ArrivalPhase.Arrived);

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
