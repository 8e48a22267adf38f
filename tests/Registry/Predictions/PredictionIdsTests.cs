using Slipway.Registry.Predictions;

namespace Slipway.Registry.Tests.Predictions;

public sealed class PredictionIdsTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 22, 23, 59, 58, TimeSpan.Zero);

    private readonly PredictionIds _ids = new(Key(1));

    [Test]
    public void SaysWhatMadeIt()
    {
        var text = _ids.Create("predictive-maintenance", 12, "blue-1", At, 0xBEEF);

        Assert.That(text, Does.StartWith("predictive-maintenance.12.blue-1.2026112223.beef.").And.Length.EqualTo(65));
        Assert.That(PredictionIds.TryParse(text, out var id), Is.True);
        Assert.That(id, Is.EqualTo(new PredictionId("predictive-maintenance", 12, "blue-1", new(2026, 11, 22, 23, 0, 0, TimeSpan.Zero), 0xBEEF)));
        Assert.That(_ids.IsAuthentic(text), Is.True);
    }

    [Test]
    public void NamesTheHourInUtc()
    {
        var text = _ids.Create("m", 1, "r", new(2026, 11, 23, 1, 30, 0, TimeSpan.FromHours(2)), 0);

        Assert.That(PredictionIds.TryParse(text, out var id) ? id.Hour : default, Is.EqualTo(new DateTimeOffset(2026, 11, 22, 23, 0, 0, TimeSpan.Zero)));
    }

    [Test]
    public void FitsInto128UrlSafeCharactersAtItsLongest()
    {
        var text = _ids.Create("m" + new string('o', 39), int.MaxValue, new string('r', 24), DateTimeOffset.MaxValue, ulong.MaxValue);

        Assert.That(text, Has.Length.LessThanOrEqualTo(PredictionIds.MaxLength));
        Assert.That(Uri.EscapeDataString(text), Is.EqualTo(text));
        Assert.That(_ids.IsAuthentic(text), Is.True);
    }

    [Test]
    public void RejectsEveryForgeryOfOneCharacter()
    {
        var text = _ids.Create("pumps", 12, "blue-1", At, 0xBEEF);
        for (var position = 0; position < text.Length; position++)
            foreach (var other in "0123456789abcdefghijklmnopqrstuvwxyz-.A%")
            {
                if (other == text[position])
                    continue;
                Assert.That(_ids.IsAuthentic(text[..position] + other + text[(position + 1)..]), Is.False, $"'{other}' at {position}");
            }
    }

    [Test]
    public void RejectsEveryTruncationAndExtension()
    {
        var text = _ids.Create("pumps", 12, "blue-1", At, 0xBEEF);
        for (var length = 0; length < text.Length; length++)
            Assert.That(_ids.IsAuthentic(text[..length]), Is.False);

        Assert.That(_ids.IsAuthentic(text + "0"), Is.False);
        Assert.That(_ids.IsAuthentic(text + new string('0', 200)), Is.False);
        Assert.That(_ids.IsAuthentic(" " + text), Is.False);
        Assert.That(_ids.IsAuthentic(text.ToUpperInvariant()), Is.False);
    }

    [Test]
    public void RejectsIdsOfAnotherKeyThoughTheyCanBeRead()
    {
        var text = new PredictionIds(Key(2)).Create("pumps", 12, "blue-1", At, 1);

        Assert.That(PredictionIds.TryParse(text, out _), Is.True);
        Assert.That(_ids.IsAuthentic(text), Is.False);
    }

    [TestCase("")]
    [TestCase("pumps")]
    [TestCase("pumps.1.r.2026112223.1")]
    [TestCase("pumps.1.r.2026112223.1.0123456789abcdef.x")]
    [TestCase("Pumps.1.r.2026112223.1.0123456789abcdef")]
    [TestCase("pumps.0.r.2026112223.1.0123456789abcdef")]
    [TestCase("pumps.01.r.2026112223.1.0123456789abcdef")]
    [TestCase("pumps.-1.r.2026112223.1.0123456789abcdef")]
    [TestCase("pumps.1..2026112223.1.0123456789abcdef")]
    [TestCase("pumps.1.R.2026112223.1.0123456789abcdef")]
    [TestCase("pumps.1.r.2026112224.1.0123456789abcdef")]
    [TestCase("pumps.1.r.20261122.1.0123456789abcdef")]
    [TestCase("pumps.1.r.2026112223.01.0123456789abcdef")]
    [TestCase("pumps.1.r.2026112223.g.0123456789abcdef")]
    [TestCase("pumps.1.r.2026112223.11111111111111111.0123456789abcdef")]
    [TestCase("pumps.1.r.2026112223.1.0123456789abcde")]
    [TestCase("pumps.1.r.2026112223.1.0123456789ABCDEF")]
    public void DoesNotReadWhatNoServerWrites(string text)
    {
        Assert.That(PredictionIds.TryParse(text, out var id), Is.False);
        Assert.That(id, Is.EqualTo(default(PredictionId)));
        Assert.That(_ids.IsAuthentic(text), Is.False);
    }

    [TestCase("pumps.1.r.2026112223.1.0123456789abcdef")]
    [TestCase("pumps.1.r.2026112223.0.0123456789abcdef")]
    public void ReadsTheFormThatTheCasesAboveMiss(string text) => Assert.That(PredictionIds.TryParse(text, out _), Is.True);

    [TestCase("Pumps", 1, "r")]
    [TestCase("pumps", 0, "r")]
    [TestCase("pumps", 1, "")]
    [TestCase("pumps", 1, "a.b")]
    [TestCase("pumps", 1, "replica-name-with-25-chars")]
    [TestCase("model-name-that-has-more-than-40-characters", 1, "r")]
    public void RefusesToMakeAnIdThatCannotBeRead(string model, int version, string replica) =>
        Assert.That(() => _ids.Create(model, version, replica, At, 1), Throws.InstanceOf<ArgumentException>());

    [Test]
    public void RefusesAShortKey() => Assert.That(() => new PredictionIds(new byte[8]), Throws.InstanceOf<SlipwayException>());

    [Test]
    public void AllocatesNothingButTheId()
    {
        var start = PredictionIds.StartOf("pumps", 12, "blue-1");
        var text = _ids.Create(start, At, 1); // the first call compiles
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            text = _ids.Create(start, At, 1);

        Assert.That((GC.GetAllocatedBytesForCurrentThread() - before) / 100, Is.LessThanOrEqualTo(text.Length * sizeof(char) + 32));
    }

    private static byte[] Key(byte value) => [.. Enumerable.Repeat(value, 32)];
}
