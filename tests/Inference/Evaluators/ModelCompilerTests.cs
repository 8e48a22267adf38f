using Slipway.Inference.Evaluators;
using Slipway.Inference.Tests.Fixtures;
using Slipway.Inference.Tests.Models;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Replicas;

namespace Slipway.Inference.Tests.Evaluators;

public sealed class ModelCompilerTests
{
    private static readonly TestModel Good = new(0.5f);

    private DirectoryInfo _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("slipway-compiler-");

    [TearDown]
    public void DeleteFolder() => TestFolder.Remove(_folder);

    [Test]
    public void LetsTheCompiledModelAnswer()
    {
        var compiler = TestCompiler.Create();

        Assert.That(IsCompiled(compiler, Good), Is.True);
        Assert.That(compiler.Mismatches, Is.Zero);
    }

    [Test]
    public void LetsOnnxRuntimeAnswerWhereThePredictionsDiffer()
    {
        var compiler = TestCompiler.Create();

        Assert.That(IsCompiled(compiler, Good, tolerance: 0), Is.False, "the two do not compute a sigmoid in the same way");
        Assert.That(compiler.Mismatches, Is.EqualTo(1));
    }

    [Test]
    public void LetsOnnxRuntimeAnswerForWhatIsNotSupported()
    {
        var compiler = TestCompiler.Create();

        Assert.That(IsCompiled(compiler, Good with { SquareRoot = true }), Is.False);
        Assert.That(compiler.Mismatches, Is.Zero);
    }

    [Test]
    public void LetsOnnxRuntimeAnswerIfItIsOff() => Assert.That(IsCompiled(TestCompiler.Create(enabled: false), Good), Is.False);

    [Test]
    public async Task HeartbeatsAndMetricsNameTheEvaluator()
    {
        await using var server = await RunningServer.WithModelAsync(Good);
        Assert.That(server.Slot().ToServedModel().Evaluator, Is.EqualTo(ServedModel.ByCompiledModel));
        Assert.That(await server.Client.GetStringAsync("/metrics"), Does.Match("""slipway_inference_compiled\{[^}]*model="pump"[^}]*\} 1\n"""));

        var unsupported = await server.Shop.PublishAsync(Good with { Iterations = 1 });
        await server.ServingAsync(unsupported.Version);

        Assert.That(server.Slot().ToServedModel().Evaluator, Is.EqualTo(ServedModel.ByOnnxRuntime));
    }

    [Test]
    public async Task OnnxRuntimeAnswersForAServerThatDoesNotCompile()
    {
        await using var server = await RunningServer.WithModelAsync(Good, "CompileModels=false");

        var predicted = (await (await server.InferAsync(Answers.Row)).JsonAsync()).Data()[0];

        Assert.That(server.Slot().ToServedModel().Evaluator, Is.EqualTo(ServedModel.ByOnnxRuntime));
        Assert.That(await server.Client.GetStringAsync("/metrics"), Does.Match("""slipway_inference_compiled\{[^}]*model="pump"[^}]*\} 0\n"""));
        Assert.That(predicted, Is.EqualTo(Good.Predict(Answers.RowFeatures)).Within(1e-6));
    }

    private bool IsCompiled(ModelCompiler compiler, TestModel model, double tolerance = 1e-5)
    {
        var file = Path.Combine(_folder.FullName, ArtifactFiles.Onnx);
        File.WriteAllBytes(file, model.ToOnnx());
        var generation = TestGeneration.Of(model, 1);
        compiler.Compile(generation, file, model.ToGolden() with { Tolerance = tolerance }, CancellationToken.None);
        var batch = generation.Rent(1);
        Answers.RowFeatures.CopyTo(batch.Inputs);
        batch.Run();
        Assert.That(batch.Outputs[0], Is.EqualTo(model.Predict(Answers.RowFeatures)).Within(1e-6), "whatever evaluates it");
        generation.Return(batch);
        generation.Retire();
        return generation.Compiled is not null;
    }
}
