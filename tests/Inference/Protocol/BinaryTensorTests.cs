using System.Net;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using Slipway.Inference.Tests.Fixtures;
using Slipway.Inference.Tests.Models;

namespace Slipway.Inference.Tests.Protocol;

public sealed class BinaryTensorTests
{
    private static readonly TestModel Version = new(0.5f);
    private RunningServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await RunningServer.WithModelAsync(Version);

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [Test]
    public async Task ReadsAndWritesBinaryTensors()
    {
        var (body, header) = Compose(
            """{"parameters":{"binary_data_output":true},"inputs":[{"name":"features","shape":[1,5],"datatype":"FP32","parameters":{"binary_data_size":20}}],"outputs":[{"name":"probability"},{"name":"label"}]}""",
            MemoryMarshal.AsBytes<float>(Answers.RowFeatures).ToArray());
        using var answer = await SendAsync(body, header);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        var length = int.Parse(answer.Header("Inference-Header-Content-Length"), null);
        var json = JsonNode.Parse(bytes.AsSpan(0, length))!;

        Assert.Multiple(() =>
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That((int?)json["outputs"]![0]!["parameters"]!["binary_data_size"], Is.EqualTo(4));
            Assert.That(json["outputs"]![0]!["data"], Is.Null);
            Assert.That((int?)json["outputs"]![1]!["parameters"]!["binary_data_size"], Is.EqualTo(10));
            Assert.That(BitConverter.ToSingle(bytes, length), Is.EqualTo(Version.Predict(Answers.RowFeatures)).Within(1e-6));
            Assert.That(Encoding.UTF8.GetString(bytes, length + 8, 6), Is.EqualTo("broken"));
            Assert.That(bytes, Has.Length.EqualTo(length + 14));
        });
    }

    [Test]
    public async Task ReadsRawColumnsFromBinaryAndJsonMixed()
    {
        var (body, header) = Compose(
            """{"inputs":[{"name":"Torque [Nm]","shape":[1],"datatype":"FP64","parameters":{"binary_data_size":8}},{"name":"Wear, tool","shape":[1],"datatype":"INT16","data":[10]},{"name":"Type","shape":[1],"datatype":"BYTES","parameters":{"binary_data_size":5}}]}""",
            [.. BitConverter.GetBytes(42.5), 1, 0, 0, 0, (byte)'M']);
        using var answer = await SendAsync(body, header);
        var json = await answer.JsonAsync();

        Assert.That(json.Data()[0], Is.EqualTo(Version.Predict(Answers.RowFeatures)).Within(1e-6));
    }

    [TestCase(19, "fewer", "does not fit FP32")]
    [TestCase(24, "more", "more than follow the JSON")]
    public async Task RefusesSizesThatDoNotFit(int claimed, string what, string reason)
    {
        var (body, header) = Compose(
            $$$"""{"inputs":[{"name":"features","shape":[1,5],"datatype":"FP32","parameters":{"binary_data_size":{{{claimed}}}}}]}""", new byte[20]);
        using var answer = await SendAsync(body, header);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), what);
        Assert.That((string?)(await answer.JsonAsync())["error"], Does.Contain(reason));
    }

    [TestCase("-1")]
    [TestCase("99999")]
    [TestCase("many")]
    public async Task RefusesAHeaderLengthThatCannotBe(string header)
    {
        using var answer = await SendAsync(Encoding.UTF8.GetBytes(Answers.Row), header);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((string?)(await answer.JsonAsync())["error"], Does.Contain("Inference-Header-Content-Length"));
    }

    [Test]
    public async Task RefusesTextThatIsCutOff()
    {
        var (body, header) = Compose(
            """{"inputs":[{"name":"Torque [Nm]","shape":[1],"datatype":"FP32","data":[1]},{"name":"Wear, tool","shape":[1],"datatype":"FP32","data":[1]},{"name":"Type","shape":[1],"datatype":"BYTES","parameters":{"binary_data_size":5}}]}""",
            [200, 0, 0, 0, (byte)'M']);
        using var answer = await SendAsync(body, header);

        Assert.That((string?)(await answer.JsonAsync())["error"], Does.Contain("truncated"));
    }

    private static (byte[] Body, string Header) Compose(string json, byte[] tensors)
    {
        var head = Encoding.UTF8.GetBytes(json);
        return ([.. head, .. tensors], $"{head.Length}");
    }

    private async Task<HttpResponseMessage> SendAsync(byte[] body, string header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v2/models/pump/infer") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        request.Headers.TryAddWithoutValidation("Inference-Header-Content-Length", header);
        return await _server.Client.SendAsync(request);
    }
}
