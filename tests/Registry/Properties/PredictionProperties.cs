using CsCheck;
using Slipway.Registry.Predictions;
using Slipway.Tests.Properties;

namespace Slipway.Registry.Tests.Properties;

public sealed class PredictionProperties
{
    private static readonly PredictionIds Ids = new(new byte[32]);
    private static readonly DateTimeOffset At = new(2026, 12, 31, 23, 59, 58, TimeSpan.Zero);
    private static readonly string Id = Ids.Create("pumps", 7, "blue-1", At, 0x2a);

    [Test]
    public void AreTracedByTheirIds() =>
        Property.Holds(
            Gen.Select(Gen.OneOf("p", "pumps", "a-9", new string('m', 40)), Gen.Int[1, int.MaxValue], Gen.String[Gen.Char["az09-"], 1, 24], Gen.Int[0, 4_000_000], Gen.ULong), 2000,
            one =>
            {
                var (model, version, replica, hours, sequence) = one;
                var at = DateTimeOffset.UnixEpoch.AddHours(hours);
                var text = Ids.Create(model, version, replica, at, sequence);
                Assert.That(PredictionIds.TryParse(text, out var id) && Ids.IsAuthentic(text), Is.True, text);
                Assert.That(id, Is.EqualTo(new PredictionId(model, version, replica, at, sequence)));
            }, one => $"{one}");

    [Test]
    public void HaveIdsThatCannotBeEdited() =>
        Property.Holds(Edited.Text(Id).Where(text => text != Id), 2000, text =>
            Assert.That(Ids.IsAuthentic(text), Is.False, PredictionIds.TryParse(text, out var id) ? $"{id}" : "not an id"), text => text);
}
