using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Slipway.Registry;

namespace Slipway.Automation;

/// <summary>
/// <c>&lt;model&gt;-&lt;hash12&gt;-a&lt;attempt&gt;</c>: the same model, dataset, spec and code give the same hash, so the same event twice starts one job.
/// Letters, digits and hyphens, at most 63 characters, as SageMaker asks of a training job's name.
/// </summary>
public static class TrainingJobId
{
    /// <summary>The id without its attempt.</summary>
    public static string Prefix(TrainingRequest request, DatasetReference dataset, string specSha256)
    {
        // A dirty tree has no commit of its own; what it was built into tells such jobs apart.
        var source = request.Source;
        var code = source.Dirty ? $"{source.Commit}+{request.Environment.Image}" : source.Commit;
        string[] inputs = [request.Model, dataset.Key, dataset.Version, dataset.Sha256, specSha256, code];
        if (request.Outside?.ToReference() is { } outside)
            inputs = [.. inputs, outside.OnnxSha256, outside.GoldenSha256];
        return $"{request.Model}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', inputs))))[..12]}-a";
    }

    public static string Attempt(string prefix, int attempt) => prefix + attempt.ToString(CultureInfo.InvariantCulture);
}
