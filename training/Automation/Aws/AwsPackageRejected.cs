using System.Globalization;
using Slipway.Automation.Rollbacks;
using Slipway.Automation.SageMaker;
using Slipway.Automation.Traffic;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Manifests;
using Slipway.Registry.Signing;
using Slipway.Registry.Storage;
using Slipway.Registry.Traffic;

namespace Slipway.Automation.Aws;

/// <summary>
/// Somebody rejected a version in SageMaker's model registry: channels that point to it move to the newest version that is still approved there, and
/// automation does not publish it again. Approving it again moves nothing; Rollback does, with an explicit version.
/// </summary>
/// <param name="traffic">Where a rollout of the version is taken back, if one is running.</param>
public sealed class AwsPackageRejected(
    IObjectStore store, ModelPackages packages, SignaturePolicy signatures, IManifestSigner signer, DesiredTrafficStore traffic, TimeProvider time)
{
    private readonly ModelVersions _versions = new(store);
    private readonly ModelChannels _channels = new(store, time);
    private readonly ModelRollback _rollback = new(store, signatures, time, signer: signer);

    /// <exception cref="SlipwayException">The version is serving, and no other approved version is left.</exception>
    public async Task<EventResponse> HandleAsync(RejectedPackage rejected, CancellationToken cancellation)
    {
        var package = await packages.DescribeAsync(rejected.Arn, cancellation);
        if (package.Version is not { } version || await _versions.GetAsync(rejected.Model, version, cancellation) is not { } manifest)
            return EventResponse.Nothing($"Model package {rejected.Arn} does not belong to a version that is registered in the store.");
        if (!package.Rejected)
            return EventResponse.Nothing($"Model package {rejected.Arn} is no longer rejected.");

        var seen = await _channels.SnapshotAsync(rejected.Model, cancellation);
        if (seen.Champion != version && seen.Pointers.Values.All(pointer => pointer.Version != version))
            return EventResponse.Nothing($"No channel of '{rejected.Model}' points to version {version}, which was rejected; nothing was moved.");

        var to = await NewestApprovedAsync(manifest, seen, cancellation)
            ?? throw new SlipwayException(
                $"'{rejected.Model}' version {version} was rejected but is still serving: every other version is either not approved or was rolled back. "
                + $"Train a better version, or roll back to an explicit one: ./build.sh --target=Rollback --model={rejected.Model} --to=<version>");
        if (await traffic.RunningAsync(cancellation) is { } running && running.Plan.Model == rejected.Model && running.Plan.Version == version)
            await traffic.RequestAsync(
                running.Candidate.Other(), TrafficAction.Rollback, release: null, package.By ?? "model registry", Reason(version, package), cancellation);
        // if channels were moved meanwhile, the decision is made again when the event is redelivered
        await _rollback.MoveAsync(
            rejected.Model, to, package.By ?? "model registry", Reason(version, package), cancellation, manifest.Artifact.OnnxSha256, seen.Head);
        return EventResponse.Done($"'{rejected.Model}' moved from version {version}, which was rejected, to version {to}.");
    }

    // No version newer than the serving one: such a version was never published, or the block would name it.
    private async Task<int?> NewestApprovedAsync(ModelManifest rejected, ChannelSnapshot seen, CancellationToken cancellation)
    {
        var approved = await packages.ApprovedAsync(rejected.Model, cancellation);
        var newest = seen.Pointers.Values.Select(pointer => pointer.Version).Append(seen.Champion ?? 0).Max();
        foreach (var version in approved.Where(version => version <= newest && version != rejected.Version).OrderDescending())
            if (await _versions.GetAsync(rejected.Model, version, cancellation) is { } manifest
                && manifest.Artifact.OnnxSha256 is var onnx && onnx != rejected.Artifact.OnnxSha256
                && !seen.Blocks(onnx))
                return version;
        return null;
    }

    // One line for the history, whatever was written.
    private static string Reason(int version, RegisteredPackage package)
    {
        var said = string.Concat((package.Reason ?? "").Select(character => char.IsControl(character) ? ' ' : character)).Trim();
        return string.Create(CultureInfo.InvariantCulture, $"Version {version} was rejected in the model registry{(said.Length > 0 ? $": {said}" : ".")}");
    }
}
