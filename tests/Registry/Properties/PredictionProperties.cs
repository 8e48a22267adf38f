using System.IO.Compression;
using System.Text;
using CsCheck;
using Slipway.Registry.Predictions;
using Slipway.Registry.Storage;
using Slipway.Registry.Tests.Storage;
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

    [Test]
    public async Task AreFoundInTheirLogOrItIsReported()
    {
        using var folder = new StoreFolder();
        var key = StoreKeys.PredictionHour("pumps", At) + "blue-1-0001.jsonl.gz";
        var line = $$"""
            {"predictionId":"{{Id}}","model":"pumps","version":7,"trainingJob":"pumps-0-a1","replica":"blue-1","color":"blue","at":"2026-12-31T23:59:58+00:00","inputs":[[1,2.5]],"outputs":[[0.5,"NaN"]],"microseconds":12.5}
            """;
        byte[][] logs = [Encoding.UTF8.GetBytes(line + "\n" + line.Replace(".2a.", ".2b.", StringComparison.Ordinal) + "\n")];
        Assert.That(PredictionIds.TryParse(Id, out var id), Is.True);

        await Property.HoldsAsync(Gen.Frequency((1, Edited.Of(Gzip(logs[0]))), (3, EditedJson.Of(logs).Select(Gzip))), 200, async log =>
        {
            await folder.Store.PutAsync(key, new MemoryStream(log), PutCondition.None);
            try
            {
                if (await new PredictionLogReader(folder.Store).FindAsync(id, Id, CancellationToken.None) is { } found)
                    Assert.That((found.PredictionId, Holes.In(found)), Is.EqualTo((Id, Array.Empty<string>())));
            }
            catch (SlipwayException e)
            {
                Assert.That(e.Message, Does.Contain(key).And.Not.Contain("   at "));
            }
        }, Edited.Show);
    }

    private static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(content);
        return packed.ToArray();
    }
}
