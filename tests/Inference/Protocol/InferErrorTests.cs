using System.Net;
using Slipway.Inference.Tests.Fixtures;

namespace Slipway.Inference.Tests.Protocol;

public sealed class InferErrorTests
{
    private RunningServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await RunningServer.WithModelAsync(new(0.5f), "MaxRows=100", "MaxBodyBytes=100000");

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [TestCase("", "empty")]
    [TestCase("[]", "expected an object")]
    [TestCase("null", "expected an object")]
    [TestCase("{", "not valid JSON")]
    [TestCase("{} {}", "not valid JSON")]
    [TestCase("{}", "'inputs' is missing")]
    [TestCase("""{"inputs":[]}""", "'inputs' is missing or empty")]
    [TestCase("""{"inputs":{}}""", "expected an array")]
    [TestCase("""{"inputs":[1]}""", "expected an object")]
    [TestCase("""{"inputs":[{"name":"features","shape":[1,5],"datatype":"FP32","data":[1,2,0,1,0]}],"inputs":[]}""", "'inputs' appears twice")]
    [TestCase("""{"inputs":[{"shape":[1,5],"datatype":"FP32","data":[1,2,0,1,0]}]}""", "no 'name'")]
    [TestCase("""{"inputs":[{"name":"rows","shape":[1,5],"datatype":"FP32","data":[1,2,0,1,0]}]}""", "no input 'rows'. Send 'features', or one tensor for each column: Torque [Nm], Wear, tool, Type")]
    [TestCase("""{"inputs":[{"name":"features","shape":[1,5],"data":[1,2,0,1,0]}]}""", "no 'datatype'")]
    [TestCase("""{"inputs":[{"name":"features","shape":[1,5],"datatype":"INT32","data":[1,2,0,1,0]}]}""", "expected FP32")]
    [TestCase("""{"inputs":[{"name":"features","shape":[1,5],"datatype":"FLOAT","data":[1,2,0,1,0]}]}""", "'FLOAT' is not a datatype")]
    [TestCase("""{"inputs":[{"name":"features","datatype":"FP32","data":[1,2,0,1,0]}]}""", "no 'shape'; expected [N, 5]")]
    [TestCase("""{"inputs":[{"name":"features","shape":[5],"datatype":"FP32","data":[1,2,0,1,0]}]}""", "expected [N, 5]")]
    [TestCase("""{"inputs":[{"name":"features","shape":[1,4],"datatype":"FP32","data":[1,2,0,1]}]}""", "expected [N, 5]")]
    [TestCase("""{"inputs":[{"name":"features","shape":[1,5,1],"datatype":"FP32","data":[1,2,0,1,0]}]}""", "expected [N, 5]")]
    [TestCase("""{"inputs":[{"name":"features","shape":[-1,5],"datatype":"FP32","data":[1,2,0,1,0]}]}""", "negative dimension -1")]
    [TestCase("""{"inputs":[{"name":"features","shape":[1.5,5],"datatype":"FP32","data":[1,2,0,1,0]}]}""", "whole numbers")]
    [TestCase("""{"inputs":[{"name":"features","shape":[0,5],"datatype":"FP32","data":[]}]}""", "0 rows; a request must have 1 to 100")]
    [TestCase("""{"inputs":[{"name":"features","shape":[101,5],"datatype":"FP32","data":[1]}]}""", "101 rows")]
    [TestCase("""{"inputs":[{"name":"features","shape":[4611686018427387904,5],"datatype":"FP32","data":[1]}]}""", "4611686018427387904 rows")]
    [TestCase("""{"inputs":[{"name":"features","shape":[99999999999999999999,5],"datatype":"FP32","data":[1]}]}""", "whole numbers")]
    [TestCase("""{"inputs":[{"name":"features","shape":[1,5],"datatype":"FP32"}]}""", "no 'data'")]
    [TestCase("""{"inputs":[{"name":"features","shape":[1,5],"datatype":"FP32","data":5}]}""", "expected an array")]
    [TestCase("""{"inputs":[{"name":"features","shape":[1,5],"datatype":"FP32","data":[1,2,0,1]}]}""", "4 values, but its shape requires 5")]
    [TestCase("""{"inputs":[{"name":"features","shape":[1,5],"datatype":"FP32","data":[1,2,0,1,0,0]}]}""", "more values, but its shape requires 5")]
    [TestCase("""{"inputs":[{"name":"features","shape":[2,5],"datatype":"FP32","data":[[1,2,0,1],[0,1,2,0,1,0]]}]}""", "nesting")]
    [TestCase("""{"inputs":[{"name":"features","shape":[1,5],"datatype":"FP32","data":[1,2,{"a":1},1,0]}]}""", "nesting")]
    [TestCase("""{"inputs":[{"name":"features","shape":[1,5],"datatype":"FP32","data":[1,"2",0,1,0]}]}""", "Value 1 of 'features' is a string")]
    [TestCase("""{"inputs":[{"name":"features","shape":[1,5],"datatype":"FP32","data":[1,null,0,1,0]}]}""", "is null; expected a number")]
    [TestCase("""{"inputs":[{"name":"features","shape":[1,5],"datatype":"FP32","data":[1,NaN,0,1,0]}]}""", "not valid JSON")]
    [TestCase("""{"inputs":[{"name":"features","shape":[1,5],"datatype":"FP32","data":[1,-Infinity,0,1,0]}]}""", "not valid JSON")]
    [TestCase("""{"inputs":[{"name":"features","shape":[1,5],"datatype":"FP32","data":[1,1e999,0,1,0]}]}""", "does not fit FP32")]
    [TestCase("""{"inputs":[{"name":"features","shape":[1,5],"datatype":"FP32","data":[1,1e39,0,1,0]}]}""", "does not fit FP32")]
    [TestCase("""{"inputs":[{"name":"features","shape":[1,5],"datatype":"FP32","data":[1,2,0,1,0]},{"name":"features","shape":[1,5],"datatype":"FP32","data":[1,2,0,1,0]}]}""", "'features' appears twice")]
    [TestCase("""{"inputs":[{"name":"features","shape":[1,5],"datatype":"FP32","data":[1,2,0,1,0]},{"name":"Type","shape":[1],"datatype":"BYTES","data":["L"]}]}""", "not both")]
    [TestCase("""{"inputs":[{"name":"Type","shape":[1],"datatype":"BYTES","data":["L"]}]}""", "These inputs are missing: Torque [Nm], Wear, tool")]
    [TestCase("""{"inputs":[{"name":"Type","shape":[1],"datatype":"FP32","data":[1]}]}""", "a category must be BYTES")]
    [TestCase("""{"inputs":[{"name":"Torque [Nm]","shape":[1],"datatype":"BYTES","data":["1"]}]}""", "a numeric column must be FP32")]
    [TestCase("""{"inputs":[{"name":"Torque [Nm]","shape":[1,2],"datatype":"FP32","data":[1,2]}]}""", "expected [N] or [N, 1]")]
    [TestCase("""{"inputs":[{"name":"Torque [Nm]","shape":[1],"datatype":"FP32","data":[1]},{"name":"Type","shape":[2],"datatype":"BYTES","data":["L","M"]}]}""", "all inputs must have the same number")]
    [TestCase("""{"inputs":[{"name":"Torque [Nm]","shape":[1],"datatype":"INT32","data":[1.5]},{"name":"Wear, tool","shape":[1],"datatype":"FP32","data":[1]},{"name":"Type","shape":[1],"datatype":"BYTES","data":["L"]}]}""", "does not fit INT32")]
    [TestCase("""{"inputs":[{"name":"Torque [Nm]","shape":[1],"datatype":"FP32","data":["1"]},{"name":"Wear, tool","shape":[1],"datatype":"FP32","data":[1]},{"name":"Type","shape":[1],"datatype":"BYTES","data":["L"]}]}""", "a string that does not fit FP32")]
    [TestCase("""{"id":7,"inputs":[{"name":"features","shape":[1,5],"datatype":"FP32","data":[1,2,0,1,0]}]}""", "'id' is a number; expected a string")]
    [TestCase("""{"outputs":[{"name":"odds"}],"inputs":[{"name":"features","shape":[1,5],"datatype":"FP32","data":[1,2,0,1,0]}]}""", "no output 'odds'. Outputs: probability, label")]
    [TestCase("""{"outputs":[{"name":"label"},{"name":"label"}],"inputs":[{"name":"features","shape":[1,5],"datatype":"FP32","data":[1,2,0,1,0]}]}""", "'label' appears twice")]
    [TestCase("""{"outputs":[{}],"inputs":[{"name":"features","shape":[1,5],"datatype":"FP32","data":[1,2,0,1,0]}]}""", "An output has no 'name'")]
    [TestCase("""{"inputs":[{"name":"features","shape":[1,5],"datatype":"FP32","parameters":{"binary_data_size":20}}]}""", "more than follow the JSON")]
    public async Task RefusesWhatItCannotAnswer(string body, string reason)
    {
        using var answer = await _server.InferAsync(body);

        await ShouldBeProblemAsync(answer, HttpStatusCode.BadRequest, reason);
    }

