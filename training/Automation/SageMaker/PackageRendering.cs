using System.Globalization;
using System.Text.RegularExpressions;
using Amazon.SageMaker;
using Amazon.SageMaker.Model;
using Slipway.Automation.Aws;
using Slipway.Registry;
using Slipway.Registry.Manifests;

namespace Slipway.Automation.SageMaker;

/// <summary>A registered version as a package of SageMaker's model registry. Pure.</summary>
public static partial class PackageRendering
{
    private const int MaxValueLength = 256; // of a metadata property

    public static string Group(string model, AwsEnvironmentRecord environment) => environment.Training.ModelPackageGroupPrefix + model;

    public static CreateModelPackageRequest Render(ModelManifest manifest, bool approved, AwsEnvironmentRecord environment) => new()
    {
        ModelPackageGroupName = Group(manifest.Model, environment),
        // Parsed by VersionOf: unlike the properties, listings contain the description.
        ModelPackageDescription = string.Create(
            CultureInfo.InvariantCulture, $"Version {manifest.Version} of {manifest.Model}, from training job {manifest.Lineage.TrainingJob}"),
        ModelApprovalStatus = approved ? ModelApprovalStatus.Approved : ModelApprovalStatus.Rejected,
        CustomerMetadataProperties = Properties(manifest),
        MetadataProperties = new() { CommitId = manifest.Lineage.Source.Commit },
        InferenceSpecification = new()
        {
            Containers =
            [
                new()
                {
                    Image = TrainingJobRendering.Image(manifest.Lineage, environment),
                    ModelDataUrl = $"s3://{environment.Bucket}/{manifest.Artifact.Key}",
                },
            ],
            SupportedContentTypes = ["application/json"],
            SupportedResponseMIMETypes = ["application/json"],
        },
        ClientToken = Token(manifest, environment),
    };

    /// <summary>The version in a package's description; null for any other description.</summary>
    public static int? VersionOf(string? description) =>
        Description().Match(description ?? "") is { Success: true } match
        && int.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : null;

    private static Dictionary<string, string> Properties(ModelManifest manifest)
    {
        var properties = LineageTags.Of(manifest.Lineage, manifest.Metrics)
            .Where(tag => tag.Value.Length is > 0 and <= MaxValueLength)
            .ToDictionary(tag => tag.Key.Replace(':', '-'), tag => tag.Value);
        properties["slipway-version"] = manifest.Version.ToString(CultureInfo.InvariantCulture);
        properties["slipway-model"] = manifest.Model;
        properties["slipway-onnx-sha256"] = manifest.Artifact.OnnxSha256;
        return properties;
    }

    // The same for the same version, so that a concurrent second delivery creates no second package. (At most 36 letters, digits, hyphens.)
    private static string Token(ModelManifest manifest, AwsEnvironmentRecord environment) =>
        Sha256Hex.Of($"{environment.Bucket}\n{manifest.Model}\n{manifest.Version}\n{manifest.Artifact.OnnxSha256}")[..32];

    [GeneratedRegex(@"^Version ([1-9][0-9]{0,8}) of [a-z0-9-]+, from training job ")]
    private static partial Regex Description();
}
