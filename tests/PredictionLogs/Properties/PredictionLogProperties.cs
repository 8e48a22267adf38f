using System.IO.Compression;
using System.Text;
using CsCheck;
using Slipway.Registry;
using Slipway.Registry.Predictions;
using Slipway.Registry.Storage;
using Slipway.Registry.Tests.Properties;
using Slipway.Registry.Tests.Storage;
using Slipway.Tests.Properties;

namespace Slipway.PredictionLogs.Tests.Properties;

public sealed class PredictionLogProperties
{
    private static readonly DateTimeOffset At = new(2026, 12, 31, 23, 59, 58, TimeSpan.Zero);
    private static readonly string Id = new PredictionIds(new byte[32]).Create("pumps", 7, "blue-1", At, 0x2a);

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

    [Test]
    public async Task AreFoundInTheirParquetObjectOrItIsReported()
    {
        using var folder = new StoreFolder();
        var text = new PredictionIds(new byte[32]).Create("pumps", 7, "blue-1", At, PredictionSequence.Of(42, 1));
        var key = StoreKeys.PredictionPartition(At) + new LogObjectName("blue-1", 40, 50, "abcdef");
        Assert.That(PredictionIds.TryParse(text, out var id), Is.True);

        await Property.HoldsAsync(Edited.Of(await ParquetObjects.OfAsync(text, At)), 200, async log =>
        {
            await folder.Store.PutAsync(key, new MemoryStream(log), PutCondition.None);
            try
            {
                if (await new PredictionLogReader(folder.Store).FindAsync(id, text, CancellationToken.None) is { } found)
                    Assert.That((found.PredictionId, Holes.In(found)), Is.EqualTo((text, Array.Empty<string>())));
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
