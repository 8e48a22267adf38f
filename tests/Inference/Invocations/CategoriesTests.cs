using System.Net;
using System.Text;
using Slipway.Inference.Tests.Fixtures;
using Slipway.Inference.Tests.Models;
using Slipway.Registry.Predictions;

namespace Slipway.Inference.Tests.Invocations;

/// <summary>A category is its value, in whatever way and spelling it comes.</summary>
public sealed class CategoriesTests
{
    private static readonly float Yes = CategoryModel.Predict(1, 4, 1, 0), No = CategoryModel.Predict(0, 4, 1, 0);

    private RunningServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = new();
        await CategoryModel.PublishAsync(_server.Shop);
        await _server.StartAsync();
        await _server.ReadyAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [TestCase("true", "2")]
    [TestCase("\"True\"", "\"2\"")]
    [TestCase("\"true\"", "2.0")]
    [TestCase("\"TRUE\"", "2e0")]
    [TestCase("1", "\"2.000\"")]
    [TestCase("\"1.0\"", "0.2e1")]
    public async Task TakesRecordsInAnySpelling(string yes, string plan)
    {
        var no = yes.Replace("true", "false", StringComparison.Ordinal).Replace("True", "False", StringComparison.Ordinal).Replace("TRUE", "FALSE", StringComparison.Ordinal).Replace('1', '0');
        using var answer = await _server.PostAsync("/invocations",
            $$"""[{"smoker":{{yes}},"features":4,"plan_id":{{plan}},"zip":"00501"},{"smoker":{{no}},"features":4,"plan_id":{{plan}},"zip":"00501"}]""");

        await AnswersAsync(answer);
    }

    [TestCase("True", "False", "2")]
    [TestCase("true", "FALSE", "2.0")]
    [TestCase("1", "0.0", "2e0")]
    public async Task TakesCsvInAnySpelling(string yes, string no, string plan)
    {
        using var answer = await _server.PostAsync("/invocations", $"zip,smoker,plan_id,features\n00501,{yes},{plan},4\n00501,{no},{plan},4\n", "text/csv");

        await AnswersAsync(answer);
    }

    [TestCase("BOOL", "[true,false]", "INT64", "[2,2]")]
    [TestCase("BOOL", "[1,0]", "FP64", "[2.0,2]")]
    [TestCase("BYTES", "[\"TRUE\",\"false\"]", "FP32", "[2e0,2.0]")]
    [TestCase("INT64", "[1,0]", "UINT8", "[2,2]")]
    [TestCase("FP64", "[1.0,0.0]", "BYTES", "[\"2\",\"2.0\"]")]
    public async Task TakesTensorsOfAnyType(string type, string smokers, string planType, string plans)
    {
        using var answer = await _server.PostAsync($"/v2/models/{CategoryModel.Name}/infer",
            $$"""
            {"inputs":[{"name":"smoker","shape":[2],"datatype":"{{type}}","data":{{smokers}}},{"name":"plan_id","shape":[2],"datatype":"{{planType}}","data":{{plans}}},
            {"name":"features","shape":[2],"datatype":"FP32","data":[4,4]},{"name":"zip","shape":[2,1],"datatype":"BYTES","data":["00501","00501"]}]}
            """);
        var json = await answer.JsonAsync();

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), json.ToJsonString());
        Assert.That(json.Data(), Is.EqualTo(new[] { Yes, No }).Within(1e-5));
        Assert.That(answer.Header(SlipwayHeaders.OutOfRange), Is.Empty);
    }

    [Test]
    public async Task TakesBinaryTensors()
    {
        var json = """
            {"inputs":[{"name":"smoker","shape":[2],"datatype":"BOOL","parameters":{"binary_data_size":2}},{"name":"plan_id","shape":[2],"datatype":"FP64","parameters":{"binary_data_size":16}},
            {"name":"features","shape":[2],"datatype":"BOOL","data":[true,true]},{"name":"zip","shape":[2],"datatype":"BYTES","data":["00501","00501"]}]}
            """;
        using var content = new ByteArrayContent([.. Encoding.UTF8.GetBytes(json), 1, 0, .. BitConverter.GetBytes(2.0), .. BitConverter.GetBytes(2.0)]);
        content.Headers.Add("Inference-Header-Content-Length", Encoding.UTF8.GetByteCount(json).ToString(null as IFormatProvider));
        using var answer = await _server.Client.PostAsync($"/v2/models/{CategoryModel.Name}/infer", content);
        var read = await answer.JsonAsync();

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), read.ToJsonString());
        Assert.That(read.Data(), Is.EqualTo(new[] { CategoryModel.Predict(1, 1, 1, 0), CategoryModel.Predict(0, 1, 1, 0) }).Within(1e-5));
    }

    [TestCase("501", -1)]
    [TestCase("\"501\"", -1)]
    [TestCase("\"0501\"", -1)]
    [TestCase("\"00501\"", 0)]
    [TestCase("90210", 1)]
    [TestCase("90210.0", 1)]
    public async Task KeepsLeadingZeros(string zip, int index)
    {
        using var answer = await _server.PostAsync("/invocations", $$"""{"smoker":true,"features":4,"plan_id":2,"zip":{{zip}}}""");
        var predictions = (await answer.JsonAsync())["predictions"]!.AsArray();

        Assert.That(predictions[0]!["value"]!.GetValue<float>(), Is.EqualTo(CategoryModel.Predict(1, 4, 1, index)).Within(1e-5));
        Assert.That(answer.Header(SlipwayHeaders.OutOfRange), Is.EqualTo(index < 0 ? "zip" : ""));
    }

    [Test]
    public async Task DoesNotTakeALongNumberForItsBeginning()
    {
        using var answer = await _server.PostAsync("/invocations", $$"""{"smoker":true,"features":4,"plan_id":2.{{new string('0', 300)}}1,"zip":"90210"}""");

        Assert.That(answer.Header(SlipwayHeaders.OutOfRange), Is.EqualTo("plan_id"));
    }

    [Test]
    public async Task DistinguishesAColumnFromTheEncodedTensorOfTheSameName()
    {
        using var encoded = await _server.PostAsync($"/v2/models/{CategoryModel.Name}/infer",
            """{"inputs":[{"name":"features","shape":[1,8],"datatype":"FP32","data":[0,1,4,0,1,0,1,0]}]}""");
        using var alone = await _server.PostAsync($"/v2/models/{CategoryModel.Name}/infer",
            """{"inputs":[{"name":"features","shape":[1],"datatype":"FP32","data":[4]}]}""");

        Assert.That((await encoded.JsonAsync()).Data(), Is.EqualTo(new[] { Yes }).Within(1e-5));
        Assert.That((string?)(await alone.JsonAsync())["error"], Does.Contain("These inputs are missing: smoker, plan_id, zip"));
    }

    private static async Task AnswersAsync(HttpResponseMessage answer)
    {
        var json = await answer.JsonAsync();
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), json.ToJsonString());
        Assert.That(json["predictions"]!.AsArray().Select(row => row!["value"]!.GetValue<float>()), Is.EqualTo(new[] { Yes, No }).Within(1e-5));
        Assert.That(answer.Header(SlipwayHeaders.OutOfRange), Is.Empty);
    }
}
