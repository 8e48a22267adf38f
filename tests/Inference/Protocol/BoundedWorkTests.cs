using System.Net;
using System.Text;
using System.Text.Json;
using Slipway.Inference.Requests;
using Slipway.Inference.Tests.Fixtures;
using Slipway.Inference.Tests.Models;
using Slipway.Registry;
using Slipway.Registry.Models;
using Slipway.Registry.Predictions;
using Slipway.Registry.Tests.Artifacts;

namespace Slipway.Inference.Tests.Protocol;

/// <summary>Small requests that demand much work: each gets a small response within the timeout of the test's client.</summary>
public sealed class BoundedWorkTests
{
    private const string Rest = "\"Torque [Nm]\":42.5,\"Wear, tool\":10,\"Type\":\"M\"";
    private const string CsvRest = "Torque [Nm],\"Wear, tool\",Type";
    private const int MaxResponseLength = 8192;

    private RunningServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _server = await RunningServer.WithModelAsync(new(0.5f));

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [TestCase("x", 70_000)]
    [TestCase("x", 4_000_000)]
    [TestCase("日", 1_000_000)]
    [TestCase("\\u65e5", 500_000)]
    public async Task BoundsTheHeaderOfALongName(string character, int times)
    {
        using var answer = await InvokeAsync($"{{\"{Repeat(character, times)}\":1,{Rest}}}");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.Header(SlipwayHeaders.IgnoredColumns), Has.Length.InRange(64, NamesHeader.MaxHeaderLength));
    }

    [Test]
    public async Task ReadsANameOfBlanksInOnePass()
    {
        using var answer = await InvokeAsync($"{{\" x{new string(' ', 4_000_000)}x\":1,{Rest}}}");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.Header(SlipwayHeaders.IgnoredColumns), Does.StartWith("%20x%20%20").And.EndsWith("..."));
    }

    [Test]
    public async Task CountsTheIgnoredColumnsThatItDoesNotName()
    {
        var record = string.Concat(Enumerable.Range(0, 200).Select(i => $"\"unknown {i}\":1,"));
        using var answer = await InvokeAsync($"[{{{record}{Rest}}},{{{record}{Rest}}}]");

        Assert.That(answer.Header(SlipwayHeaders.IgnoredColumns), Does.StartWith("unknown 0, unknown 1, ").And.EndWith("unknown 15, and 184 more"));
    }

    [Test]
    public async Task RefusesMoreColumnsThanAnybodyExports()
    {
        using var json = await InvokeAsync($"{{{string.Concat(Enumerable.Range(0, 200_000).Select(i => $"\"{i}\":1,"))}{Rest}}}");
        using var csv = await InvokeAsync($"{string.Concat(Enumerable.Range(0, 2_200_000).Select(i => $"{i},"))}{CsvRest}\n", "text/csv");
        using var row = await InvokeAsync($"{CsvRest}\n1,2,M{new string(',', 8_000_000)}\n", "text/csv");
        using var utf16 = await _server.Client.PostAsync(new Uri("/invocations", UriKind.Relative), Utf16($"Ċ,{string.Concat(Enumerable.Range(0, 800_000).Select(i => $"{i},"))}{CsvRest}\n"));

        await ShouldBeShortAsync(json, HttpStatusCode.BadRequest, "more than 256 columns that the model does not have");
        await ShouldBeShortAsync(csv, HttpStatusCode.BadRequest, "columns");
        await ShouldBeShortAsync(row, HttpStatusCode.BadRequest, "columns");
        await ShouldBeShortAsync(utf16, HttpStatusCode.BadRequest, "columns");
    }

    [Test]
    public async Task TakesAWideExport()
    {
        var header = string.Concat(Enumerable.Range(0, 250).Select(i => $"\"a;b,\tc {i}\","));
        using var answer = await InvokeAsync($"{header}{CsvRest}\n{new string(',', 250)}42.5,10,M\n", "text/csv");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), await answer.Content.ReadAsStringAsync());
        Assert.That(answer.Header(SlipwayHeaders.IgnoredColumns), Does.EndWith(", and 234 more"));
    }

    [TestCase("""{"inputs":[{"name":"features","shape":[16384,5],"datatype":"FP32","data":[]}]}""", "0 values, but its shape requires 81920")]
    [TestCase("""{"inputs":[{"name":"features","shape":[16384,5],"datatype":"FP32","parameters":{"binary_data_size":0}}]}""", "does not fit FP32 [16384, 5]")]
    [TestCase("""{"inputs":[{"name":"Type","shape":[16384],"datatype":"BYTES","data":["L"]}]}""", "1 values, but its shape requires 16384")]
    [TestCase("""{"inputs":[{"name":"Type","shape":[16384],"datatype":"BYTES","parameters":{"binary_data_size":0}}]}""", "does not fit BYTES [16384, 1]")]
    [TestCase("""{"inputs":[{"name":"Type","shape":[1],"datatype":"BYTES","parameters":{"binary_data_size":9223372036854775807}}]}""", "claims 9223372036854775807 binary bytes")]
    [TestCase("""{"inputs":[{"name":"features","shape":[1,5],"datatype":"FP32","parameters":{"binary_data_size":9223372036854775807}}]}""", "claims 9223372036854775807 binary bytes")]
    public async Task LooksAtTheDataBeforeItBelievesAShape(string body, string reason)
    {
        using var answer = await _server.InferAsync(body);

        await ShouldBeShortAsync(answer, HttpStatusCode.BadRequest, reason);
    }

    [TestCaseSource(nameof(Echoes))]
    public async Task ShowsOnlyTheBeginningOfWhatItRefuses(string path, string type, string body, string reason)
    {
        using var answer = await _server.PostAsync(path, body, type);

        await ShouldBeShortAsync(answer, null, reason);
    }

    [Test]
    public async Task BoundsWhatItSaysOfAPath()
    {
        using var unmatched = await _server.Client.GetAsync(new Uri("/" + new string('x', 7000), UriKind.Relative));
        using var model = await _server.Client.GetAsync(new Uri("/v2/models/" + new string('x', 7000), UriKind.Relative));
        using var version = await _server.Client.GetAsync(new Uri("/v2/models/pump/versions/" + new string('x', 7000), UriKind.Relative));

        await ShouldBeShortAsync(unmatched, HttpStatusCode.NotFound, "...");
        await ShouldBeShortAsync(model, HttpStatusCode.NotFound, "xxx...'. Models: pump");
        await ShouldBeShortAsync(version, HttpStatusCode.NotFound, "xxx...' of 'pump' is not served");
    }

    [Test]
    public async Task BoundsTheHeaderOfColumnsOutOfRangeAndTheListOfColumns()
    {
        var columns = Enumerable.Range(0, 300).Select(i => new ColumnSchema($"{i} {new string('q', 232)}", ColumnKind.Numeric, null, 0, 0, 1)).ToList();
        var schema = TestModel.Schema with { Columns = columns, Features = [.. columns.Select(column => column.Name)] };
        var onnx = OnnxModel.Linear(new float[300], 0.5f, JsonSerializer.Serialize(schema, RegistryJson.Default.ModelSchema), "Sigmoid", 0);
        await using var server = new RunningServer();
        var golden = new GoldenSet([], [new float[300]], [[1 / (1 + MathF.Exp(-0.5f))]], 1e-5);
        var manifest = await server.Shop.RegisterAsync(ModelShop.Model, schema, onnx, await PackedArtifact.CreateAsync(onnx, golden));
        await server.Shop.PointAsync(manifest.Version);
        await server.StartAsync();
        await server.ReadyAsync();

        using var answer = await server.PostAsync("/invocations", $"{{{string.Join(',', columns.Select(column => $"\"{column.Name}\":2"))}}}");
        using var unknown = await server.PostAsync("/invocations", """{"unknown":1}""");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.Header(SlipwayHeaders.OutOfRange), Has.Length.LessThanOrEqualTo(NamesHeader.MaxHeaderLength).And.Match(@"q\.\.\., and 2\d\d more$"));
        await ShouldBeShortAsync(unknown, HttpStatusCode.BadRequest, "names no column of the model");
    }

    [Test]
    public async Task BoundsTheRowsOfAModelThatMakesMuchOfEach()
    {
        await using var server = await RunningServer.WithModelAsync(new(0.5f), "MaxBodyBytes=10000");
        using var answer = await server.PostAsync("/invocations", $"[{string.Join(',', Enumerable.Repeat("{}", 3000))}]");

        await ShouldBeShortAsync(answer, HttpStatusCode.BadRequest, "Send at most 1000 rows per request");
    }

    private static IEnumerable<TestCaseData> Echoes()
    {
        const string infer = "/v2/models/pump/infer";
        const string json = "application/json";
        var text = new string('x', 4_000_000);
        var escaped = Repeat("\\u0001", 500_000);
        yield return new TestCaseData(infer, json, $$"""{"inputs":[{"name":"{{text}}"}]}""", "There is no input 'xxx").SetArgDisplayNames("InputName");
        yield return new TestCaseData(infer, json, $$"""{"inputs":[{"name":"Type","datatype":"{{escaped}}"}]}""", "is not a datatype").SetArgDisplayNames("Datatype");
        yield return new TestCaseData(infer, json, $$"""{"outputs":[{"name":"{{text}}"}]}""", "There is no output 'xxx").SetArgDisplayNames("OutputName");
        yield return new TestCaseData("/invocations", json, $$"""{"Torque [Nm]":"{{text}}"}""", "is 'xxx").SetArgDisplayNames("Value");
        yield return new TestCaseData("/invocations", "text/csv", $"{CsvRest}\n{text},1,M\n", "is 'xxx").SetArgDisplayNames("CsvValue");
        yield return new TestCaseData("/invocations", "text/csv", $"{text},{text}\n1,2\n", "xxx").SetArgDisplayNames("CsvHeaderTwice");
        yield return new TestCaseData("/invocations", $"application/{new string('x', 9000)}", "{}", "The content type is").SetArgDisplayNames("ContentType");
        yield return new TestCaseData("/v2/models/pump/feedback", json, $$"""{"predictionId":"{{text[..60_000]}}","label":1}""", "not an id from this system").SetArgDisplayNames("PredictionId");
    }

    private static string Repeat(string text, int times) => new StringBuilder(text.Length * times).Insert(0, text, times).ToString();

    private static ByteArrayContent Utf16(string csv)
    {
        var content = new ByteArrayContent([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(csv)]);
        content.Headers.ContentType = new("text/csv");
        return content;
    }

    private Task<HttpResponseMessage> InvokeAsync(string body, string type = "application/json") => _server.PostAsync("/invocations", body, type);

    private static async Task ShouldBeShortAsync(HttpResponseMessage answer, HttpStatusCode? status, string reason)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That(text, Has.Length.LessThan(MaxResponseLength));
        Assert.That((int)answer.StatusCode, Is.InRange(400, 499), text);
        if (status is { } expected)
            Assert.That(answer.StatusCode, Is.EqualTo(expected), text);
        using var json = JsonDocument.Parse(text);
        Assert.That(json.RootElement.GetProperty("error").GetString(), Does.Contain(reason));
    }
}
