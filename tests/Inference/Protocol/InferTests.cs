using System.Net;
using System.Text.Json.Nodes;
using Slipway.Inference.Tests.Fixtures;
using Slipway.Inference.Tests.Models;

namespace Slipway.Inference.Tests.Protocol;

public sealed class InferTests
{
    private const string RawInputs = """
        {"name":"Torque [Nm]","shape":[2],"datatype":"FP32","data":[42.5,20]},
        {"name":"Wear, tool","shape":[2,1],"datatype":"INT32","data":[[10],[100]]},
        {"name":"Type","shape":[2,1],"datatype":"BYTES","data":["M","H"]}
        """;

    private static readonly TestModel Version = new(0.5f);
    private static readonly float First = Version.Predict(42.5f, 10, 0, 1, 0);
    private static readonly float Second = Version.Predict(20, 100, 0, 0, 1);
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
            Assert.That(json["id"], Is.Null);
            Assert.That(json["outputs"]!.AsArray(), Has.Count.EqualTo(1));
            Assert.That((string?)json["outputs"]![0]!["name"], Is.EqualTo("probability"));
            Assert.That((string?)json["outputs"]![0]!["datatype"], Is.EqualTo("FP32"));
            Assert.That(json["outputs"]![0]!["shape"]!.ToJsonString(), Is.EqualTo("[1,1]"));
            Assert.That(json.Data()[0], Is.EqualTo(First).Within(1e-6));
        });
    }

    [TestCase("""{"inputs":[{"name":"features","shape":[2,5],"datatype":"FP32","data":[42.5,10,0,1,0,20,100,0,0,1]}]}""", TestName = "AnswersFlatRows")]
    [TestCase("""{"inputs":[{"name":"features","shape":[2,5],"datatype":"FP32","data":[[42.5,10,0,1,0],[20,100,0,0,1]]}]}""", TestName = "AnswersNestedRows")]
    [TestCase("""{"inputs":[{"data":[42.5,10,0,1,0,2e1,100,0,0,1],"datatype":"FP32","shape":[2,5],"name":"features"}]}""", TestName = "TakesMembersInAnyOrder")]
    [TestCase("""{"parameters":{"priority":1,"x":{"y":[1]}},"inputs":[{"name":"features","shape":[2,5],"datatype":"FP32","parameters":{"a":"b"},"data":[42.5,10,0,1,0,20,100,0,0,1]}],"future":[{}]}""", TestName = "IgnoresParametersAndUnknownMembers")]
    [TestCase("""{"inputs":[""" + RawInputs + "]}", TestName = "EncodesRawColumns")]
    [TestCase("""{"inputs":[{"name":"Type","shape":[2],"datatype":"BYTES","data":["M","H"]},{"name":"Wear, tool","shape":[2],"datatype":"FP64","data":[1e1,null]},{"name":"Torque [Nm]","shape":[2],"datatype":"FP64","data":[42.5,20.0]}]}""", TestName = "TakesRawColumnsInAnyOrderAndImputesWhatIsMissing")]
    public async Task AnswersTwoRows(string body)
    {
        using var answer = await _server.InferAsync(body);
        var json = await answer.JsonAsync();

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), json.ToJsonString());
        Assert.That(json.Data(), Is.EqualTo(new[] { First, Second }).Within(1e-6));
    }

    [TestCase("\"42\"")]
    [TestCase("\"\"")]
    [TestCase("\"qu\\\"ote and \\u00e9 and é\"")]
    public async Task EchoesTheId(string id)
    {
        using var answer = await _server.InferAsync($"{{\"id\":{id},{Answers.Row[1..]}");
        var json = await answer.JsonAsync();

        Assert.That((string?)json["id"], Is.EqualTo((string?)JsonNode.Parse(id)));
    }

    [Test]
    public async Task GivesExactlyTheOutputsThatAreAskedFor()
    {
        using var label = await _server.InferAsync("{\"outputs\":[{\"name\":\"label\"}]," + Answers.Row[1..]);
        using var both = await _server.InferAsync("{\"outputs\":[{\"name\":\"label\"},{\"name\":\"probability\"}]," + Answers.Row[1..]);
        var onlyLabel = await label.JsonAsync();
        var all = await both.JsonAsync();

        Assert.Multiple(() =>
        {
            Assert.That(onlyLabel["outputs"]!.ToJsonString(), Is.EqualTo("""[{"name":"label","datatype":"BYTES","shape":[1,1],"data":["broken"]}]"""));
            Assert.That(all["outputs"]!.AsArray().Select(output => (string?)output!["name"]), Is.EquivalentTo(new[] { "probability", "label" }));
        });
    }

    [TestCase("/v2/models/pump/versions/1/infer")]
    [TestCase("/v2/models/pump/infer")]
    public async Task AnswersUnderBothPaths(string path)
    {
        using var answer = await _server.PostAsync(path, Answers.Row);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("")]
    [TestCase("application/json; charset=utf-8")]
    [TestCase("Application/JSON")]
    public async Task TakesJsonUnderAnyOfItsNames(string type)
    {
        using var answer = await _server.PostAsync("/v2/models/pump/infer", Answers.Row, type);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task AnswersChunkedBodiesThatArriveInPieces()
    {
        var rows = string.Join(',', Enumerable.Repeat("42.5,10,0,1,0", 5000));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v2/models/pump/infer")
        {
            Content = new StringContent($"{{\"inputs\":[{{\"name\":\"features\",\"shape\":[5000,5],\"datatype\":\"FP32\",\"data\":[{rows}]}}]}}"),
        };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.TransferEncodingChunked = true;
        using var answer = await _server.Client.SendAsync(request);
        var data = (await answer.JsonAsync()).Data();

        Assert.That(data, Has.Length.EqualTo(5000));
        Assert.That(data, Is.All.EqualTo(First).Within(1e-6));
    }
}
