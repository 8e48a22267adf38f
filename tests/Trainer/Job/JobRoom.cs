using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Slipway.Trainer.Job;
using Slipway.Trainer.Trainers;

namespace Slipway.Trainer.Tests.Job;

/// <summary>A job's folder in the temp directory, in SageMaker's layout, and its results.</summary>
internal sealed class JobRoom : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("slipway-trainer-");
    private readonly StringWriter _output = new();

    public JobRoom()
    {
        foreach (var folder in new[] { "input/config", "input/data/training", "input/data/spec", "model", "output" })
            _root.CreateSubdirectory(folder);
        GiveHyperparameters("{}");
    }

    public string Root => _root.FullName;

    public string Output => _output.ToString();

    public string Failure => ReadText("output/failure");

    public JobRoom GiveModel(string model)
    {
        GiveSpec(File.ReadAllText(SampleModels.SpecPath(model)));
        return GiveDataset(SampleModels.Csv(model), "data.csv");
    }

    public JobRoom GiveSpec(string json) => Write("input/data/spec/model.json", json);

    public JobRoom GiveDataset(string csv, string file = "data.csv") => Write($"input/data/training/{file}", csv);

    public JobRoom GiveHyperparameters(string json) => Write("input/config/hyperparameters.json", json);

    public JobRoom GiveConfig(string file, string json) => Write($"input/config/{file}", json);

    public JobRoom GiveChampion(byte[] onnx)
    {
        _root.CreateSubdirectory("input/data/champion");
        File.WriteAllBytes(Path.Combine(Root, "input/data/champion/model.onnx"), onnx);
        return this;
    }

    /// <summary>An imported model with its golden predictions.</summary>
    public JobRoom GiveImported(byte[] onnx, string golden)
    {
        _root.CreateSubdirectory("input/data/outside");
        File.WriteAllBytes(Path.Combine(Root, "input/data/outside/model.onnx"), onnx);
        return Write("input/data/outside/golden.json", golden);
    }

    /// <param name="trainers">Others than those that the trainer was compiled with.</param>
    public async Task<int> TrainAsync(Task? stop = null, ModelTrainers? trainers = null)
    {
        var host = new TrainingHost(new(Root), trainers ?? ModelTrainers.All, _output, _output, TimeProvider.System);
        return await host.RunAsync(stop ?? new TaskCompletionSource().Task);
    }

    /// <summary>Trains what must fail, and returns the reason.</summary>
    public async Task<string> FailAsync(ModelTrainers? trainers = null)
    {
        Assert.That(await TrainAsync(trainers: trainers), Is.EqualTo(1), Output);
        Assert.That(Files(), Is.Empty, "a failed job must leave no model");
        return Failure;
    }

    public async Task<JobRoom> SucceedAsync(ModelTrainers? trainers = null)
    {
        Assert.That(await TrainAsync(trainers: trainers), Is.Zero, Output);
        Assert.That(File.Exists(Path.Combine(Root, "output/failure")), Is.False);
        return this;
    }

    public string[] Files() => [.. Directory.GetFiles(Path.Combine(Root, "model")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    public byte[] Bytes(string file) => File.ReadAllBytes(Path.Combine(Root, "model", file));

    public string ReadText(string path) => File.ReadAllText(Path.Combine(Root, path));

    public T Read<T>(string file, JsonTypeInfo<T> type) => JsonSerializer.Deserialize(Bytes(file), type)!;

    public void Dispose()
    {
        _output.Dispose();
        TestFolder.Remove(_root);
    }

    private JobRoom Write(string path, string text)
    {
        File.WriteAllText(Path.Combine(Root, path), text);
        return this;
    }
}
