using System.Text;
using Slipway.Inference.Tests.Fixtures;
using Slipway.Registry.Predictions;
using Slipway.Tests.Properties;

namespace Slipway.Inference.Tests.Properties;

public sealed class FeedbackProperties
{
    private const string Path = $"/v2/models/{ModelShop.Model}/feedback";

    private PropertyServer _server = null!;
    private byte[][] _edited = [];
    private byte[][] _repeated = [];

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await PropertyServer.StartAsync();
        var ids = new PredictionIds(await File.ReadAllBytesAsync(_server.Server.KeyFile));
        // of the version that is served, and of one that is gone, about whose labels nothing is known
        byte[][] Bodies(ulong count) =>
        [
            Body(1, count, "\"label\":\"broken\""), Body(1, count + 1, "\"actual\":[\"healthy\",\"broken\"],\"x\":[]"),
            Body(99, count, "\"label\":1.5"), Body(99, count + 1, "\"label\":[\"a\",true]"),
        ];

        byte[] Body(int version, ulong count, string label) => Encoding.UTF8.GetBytes(
            $$"""{"predictionId":"{{ids.Create(ModelShop.Model, version, "blue-1", DateTimeOffset.UnixEpoch.AddYears(60), PredictionSequence.Of(count, 2))}}",{{label}}}""");

        // the label of a prediction may change only a few times
        (_edited, _repeated) = (Bodies(7), Bodies(9));
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [Test]
    public Task IsAcceptedOrExplained() =>
        Property.HoldsAsync(EditedJson.Of(_edited), 700, body => _server.PostAsync(Path, new ByteArrayContent(body), "application/json"), Edited.Show);

    [Test]
    public Task IsTheSameHoweverItIsWritten() =>
        Property.HoldsAsync(RewrittenJson.Of(_repeated), 100, async body =>
            Assert.That((int)(await _server.PostAsync(Path, new ByteArrayContent(body), "application/json")).Status, Is.EqualTo(202)), Edited.Show);
}
