using System.Net;
using Slipway.Inference.Tests.Fixtures;
using Slipway.Registry.Predictions;

namespace Slipway.Inference.Tests.Protocol;

public sealed class MetadataTests
{
    private RunningServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await RunningServer.WithModelAsync(new(0.5f));

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [TestCase("/v2")]
    [TestCase("/v2/")]
    public async Task DescribesTheServer(string path)
    {
        using var answer = await GetAsync(path);
        var json = await answer.JsonAsync();

        Assert.Multiple(() =>
        {
            Assert.That((string?)json["name"], Is.EqualTo("slipway"));
            Assert.That((string?)json["version"], Is.Not.Empty);
            Assert.That(json["extensions"]!.AsArray(), Is.Not.Empty);
        });
    }

    [TestCase("/v2/models/pump")]
    [TestCase("/v2/models/pump/versions/1")]
    public async Task DescribesAModel(string path)
    {
        using var answer = await GetAsync(path);
        var json = await answer.JsonAsync();

        Assert.Multiple(() =>
        {
            Assert.That((string?)json["name"], Is.EqualTo("pump"));
            Assert.That((string?)json["platform"], Is.EqualTo("onnx_onnxv1"));
            Assert.That(json["versions"]!.ToJsonString(), Is.EqualTo("""["1"]"""));
            Assert.That(json["inputs"]!.ToJsonString(), Is.EqualTo("""[{"name":"features","datatype":"FP32","shape":[-1,5]}]"""));
            Assert.That(json["outputs"]!.ToJsonString(), Is.EqualTo(
                """[{"name":"probability","datatype":"FP32","shape":[-1,1]}]"""));
            Assert.That(json["parameters"]!["optional_outputs"]!.ToJsonString(), Is.EqualTo("""["label"]"""));
            Assert.That((double?)json["parameters"]!["threshold"], Is.EqualTo(0.5));
            Assert.That(json["parameters"]!["columns"]![0]!.ToJsonString(), Is.EqualTo(
                """{"name":"Torque [Nm]","kind":"numeric","datatype":"FP32","shape":[-1,1],"minimum":0,"maximum":80}"""));
            Assert.That(json["parameters"]!["columns"]![2]!["categories"]!.ToJsonString(), Is.EqualTo("""["L","M","H"]"""));
        });
    }

    [TestCase("/v2/health/live", HttpStatusCode.OK)]
    [TestCase("/v2/health/ready", HttpStatusCode.OK)]
    [TestCase("/ping", HttpStatusCode.OK)]
    [TestCase("/v2/models/pump/ready", HttpStatusCode.OK)]
    [TestCase("/v2/models/pump/versions/1/ready", HttpStatusCode.OK)]
    [TestCase("/v2/models/pump/versions/2/ready", HttpStatusCode.NotFound)]
    [TestCase("/v2/models/pump/versions/2", HttpStatusCode.NotFound)]
    [TestCase("/v2/models/other", HttpStatusCode.NotFound)]
    [TestCase("/v2/models/other/ready", HttpStatusCode.NotFound)]
    public async Task AnswersHealthByStatus(string path, HttpStatusCode expected)
    {
        using var answer = await GetAsync(path);

        Assert.That(answer.StatusCode, Is.EqualTo(expected));
    }

    [Test]
    public async Task SaysThatAModelIsReadyInTheBodyToo()
    {
        using var model = await GetAsync("/v2/models/pump/ready");
        using var live = await GetAsync("/v2/health/live");

        Assert.That((await model.JsonAsync()).ToJsonString(), Is.EqualTo("""{"name":"pump","ready":true}"""));
        Assert.That((await live.JsonAsync()).ToJsonString(), Is.EqualTo("""{"live":true}"""));
    }

    [Test]
    public async Task KeysPredictionIdsWithASecret()
    {
        const string secret = "a-secret-of-32-characters-or-more";
        await using var server = await RunningServer.WithModelAsync(new(0.5f), "KeyFile=", $"Key={secret}");

        using var answer = await server.InferAsync(Answers.Row);

        var id = answer.Header(SlipwayHeaders.PredictionId);
        Assert.That(new PredictionIds(PredictionKey.FromSecret(secret)).IsAuthentic(id), id);
        Assert.That(new PredictionIds(PredictionKey.FromSecret(secret + "x")).IsAuthentic(id), Is.False);
    }

    [Test]
    public async Task SaysWhatMadeEveryAnswer()
    {
        using var first = await _server.InferAsync(Answers.Row);
        using var second = await _server.PostAsync("/invocations", """{"Torque [Nm]":42.5,"Wear, tool":10,"Type":"M"}""");
        var ids = new PredictionIds(await File.ReadAllBytesAsync(_server.KeyFile));

        Assert.Multiple(() =>
        {
            foreach (var answer in new[] { first, second })
            {
                var text = answer.Header(SlipwayHeaders.PredictionId);
                Assert.That(ids.IsAuthentic(text), text);
                Assert.That(PredictionIds.TryParse(text, out var id));
                Assert.That((id.Model, id.Version, id.Replica), Is.EqualTo(("pump", 1, "blue-1")));
                Assert.That(answer.Header(SlipwayHeaders.ModelVersion), Is.EqualTo("1"));
                Assert.That(answer.Header(SlipwayHeaders.TrainingJob), Is.EqualTo("pump-0123456789ab-a1"));
                Assert.That(answer.Header(SlipwayHeaders.Color), Is.EqualTo("blue"));
                Assert.That(answer.Header(SlipwayHeaders.OutOfRange), Is.Empty);
                Assert.That(answer.Headers.Server, Is.Empty);
            }

            Assert.That(first.Header(SlipwayHeaders.PredictionId), Is.Not.EqualTo(second.Header(SlipwayHeaders.PredictionId)));
        });
    }

    [Test]
    public async Task WarnsOfValuesThatTrainingNeverSaw()
    {
        using var encoded = await _server.InferAsync(Answers.Row.Replace("42.5", "81", StringComparison.Ordinal));
        using var raw = await _server.PostAsync("/invocations", """[{"Torque [Nm]":42.5,"Wear, tool":251,"Type":"M"},{"Torque [Nm]":42.5,"Wear, tool":10,"Type":"X"}]""");

        Assert.That(encoded.Header(SlipwayHeaders.OutOfRange), Is.EqualTo("Torque [Nm]"));
        Assert.That(raw.Header(SlipwayHeaders.OutOfRange), Is.EqualTo("Wear%2C tool, Type"));
    }

    [Test]
    public async Task CountsWhatItDoes()
    {
        using (await _server.InferAsync(Answers.Row))
        using (await _server.InferAsync("{"))
        {
            var text = await _server.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));

            Assert.That(text, Does.Contain("slipway_inference_duration_seconds_count").And.Contain("model=\"pump\"").And.Contain("version=\"1\""));
            Assert.That(text, Does.Contain("slipway_inference_failures").And.Contain("status=\"400\""));
            Assert.That(text, Does.Contain("slipway_inference_swaps").And.Contain("slipway_inference_log_accepted"));
        }
    }

    private Task<HttpResponseMessage> GetAsync(string path) => _server.Client.GetAsync(new Uri(path, UriKind.Relative));
}
