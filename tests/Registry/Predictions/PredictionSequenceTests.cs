using Slipway.Registry.Predictions;

namespace Slipway.Registry.Tests.Predictions;

public sealed class PredictionSequenceTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 4, 0, 0, TimeSpan.Zero);

    [TestCase(1, 1)]
    [TestCase(16_384, 16_384)]
    [TestCase(65_534, 65_534)]
    [TestCase(65_535, null)]
    [TestCase(1_000_000, null)]
    public void SaysHowManyRowsThereWere(int rows, int? expected) =>
        Assert.That(PredictionSequence.RowsOf(PredictionSequence.Of(PredictionSequence.CountFrom(Now), rows)), Is.EqualTo(expected));

    [Test]
    public void SaysNothingOfIdsThatWereMadeBefore() =>
        Assert.That(PredictionSequence.RowsOf((ulong)Now.ToUnixTimeMilliseconds() << 20 | 3), Is.Null);

    [Test]
    public void ComesBackOutOfAnId()
    {
        var text = new PredictionIds(new byte[32]).Create("pump", 1, "blue-1", Now, PredictionSequence.Of(PredictionSequence.CountFrom(Now), 7));

        Assert.That(PredictionIds.TryParse(text, out var id));
        Assert.That(id.Rows, Is.EqualTo(7));
        Assert.That(text, Has.Length.LessThanOrEqualTo(PredictionIds.MaxLength));
    }

    [Test]
    public void StartsBeyondAllThatASecondCouldHaveCounted() =>
        Assert.That(PredictionSequence.CountFrom(Now.AddSeconds(1)) - PredictionSequence.CountFrom(Now), Is.GreaterThan(200_000));

    [Test]
    public void CountsForDecades()
    {
        var later = PredictionSequence.Of(PredictionSequence.CountFrom(new DateTimeOffset(2040, 1, 1, 0, 0, 0, TimeSpan.Zero)) + 1, 1);

        Assert.That(later, Is.GreaterThan(PredictionSequence.Of(PredictionSequence.CountFrom(Now), 1)));
        Assert.That(PredictionSequence.RowsOf(later), Is.EqualTo(1));
    }
}
