using System.Net;
using System.Text.Json;
using Slipway.Inference.Tests.Fixtures;
using Slipway.Inference.Tests.Models;
using Slipway.Registry;
using Slipway.Registry.Models;
using Slipway.Registry.Predictions;
using Slipway.Registry.Tests.Artifacts;

namespace Slipway.Inference.Tests.Protocol;

/// <summary>Models of the other two tasks on one server: one that classifies grades, one that estimates a price.</summary>
public sealed class TaskTests
{
    private const string Csv = "Torque [Nm],\"Wear, tool\",Type\n1,9,L\n9,1,M\n";
    private const string Columns =
        """{"inputs":[{"name":"Torque [Nm]","shape":[1],"datatype":"FP64","data":[9]},{"name":"Wear, tool","shape":[1],"datatype":"INT32","data":[1]},{"name":"Type","shape":[1],"datatype":"BYTES","data":["never seen"]}],"outputs":[{"name":"probabilities"},{"name":"label"}]}""";

    private static readonly float[] PriceWeights = [10, 1, 100, 200, 300];
    private RunningServer _server = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = new();
        await PublishAsync("grade", Grade, metadata => OnnxModel.Classes(new float[,] { { 0, 1, 0 }, { 0, 0, 1 }, { 0, 0, 0 }, { 0, 0, 0 }, { 0, 0, 0 } }, metadata),
            new([], [[0, 0, 1, 0, 0]], [[1 / 3f, 1 / 3f, 1 / 3f]], 1e-5));
        await PublishAsync("price", Price, metadata => OnnxModel.Linear(PriceWeights, 1000, metadata, "Identity", 0, output: "value"),
            new([], [[0, 0, 1, 0, 0]], [[1100]], 1e-5));
        await _server.StartAsync();
        await _server.ReadyAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    private static ModelSchema Grade => TestModel.Schema with
    {
        Task = ModelTask.Multiclass,
        Threshold = null,
        Classes = ["low", "mid", "high"],
        Output = ModelSchema.OutputOf(ModelTask.Multiclass, 3),
    };

    private static ModelSchema Price => TestModel.Schema with
    {
        Task = ModelTask.Regression,
        Threshold = null,
        Classes = null,
        Output = ModelSchema.OutputOf(ModelTask.Regression, 0),
    };

    [Test]
    public async Task GivesProbabilitiesByClassAndTheMostProbableOne()
    {
        using var answer = await _server.PostAsync("/invocations?model=grade", Csv, "text/csv");
        var predictions = (await answer.JsonAsync())["predictions"]!.AsArray();

        Assert.That(predictions.Select(row => (string?)row!["label"]), Is.EqualTo(new[] { "high", "mid" }));
        Assert.That(predictions[0]!["probabilities"]!.AsObject().Select(member => member.Key), Is.EqualTo(new[] { "low", "mid", "high" }));
        Assert.That((float)predictions[0]!["probabilities"]!["high"]!, Is.EqualTo(MathF.Exp(9) / (MathF.Exp(9) + MathF.E + 1)).Within(1e-6));
    }

    [Test]
    public async Task GivesProbabilitiesInColumns()
    {
        using var answer = await _server.PostAsync("/invocations?model=grade", Csv, "text/csv", ("Accept", "text/csv"));
        var lines = (await answer.Content.ReadAsStringAsync()).Split('\n');

        Assert.That(lines[0], Is.EqualTo("probabilities=low,probabilities=mid,probabilities=high,label"));
        Assert.That(lines[1], Does.EndWith(",high"));
    }

    [Test]
    public async Task TakesOneTensorAColumnForMulticlass()
    {
        using var answer = await _server.PostAsync("/v2/models/grade/infer", Columns);
        var outputs = (await answer.JsonAsync())["outputs"]!;

        Assert.That(outputs[0]!["shape"]!.ToJsonString(), Is.EqualTo("[1,3]"));
        Assert.That(outputs[1]!["data"]!.ToJsonString(), Is.EqualTo("""["mid"]"""));
        Assert.That(answer.Header(SlipwayHeaders.OutOfRange), Is.EqualTo("Type"), "a prediction for an unknown category has a warning");
    }

    [Test]
    public async Task EstimatesValuesWithoutALabel()
    {
        using var answer = await _server.PostAsync("/invocations?model=price", Csv, "text/csv");

        Assert.That((await answer.JsonAsync())["predictions"]!.ToJsonString(), Is.EqualTo("""[{"value":1119},{"value":1291}]"""));
    }

    [Test]
    public async Task HasNoLabelToOfferForARegression()
    {
        using var metadata = await _server.Client.GetAsync("/v2/models/price");
        using var infer = await _server.PostAsync("/v2/models/price/infer", """{"inputs":[{"name":"features","shape":[1,5],"datatype":"FP32","data":[1,9,1,0,0]}],"outputs":[{"name":"label"}]}""");

        Assert.That((await metadata.JsonAsync())["parameters"]!["optional_outputs"]!.AsArray(), Is.Empty);
        Assert.That(infer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((string?)(await infer.JsonAsync())["error"], Does.Contain("There is no output 'label'. Outputs: value."));
    }

    [TestCase("grade", "\"mid\"", null)]
    [TestCase("grade", "[\"mid\", \"low\"]", null)]
    [TestCase("grade", "\"Mid\"", "'label' is \"Mid\", but 'Failure' must be one of low, mid, high.")]
    [TestCase("grade", "1", "'label' is 1, but 'Failure' must be one of low, mid, high.")]
    [TestCase("price", "1119.5", null)]
    [TestCase("price", "\"1119\"", "'label' is \"1119\", but 'Failure' must be a number.")]
    [TestCase("price", "[1, \"x\"]", "'label' is \"x\", but 'Failure' must be a number.")]
    public async Task TakesOnlyFeedbackThatTheModelCanMean(string model, string label, string? reason)
    {
        using var prediction = await _server.PostAsync($"/invocations?model={model}", Csv, "text/csv");
        var id = prediction.Header(SlipwayHeaders.PredictionId);
        using var feedback = await _server.PostAsync($"/v2/models/{model}/feedback", $$"""{"predictionId":"{{id}}","label":{{label}}}""");

        Assert.That(feedback.StatusCode, Is.EqualTo(reason is null ? HttpStatusCode.Accepted : HttpStatusCode.BadRequest));
        if (reason is not null)
            Assert.That((string?)(await feedback.JsonAsync())["error"], Does.Contain(reason));
    }

    private async Task PublishAsync(string model, ModelSchema schema, Func<string, byte[]> write, GoldenSet golden)
    {
        var onnx = write(JsonSerializer.Serialize(schema, RegistryJson.Default.ModelSchema));
        var manifest = await _server.Shop.RegisterAsync(model, schema, onnx, await PackedArtifact.CreateAsync(onnx, golden));
        await _server.Shop.PointAsync(manifest.Version, model);
    }
}