    [TestCase("""{"parameters":{"deep":""")]
    [TestCase("""{"deep":""")]
    [TestCase("""{"inputs":[{"name":"features","data":""")]
    public async Task RefusesDeepJson(string before)
    {
        using var answer = await _server.InferAsync(before + new string('[', 10_000) + new string(']', 10_000) + "}");

        await ShouldBeProblemAsync(answer, HttpStatusCode.BadRequest, "depth");
    }

    [Test]
    public async Task RefusesTextThatIsNotUtf8()
    {
        using var content = new ByteArrayContent([.. "{\"id\":\""u8, 0xff, 0xfe, .. "\",\"inputs\":[]}"u8]);
        using var answer = await _server.Client.PostAsync(new Uri("/v2/models/pump/infer", UriKind.Relative), content);

        await ShouldBeProblemAsync(answer, HttpStatusCode.BadRequest, "UTF-8");
    }

    [TestCase("\\ud800")]
    [TestCase("\u00ff")]
    public async Task RefusesCategoriesThatAreNotText(string category)
    {
        // Latin-1 makes the second one a byte that is not UTF-8
        var body = System.Text.Encoding.Latin1.GetBytes(
            $$"""{"inputs":[{"name":"Torque [Nm]","shape":[1],"datatype":"FP32","data":[42.5]},{"name":"Wear, tool","shape":[1],"datatype":"FP32","data":[10]},{"name":"Type","shape":[1],"datatype":"BYTES","data":["{{category}}"]}]}""");
        using var content = new ByteArrayContent(body);
        using var answer = await _server.Client.PostAsync(new Uri("/v2/models/pump/infer", UriKind.Relative), content);

        await ShouldBeProblemAsync(answer, HttpStatusCode.BadRequest, "half of a surrogate pair");
    }

