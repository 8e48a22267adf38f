using System.Globalization;
using System.Text.RegularExpressions;
using Slipway.Registry;
using Slipway.Registry.Lineages;

namespace Slipway.Automation.Jobs;

/// <summary>
/// <c>&lt;model&gt;-&lt;hash12&gt;-a&lt;attempt&gt;</c>: the same model, dataset, spec and code give the same hash, so a repeated event starts only one job.
/// (A dataset that only the job hashes counts by its key and version.)
/// Letters, digits and hyphens, at most 63 characters, as SageMaker requires for the name of a training job.
/// </summary>
public static partial class TrainingJobId
{
    /// <summary>The id without its attempt.</summary>
    public static string Prefix(TrainingRequest request, DatasetReference dataset, string specSha256)
    {
        // A tree with uncommitted changes has no commit; the hash of its build output distinguishes such jobs.
        var source = request.Source;
        var code = source.Dirty ? $"{source.Commit}+{request.Environment.Image}" : source.Commit;
        string[] inputs = [request.Model, dataset.Key, dataset.Version, dataset.Sha256 ?? "", specSha256, code];
        if (request.Imported?.ToReference() is { } imported)
            inputs = [.. inputs, imported.OnnxSha256, imported.GoldenSha256];
        return $"{request.Model}-{Sha256Hex.Of(string.Join('\n', inputs))[..12]}-a";
    }

    public static string Attempt(string prefix, int attempt) => prefix + attempt.ToString(CultureInfo.InvariantCulture);

    /// <summary>The id before the first attempt with the inputs of a job: attempts are counted from 1.</summary>
    public static string BeforeFirst(string job) => Attempt(job[..(job.LastIndexOf("-a", StringComparison.Ordinal) + 2)], 0);

    /// <summary>The model in an id; null if the text is not an id.</summary>
    public static string? ModelOf(string job) =>
        Pattern().Match(job) is { Success: true } match && ModelName.IsValid(match.Groups["model"].Value) ? match.Groups["model"].Value : null;

    /// <summary>The attempt after that of an id.</summary>
    /// <param name="attempt">The number of that attempt.</param>
    public static string Next(string job, out int attempt)
    {
        var match = Pattern().Match(job);
        if (!match.Success)
            throw new ArgumentException($"'{job}' is not the id of a training job.", nameof(job));
        attempt = int.Parse(match.Groups["attempt"].Value, CultureInfo.InvariantCulture) + 1;
        return Attempt(job[..match.Groups["attempt"].Index], attempt);
    }

    [GeneratedRegex(@"^(?<model>[a-z0-9-]+)-[0-9a-f]{12}-a(?<attempt>[1-9][0-9]{0,5})\z")]
    private static partial Regex Pattern();
}
