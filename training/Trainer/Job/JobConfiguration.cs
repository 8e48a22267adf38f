using System.Globalization;
using System.Text.Json;
using Slipway.Registry;

namespace Slipway.Trainer.Job;

/// <summary>
/// What SageMaker specifies for a job in <c>input/config/*.json</c>. Its environment variables <c>SM_*</c> come from a Python toolkit
/// that is not in this image, so the files are read directly.
/// </summary>
/// <param name="Seed">Overrides the spec's.</param>
/// <param name="Hyperparameters">Without the seed, and without what the platform adds.</param>
public sealed record JobConfiguration(int? Seed, IReadOnlyDictionary<string, string> Hyperparameters)
{
    private const string SeedName = "seed";

    /// <exception cref="SlipwayException">A file cannot be read, or demands what the trainer does not do.</exception>
    public static JobConfiguration Read(JobFolder folder)
    {
        try
        {
            return ReadAll(folder);
        }
        catch (InvalidOperationException e)
        {
            // a string that is not valid UTF-8
            throw new SlipwayException($"A file of the job's configuration ({folder.Config("*.json")}) cannot be read: {e.Message}", e);
        }
    }

    private static JobConfiguration ReadAll(JobFolder folder)
    {
        CheckChannels(folder.Config("inputdataconfig.json"));
        CheckHosts(folder.Config("resourceconfig.json"));

        var hyperparameters = ReadHyperparameters(folder.Config("hyperparameters.json"));
        if (!hyperparameters.Remove(SeedName, out var text))
            return new(null, hyperparameters);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
            ? new(seed, hyperparameters)
            : throw new SlipwayException($"The hyperparameter '{SeedName}' is '{text}', which is not a whole number from 0 to {int.MaxValue}.");
    }

    private static Dictionary<string, string> ReadHyperparameters(string path)
    {
        using var json = Read(path);
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in Members(json, path).Where(member => !IsThePlatforms(member.Name)))
            values[member.Name] = member.Value.ValueKind == JsonValueKind.String
                ? Decoded(member.Value.GetString()!)
                : throw new SlipwayException($"{path}: the value of '{member.Name}' is not a string. SageMaker passes every hyperparameter as a string.");
        return values;
    }

    // automatic tuning adds _tuning_objective_metric, SageMaker's Python SDK adds names such as sagemaker_program and sagemaker_job_name
    private static bool IsThePlatforms(string name) =>
        name.StartsWith('_') || name.StartsWith("sagemaker_", StringComparison.Ordinal);

    /// <summary>SageMaker's Python SDK writes every value as JSON: for a string, the text <c>"0.5"</c> including the quotes.</summary>
    private static string Decoded(string value)
    {
        if (value is not ['"', .., '"'])
            return value;
        try
        {
            using var json = JsonDocument.Parse(value);
            return json.RootElement.GetString()!;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return value; // the trainer decides what it means
        }
    }

    private static void CheckChannels(string path)
    {
        using var json = Read(path);
        foreach (var channel in Members(json, path))
            if (channel.Value.ValueKind == JsonValueKind.Object
                && channel.Value.TryGetProperty("TrainingInputMode", out var mode) && mode.ToString() is not ("" or "File" or "FastFile"))
                throw new SlipwayException(
                    $"The channel '{channel.Name}' is in {mode} mode, but a dataset has to be read twice. Start the job with TrainingInputMode File or FastFile.");
    }

    private static void CheckHosts(string path)
    {
        using var json = Read(path);
        foreach (var member in Members(json, path))
            if (member is { Name: "hosts", Value.ValueKind: JsonValueKind.Array } && member.Value.GetArrayLength() > 1)
                throw new SlipwayException(
                    $"The job runs on {member.Value.GetArrayLength()} instances, but the trainer works on one. Start it with InstanceCount 1, of a larger type if necessary.");
    }

    private static JsonDocument? Read(string path)
    {
        try
        {
            return File.Exists(path) ? JsonDocument.Parse(File.ReadAllBytes(path)) : null;
        }
        catch (JsonException e)
        {
            throw new SlipwayException($"{path} cannot be read: {e.Message}", e);
        }
    }

    private static JsonElement.ObjectEnumerator Members(JsonDocument? json, string path) => json?.RootElement switch
    {
        null => default,
        { ValueKind: JsonValueKind.Object } root => root.EnumerateObject(),
        _ => throw new SlipwayException($"{path} must contain a JSON object."),
    };
}