    [TestCase("/v2/models/unknown/infer", "no model 'unknown'. Models: pump")]
    [TestCase("/v2/models/pump/versions/7/infer", "Version '7' of 'pump' is not served here; version 1 is")]
    [TestCase("/v2/models/pump/versions/latest/infer", "version 1 is")]
    [TestCase("/v2/models/pump/explain", "Not found: /v2/models/pump/explain")]
    [TestCase("/", "Not found: /.")]
    public async Task SaysWhatThereIsNot(string path, string reason)
    {
        using var answer = await _server.PostAsync(path, Answers.Row);

        await ShouldBeProblemAsync(answer, HttpStatusCode.NotFound, reason);
    }

    [Test]
    public async Task SaysWhichMethodsThereAre()
    {
        using var answer = await _server.Client.GetAsync(new Uri("/v2/models/pump/infer", UriKind.Relative));

        await ShouldBeProblemAsync(answer, HttpStatusCode.MethodNotAllowed, "only POST");
    }

    [TestCase("text/csv")]
    [TestCase("application/x-www-form-urlencoded")]
    public async Task RefusesOtherMediaTypes(string type)
    {
        using var answer = await _server.PostAsync("/v2/models/pump/infer", Answers.Row, type);

        await ShouldBeProblemAsync(answer, HttpStatusCode.UnsupportedMediaType, $"'{type}'; expected application/json");
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task AnswersAClientThatSendsTooMuchInsteadOfCuttingItOff(bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v2/models/pump/infer") { Content = new ByteArrayContent(new byte[8_000_000]) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.TransferEncodingChunked = chunked;
        using var answer = await _server.Client.SendAsync(request);

        await ShouldBeProblemAsync(answer, HttpStatusCode.RequestEntityTooLarge, "larger than 100000 bytes");
    }

    [Test]
    public async Task AnswersTheNextRequestAfterEveryError()
    {
        foreach (var body in new[] { "{", new string('[', 200_000), """{"inputs":[{"name":"features","shape":[9,5],"datatype":"FP32","data":[1]}]}""" })
            using (await _server.InferAsync(body))
            {
                using var next = await _server.InferAsync(Answers.Row);
                Assert.That(next.StatusCode, Is.EqualTo(HttpStatusCode.OK), $"after {body[..1]}");
            }
    }

    private static async Task ShouldBeProblemAsync(HttpResponseMessage answer, HttpStatusCode status, string reason)
    {
        var json = await answer.JsonAsync();
        Assert.Multiple(() =>
        {
            Assert.That(answer.StatusCode, Is.EqualTo(status), json.ToJsonString());
            Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
            Assert.That((int?)json["status"], Is.EqualTo((int)status));
            Assert.That((string?)json["error"], Does.Contain(reason));
            Assert.That((string?)json["detail"], Is.EqualTo((string?)json["error"]));
            Assert.That(answer.Header("x-slipway-prediction-id"), Is.Empty);
        });
    }
}
