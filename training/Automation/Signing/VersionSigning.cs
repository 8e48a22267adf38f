using System.Runtime.CompilerServices;
using Slipway.Automation.Jobs;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.History;
using Slipway.Registry.Lineages;
using Slipway.Registry.Manifests;
using Slipway.Registry.Signing;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Signing;

/// <summary>
/// Signs registered versions after the fact: versions that predate signatures, and versions that only a former key signed. It compares a version with everything
/// that vouches for it before it signs, because a signature vouches for whatever is there.
/// </summary>
/// <param name="trusted">Whose signatures on a history count in addition to those of <paramref name="signer"/>; null for nobody's.</param>
public sealed class VersionSigning(IObjectStore store, IManifestSigner signer, SignaturePolicy? trusted = null)
{
    private readonly HistorySignatures _histories = new(store, new(SignatureMode.Enforce, new([signer.Key, .. trusted?.Verifier.Trusted ?? []])));
    private readonly ModelVersions _versions = new(store);
    private readonly ManifestSignatures _signatures = new(store);
    private readonly SignaturePolicy _current = new(SignatureMode.Enforce, new([signer.Key]));

    public async IAsyncEnumerable<SignedVersion> RunAsync(string model, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var history = await new ModelHistory(store).InspectAsync(model, cancellation);
        var tampered = history.Problems.FirstOrDefault(problem => problem.IsTampering)?.Message;
        await foreach (var version in _versions.ListAsync(model, cancellation))
            if (await _versions.FindAsync(model, version, cancellation) is { } manifest)
                yield return await SignAsync(manifest, history, tampered, cancellation);
    }

    /// <summary>Signs the last entry of a model's history, and with it all entries before.</summary>
    /// <returns>Null if there is none.</returns>
    public async Task<SignedHead?> SignHeadAsync(string model, CancellationToken cancellation)
    {
        var history = await new ModelHistory(store).InspectAsync(model, cancellation);
        if (history.Entries is not [.., var head])
            return null;
        var manifests = new Dictionary<int, ModelManifest>();
        foreach (var version in history.Entries.Select(entry => entry.To).Distinct())
            if (await ReadAsync(model, version, cancellation) is { } manifest)
                manifests[version] = manifest;

        var problems = history.Problems.Concat(await _histories.CheckAsync(history, manifests, cancellation)).ToList();
        if (problems.Find(problem => problem.IsTampering) is { } tampered)
            return new(head.Number, SigningResult.Refused, tampered.Message);
        if (problems.TrueForAll(problem => problem.Kind != HistoryProblemKind.HeadNotSigned))
            return new(head.Number, SigningResult.SignedBefore, null);
        await _histories.SignAsync(history, head, signer, cancellation);
        return new(head.Number, SigningResult.SignedNow, null);
    }

    private async Task<ModelManifest?> ReadAsync(string model, int version, CancellationToken cancellation)
    {
        try
        {
            return await _versions.GetAsync(model, version, cancellation);
        }
        catch (UnreadableObjectException)
        {
            return null; // its own signing reports that
        }
    }

    private async Task<SignedVersion> SignAsync(StoredManifest manifest, InspectedHistory history, string? tampered, CancellationToken cancellation)
    {
        if (await IsSignedAsync(manifest, cancellation))
            return new(manifest.Version, SigningResult.SignedBefore, null);
        if ((tampered ?? await WarningAsync(manifest, history, cancellation)) is { } doubt)
            return new(manifest.Version, SigningResult.Refused, doubt);
        await _signatures.SignAsync(manifest, signer, cancellation);
        return new(manifest.Version, SigningResult.SignedNow, null);
    }

    private async Task<bool> IsSignedAsync(StoredManifest manifest, CancellationToken cancellation)
    {
        try
        {
            await _current.VerifyAsync(store, manifest, cancellation);
            return true;
        }
        catch (SignatureException)
        {
            return false;
        }
    }

    /// <returns>Null if everything that is known about the version is consistent with it.</returns>
    private async Task<string?> WarningAsync(StoredManifest manifest, InspectedHistory history, CancellationToken cancellation)
    {
        var naming = history.Entries.Where(entry => entry.To == manifest.Version).ToList();
        if (naming.Find(entry => entry.ManifestSha256 is { } remembered && remembered != manifest.Sha256) is { } contradicted)
            return $"Its manifest was modified: entry {contradicted.Number} of the history records different bytes.";
        try
        {
            var read = manifest.Parse();
            if (naming.Count == 0 && !await WasRegisteredAsync(read, cancellation))
                return "Nothing vouches for it: no channel was ever moved to it, and no training job records that it became this version.";
            await new ArtifactFetcher(store).VerifyAsync(read.Artifact, cancellation);
            return null;
        }
        catch (SlipwayException e) when (e is UnreadableObjectException or InvalidArtifactException)
        {
            return e.Message;
        }
    }

    private async Task<bool> WasRegisteredAsync(ModelManifest manifest, CancellationToken cancellation) =>
        await new TrainingJobs(store).OutcomeAsync(manifest.Lineage.TrainingJob, cancellation) is { Result: TrainingResult.Registered, Version: { } version }
        && version == manifest.Version;
}

/// <param name="Reason">Why it was refused.</param>
public sealed record SignedVersion(int Version, SigningResult Result, string? Reason);

/// <param name="Number">Of the entry.</param>
/// <param name="Reason">Why it was refused.</param>
public sealed record SignedHead(int Number, SigningResult Result, string? Reason);

public enum SigningResult
{
    /// <summary>It was signed now.</summary>
    SignedNow,

    /// <summary>This key had already signed it.</summary>
    SignedBefore,

    /// <summary>It is not as it should be.</summary>
    Refused,
}
