using System.Text;
using CsCheck;
using Slipway.Inference.Tests.Fixtures;
using Slipway.Registry.Predictions;
using Slipway.Tests.Properties;

namespace Slipway.Inference.Tests.Properties;

public sealed class FeedbackProperties
{
    private const string Path = $"/v2/models/{ModelShop.Model}/feedback";

    private PropertyServer _server = null!;
    private byte[][] _valid = [];

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await PropertyServer.StartAsync();
        var ids = new PredictionIds(await File.ReadAllBytesAsync(_server.Server.KeyFile));
        // of the version that is served, and of one that is gone, about whose labels nothing is known
        _valid =
        [
            .. new[] { 1, 99 }.Select(version => ids.Create(ModelShop.Model, version, "blue-1", DateTimeOffset.UnixEpoch.AddYears(60), PredictionSequence.Of(7, 2)))
                .SelectMany(id => new[] { $$"""{"predictionId":"{{id}}","label":"broken"}""", $$"""{"predictionId":"{{id}}","actual":["healthy","broken"],"x":[]}""" })
                .Select(Encoding.UTF8.GetBytes),
        ];
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [Test]
    public Task IsAcceptedOrExplained() =>
        Property.HoldsAsync(EditedJson.Of(_valid), 700, body => _server.PostAsync(Path, new ByteArrayContent(body), "application/json"), Edited.Show);

    [Test]
    public Task IsTheSameHoweverItIsWritten() =>
        Property.HoldsAsync(RewrittenJson.Of(_valid), 100, async body =>
            Assert.That((int)(await _server.PostAsync(Path, new ByteArrayContent(body), "application/json")).Status, Is.EqualTo(202)), Edited.Show);
}
