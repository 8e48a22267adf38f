using System.Runtime.CompilerServices;
using Slipway.Registry;

namespace Slipway.Automation;

/// <summary>
/// Signs registered versions afterwards: those from before signatures, and those that only a former key signed. What it signs it has compared with all
/// that vouches for it, for a signature makes true whatever is there.
/// </summary>
public sealed class VersionSigning(IObjectStore store, IManifestSigner signer)
{
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

    private async Task<SignedVersion> SignAsync(StoredManifest manifest, InspectedHistory history, string? tampered, CancellationToken cancellation)
    {
        if (await IsSignedAsync(manifest, cancellation))
            return new(manifest.Version, SigningResult.SignedBefore, null);
        if ((tampered ?? await DoubtAsync(manifest, history, cancellation)) is { } doubt)
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

    /// <returns>Null when all that is known of the version says that this is it.</returns>
    private async Task<string?> DoubtAsync(StoredManifest manifest, InspectedHistory history, CancellationToken cancellation)
    {
        var naming = history.Entries.Where(entry => entry.To == manifest.Version).ToList();
        if (naming.Find(entry => entry.ManifestSha256 is { } remembered && remembered != manifest.Sha256) is { } contradicted)
            return $"Its manifest was changed: entry {contradicted.Number} of the history remembers other bytes.";
        try
        {
            var read = manifest.Parse();
            if (naming.Count == 0 && !await WasRegisteredAsync(read, cancellation))
                return "Nothing vouches for it: no channel was ever moved to it, and no training job says that it became this version.";
            await FetchAsync(read, cancellation);
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

    private async Task FetchAsync(ModelManifest manifest, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("slipway-signing-").FullName;
        try
        {
            await new ArtifactFetcher(store).FetchAsync(manifest.Artifact, Path.Combine(folder, "model"), cancellation);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

/// <param name="Reason">Why it was refused.</param>
public sealed record SignedVersion(int Version, SigningResult Result, string? Reason);

public enum SigningResult
{
    /// <summary>It was not, and is now.</summary>
    SignedNow,

    /// <summary>This key had signed it.</summary>
    SignedBefore,

    /// <summary>It is not what it should be.</summary>
    Refused,
}
