using Slipway.Registry.Models;
using Slipway.Trainer.Generators;

namespace Slipway.Trainer.Tests.Job;

/// <summary>The models that the repository ships, as Deploy trains them.</summary>
internal static class SampleModels
{
    public const string PredictiveMaintenance = "predictive-maintenance";
    public const string TumorDiagnosis = "tumor-diagnosis";
    public const string Penguins = "penguins";
    public const string FuelEconomy = "fuel-economy";

    private static readonly Lazy<string> Models = new(FindModels);

    public static string SpecPath(string model) => Path.Combine(Models.Value, model, "model.json");

    public static ModelSpec Spec(string model) => ModelSpecReader.Read(File.ReadAllBytes(SpecPath(model)), model);

    public static string Csv(string model)
    {
        var sample = Spec(model).Dataset!;
        return sample.File is { } file
            ? File.ReadAllText(Path.Combine(Models.Value, model, file))
            : Generate(sample.Rows!.Value, sample.Seed!.Value);
    }

    public static string Generate(int rows, int seed)
    {
        using var csv = new StringWriter();
        new Ai4i2020Generator().Write(csv, rows, seed);
        return csv.ToString();
    }

    /// <summary>Without some columns.</summary>
    public static string Without(string csv, params string[] columns)
    {
        var lines = csv.TrimEnd('\n').Split('\n').Select(line => line.Split(',')).ToList();
        int[] kept = [.. Enumerable.Range(0, lines[0].Length).Where(i => !columns.Contains(lines[0][i]))];
        return string.Join('\n', lines.Select(line => string.Join(',', kept.Select(i => line[i])))) + "\n";
    }

    private static string FindModels()
    {
        var folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Slipway.slnx")))
            folder = folder.Parent;
        return Path.Combine(folder?.FullName ?? throw new InvalidOperationException("The tests run outside of the repository."), "training", "models");
    }
}
