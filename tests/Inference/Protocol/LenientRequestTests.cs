using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Slipway.Inference.Tests.Fixtures;
using Slipway.Inference.Tests.Models;
using Slipway.Registry;

namespace Slipway.Inference.Tests.Protocol;

/// <summary>Alternative notations of clients, and ambiguous ones that are rejected.</summary>
public sealed class LenientRequestTests
{
    private static readonly TestModel Version = new(0.5f);
    private static readonly float Expected = Version.Predict(Answers.RowFeatures);
    private RunningServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await RunningServer.WithModelAsync(Version);

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [TestCase("""{"id":null,"parameters":null,"outputs":null,"inputs":[{"name":"features","shape":[1,5],"datatype":"FP32","parameters":null,"data":[42.5,10,0,1,0]}]}""", TestName = "TakesNullForAbsentMembers")]
    [TestCase("""{"outputs":[{"name":"probability","parameters":null}],"inputs":[{"name":"features","shape":[1,5],"datatype":"FP32","data":[42.5,10,0,1,0]}]}""", TestName = "TakesNullForAbsentMembersOfOutputs")]
    [TestCase("""{"inputs":[{"name":"features","shape":[1,5],"datatype":"FP64","data":[42.5,10,0,1,0]}]}""", TestName = "TakesFeaturesAsFp64")]
    [TestCase("""{"inputs":[{"name":"features","shape":[1,5],"datatype":"\u0046P\u0036\u0034","data":[42.5,10,0,1,0]}]}""", TestName = "TakesDatatypesWithEscapes")]
    [TestCase("""{"inputs":[{"name":"features","shape":[1,5],"datatype":"BF16","data":[42.5,10,0,1,0]}]}""", TestName = "TakesFeaturesAsBf16")]
    [TestCase("""{"inputs":[{"name":"features","shape":[1,5],"datatype":"FP16","data":[42.5,10,0,1,0]}]}""", TestName = "TakesFeaturesAsFp16")]
    [TestCase("""{"inputs":[{"name":"Torque \u005bNm]","shape":[1],"datatype":"BF16","data":[42.5]},{"name":"Wear, tool","shape":[1],"datatype":"UINT8","data":[10]},{"name":"Type","shape":[1],"datatype":"BYTES","data":["M"]}]}""", TestName = "TakesNamesWithEscapes")]
    public async Task AnswersWhatIsMeant(string body)
    {
        using var answer = await _server.InferAsync(body);
        var json = await answer.JsonAsync();

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), json.ToJsonString());
        Assert.That(json["id"], Is.Null);
        Assert.That(json.Data()[0], Is.EqualTo(Expected).Within(1e-6));
    }

    [Test]
    public async Task TakesHeadersWithBytesOfAnyEncoding([Values("utf-8", "iso-8859-1")] string encoding)
    {
        using var handler = DirectHttpClient.Handler();
        handler.RequestHeaderEncodingSelector = (_, _) => Encoding.GetEncoding(encoding);
        using var client = new HttpClient(handler) { BaseAddress = _server.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v2/models/{ModelShop.Model}/infer") { Content = new StringContent(Answers.Row, Encoding.UTF8, "application/json") };
        request.Headers.Add("x-name", "José");
        using var answer = await client.SendAsync(request);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("FP64")]
    [TestCase("FP16")]
    [TestCase("BF16")]
    public async Task TakesBinaryFeaturesOfEveryFloat(string type)
    {
        byte[] tensor = [.. Answers.RowFeatures.SelectMany(value => type switch
        {
            "FP64" => BitConverter.GetBytes((double)value),
            "FP16" => BitConverter.GetBytes((Half)value),
            _ => BitConverter.GetBytes(value)[2..],
        })];
        using var answer = await SendAsync(
            $$$"""{"inputs":[{"name":"features","shape":[1,5],"datatype":"{{{type}}}","parameters":{"binary_data_size":{{{tensor.Length}}}}}]}""", tensor);

        Assert.That((await answer.JsonAsync()).Data()[0], Is.EqualTo(Expected).Within(1e-6));
    }

    [Test]
    public async Task RefusesBinaryNumbersThatDoNotFitTheModelsFloats()
    {
        using var answer = await SendAsync(
            """{"inputs":[{"name":"features","shape":[1,5],"datatype":"FP64","parameters":{"binary_data_size":40}}]}""", [.. Enumerable.Repeat(BitConverter.GetBytes(1e300), 5).SelectMany(value => value)]);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((string?)(await answer.JsonAsync())["error"], Does.Contain("Value 0 of 'features' is not a finite number of 32 bits"));
    }

    [TestCase("UINT8", "1330")]
    [TestCase("UINT8", "-5")]
    [TestCase("INT8", "128")]
    [TestCase("INT16", "32768")]
    [TestCase("UINT16", "-1")]
    [TestCase("INT32", "2147483648")]
    [TestCase("UINT32", "4294967296")]
    [TestCase("INT64", "9223372036854775808")]
    [TestCase("UINT64", "18446744073709551616")]
    [TestCase("FP16", "3.4e9")]
    [TestCase("BF16", "3.4e38")]
    [TestCase("BOOL", "2")]
    public async Task RefusesNumbersOutOfTheRangeOfTheirDatatype(string type, string value)
    {
        using var answer = await _server.InferAsync(
            $$"""{"inputs":[{"name":"Torque [Nm]","shape":[1],"datatype":"{{type}}","data":[{{value}}]},{"name":"Wear, tool","shape":[1],"datatype":"FP32","data":[1]},{"name":"Type","shape":[1],"datatype":"BYTES","data":["L"]}]}""");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((string?)(await answer.JsonAsync())["error"], Does.Contain($"does not fit {type}"));
    }

    [TestCase("data", "[1,2,0,1,0]")]
    [TestCase("shape", "[1,5]")]
    [TestCase("datatype", "\"FP32\"")]
    [TestCase("name", "\"features\"")]
    [TestCase("parameters", "{}")]
    public async Task RefusesMembersThatComeTwice(string member, string value)
    {
        using var answer = await _server.InferAsync(
            $$$"""{"inputs":[{"name":"features","shape":[1,5],"datatype":"FP32","parameters":{},"data":[42.5,10,0,1,0],"{{{member}}}":{{{value}}}}]}""");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((string?)(await answer.JsonAsync())["error"], Does.Contain($"'{member}' appears twice"));
    }

    private async Task<HttpResponseMessage> SendAsync(string json, byte[] tensor)
    {
        var head = Encoding.UTF8.GetBytes(json);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v2/models/pump/infer") { Content = new ByteArrayContent([.. head, .. tensor]) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        request.Headers.TryAddWithoutValidation("Inference-Header-Content-Length", $"{head.Length}");
        return await _server.Client.SendAsync(request);
    }
}
