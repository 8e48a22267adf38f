using System.Net;

namespace Slipway.Inference.Tests;

public sealed class InferTests
{
    private static readonly TestModel Version = new(0.5f);
    private RunningServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await RunningServer.WithModelAsync(Version);

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [Test]
    public async Task AnswersOneEncodedRow()
    {
        using var answer = await _server.InferAsync(Answers.Row);
        var json = await answer.JsonAsync();

        Assert.Multiple(() =>
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), json.ToJsonString());
            Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/json"));
            Assert.That((string?)json["model_name"], Is.EqualTo(ModelShop.Model));
            Assert.That((string?)json["model_version"], Is.EqualTo("1"));
            Assert.That(json["outputs"]![0]!["shape"]!.ToJsonString(), Is.EqualTo("[1,1]"));
            Assert.That(json.Data()[0], Is.EqualTo(Version.Predict(Answers.RowFeatures)).Within(1e-6));
        });
    }
}
