using System.Net;
using System.Text.Json;
using Slipway.Inference.Tests.Fixtures;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Models;
using Slipway.Registry.Predictions;
using Slipway.Registry.Replicas;

namespace Slipway.Inference.Tests.Invocations;

/// <summary>A model created by release 0.5.0 predicts as it did there: its categories are text. Labels in feedback are not predictions, and are compared by value.</summary>
public sealed class ReleasedModelTests
{
    private const string Model = "illness";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("slipway-released-");
    private RunningServer _server = null!;
    private GoldenSet _golden = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        var path = Path.Combine(TestContext.CurrentContext.TestDirectory, "Released", "illness-0.5.0.tar.gz");
        var unpacked = Path.Combine(_folder.FullName, "model");
        await using (var archive = File.OpenRead(path))
            await ArtifactArchive.UnpackAsync(archive, unpacked, ArtifactLimits.Default, CancellationToken.None);
        _golden = JsonSerializer.Deserialize(await File.ReadAllBytesAsync(Path.Combine(unpacked, ArtifactFiles.Golden)), RegistryJson.Default.GoldenSet)!;
        var schema = JsonSerializer.Deserialize(await File.ReadAllBytesAsync(Path.Combine(unpacked, ArtifactFiles.Schema)), RegistryJson.Default.ModelSchema)!;

        _server = new();
        var manifest = await _server.Shop.RegisterAsync(
            Model, schema, await File.ReadAllBytesAsync(Path.Combine(unpacked, ArtifactFiles.Onnx)), await File.ReadAllBytesAsync(path));
        await _server.Shop.PointAsync(manifest.Version, Model);
        await _server.StartAsync();
        await _server.ServingAsync(1, Model);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _server.DisposeAsync();
        TestFolder.Remove(_folder);
    }

    [Test]
    public void IsCompiledAsWhatTheTrainerExports() => Assert.That(_server.Slot(Model).ToServedModel().Evaluator, Is.EqualTo(ServedModel.ByCompiledModel));

    [Test]
    public async Task GivesItsGoldenAnswers()
    {
        using var answer = await _server.PostAsync("/invocations", JsonSerializer.Serialize(_golden.Records.Take(_golden.Records.Count - 1)));
        var predictions = (await answer.JsonAsync())["predictions"]!.AsArray();

        Assert.That(predictions, Has.Count.GreaterThan(20));
        Assert.That(predictions.Select(row => row!["probability"]!.GetValue<float>()), Is.EqualTo(_golden.Outputs.Select(row => row[0]).SkipLast(1)).Within(1e-6));
    }

    [TestCase("true", "2", "smoker")]
    [TestCase("false", "2", "smoker")]
    [TestCase("\"True\"", "2.0", "plan_id")]
    [TestCase("\"True\"", "2e0", "plan_id")]
    [TestCase("\"TRUE\"", "\"2.0\"", "smoker, plan_id")]
    [TestCase("\"True\"", "2", "")]
    [TestCase("\"True\"", "\"2\"", "")]
    public async Task ComparesText(string smoker, string plan, string unknown)
    {
        var same = $$"""{"smoker":{{(unknown.Contains("smoker", StringComparison.Ordinal) ? "\"unknown\"" : "\"True\"")}},"dose":4.5,"plan_id":{{(unknown.Contains("plan", StringComparison.Ordinal) ? "\"unknown\"" : "\"2\"")}}}""";
        using var answer = await _server.PostAsync("/invocations", $$"""[{"smoker":{{smoker}},"dose":4.5,"plan_id":{{plan}}},{{same}}]""");
        var predictions = (await answer.JsonAsync())["predictions"]!.AsArray();

        Assert.That(answer.Header(SlipwayHeaders.OutOfRange), Is.EqualTo(unknown));
        Assert.That(predictions[0]!["probability"]!.GetValue<float>(), Is.EqualTo(predictions[1]!["probability"]!.GetValue<float>()));
    }

    [TestCase("FP64", "[2.0]")]
    [TestCase("BOOL", "[true]")]
    public async Task RefusesTheTensorsThatItRefused(string type, string data)
    {
        using var answer = await _server.PostAsync($"/v2/models/{Model}/infer", $$"""{"inputs":[{"name":"plan_id","shape":[1],"datatype":"{{type}}","data":{{data}}}]}""");

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((string?)(await answer.JsonAsync())["error"], Does.Contain("a category must be BYTES (or a whole number)"));
    }

    [TestCase("true", HttpStatusCode.Accepted)]
    [TestCase("1", HttpStatusCode.Accepted)]
    [TestCase("\"True\"", HttpStatusCode.Accepted)]
    [TestCase("[\"false\"]", HttpStatusCode.Accepted)]
    [TestCase("0.0", HttpStatusCode.Accepted)]
    [TestCase("2", HttpStatusCode.BadRequest)]
    [TestCase("\"yes\"", HttpStatusCode.BadRequest)]
    public async Task TakesFeedbackByValue(string label, HttpStatusCode status)
    {
        using var prediction = await _server.PostAsync("/invocations", """{"smoker":"True","dose":4.5,"plan_id":2}""");
        var id = prediction.Header(SlipwayHeaders.PredictionId);
        using var answer = await _server.PostAsync($"/v2/models/{Model}/feedback", $$"""{"predictionId":"{{id}}","label":{{label}}}""");

        Assert.That(answer.StatusCode, Is.EqualTo(status), await answer.Content.ReadAsStringAsync());
    }
}
