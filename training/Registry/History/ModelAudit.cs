using Slipway.Registry.Artifacts;
using Slipway.Registry.Manifests;
using Slipway.Registry.Signing;
using Slipway.Registry.Storage;

namespace Slipway.Registry.History;

/// <summary>
/// Verifies that everything a model's history references is unchanged: the entries, the channels, the manifests, the archives.
/// A store that was restored as a whole to an earlier state cannot be detected.
/// </summary>
/// <param name="signatures">How the signatures of versions are verified; null if no keys are available.</param>
public sealed class ModelAudit(IObjectStore store, SignaturePolicy? signatures = null)
{
    private readonly SignaturePolicy _signatures = signatures ?? SignaturePolicy.Off;
    private readonly ModelHistory _history = new(store);
    private readonly ModelVersions _versions = new(store);

    public async Task<AuditedModel> RunAsync(string model, CancellationToken cancellation)
    {
        var history = await _history.InspectAsync(model, cancellation);
        var problems = history.Problems.ToList();
        var registered = await _versions.ListAsync(model, cancellation).ToListAsync(cancellation);
        var manifests = new Dictionary<int, ModelManifest>();
        // numbers are assigned without gaps, so a gap is a manifest that was deleted
        var last = registered.Concat(history.Entries.Select(entry => entry.To)).DefaultIfEmpty().Max();
        for (var version = 1; version <= last; version++)
        {
            if (await ManifestAsync(history, version, problems, cancellation) is not { } manifest)
                continue;
            manifests[version] = manifest;
            problems.AddRange(await ArtifactAsync(manifest, cancellation));
        }

        problems.AddRange(ChannelCheck.Problems(history, manifests));
        problems.AddRange(await new HistorySignatures(store, _signatures).CheckAsync(history, manifests, cancellation));
        return new(history, last, problems, _signatures.Mode != SignatureMode.Off);
    }

    private async Task<ModelManifest?> ManifestAsync(
        InspectedHistory history, int version, List<HistoryProblem> problems, CancellationToken cancellation)
    {
        var naming = history.Entries.Where(entry => entry.To == version).ToList();
        var number = naming.FirstOrDefault()?.Number ?? 0;
        if (await _versions.FindAsync(history.Model, version, cancellation) is not { } stored)
        {
            var witness = number > 0 ? $"although entry {number} of its history refers to it" : "although later versions were registered";
            problems.Add(new(HistoryProblemKind.Version, number, $"{history.Model} version {version} has no manifest, {witness}."));
            return null;
        }

        if (naming.FirstOrDefault(entry => entry.ManifestSha256 is { } remembered && remembered != stored.Sha256) is { } contradicted)
            problems.Add(new(HistoryProblemKind.Version, contradicted.Number,
                $"The manifest of {history.Model} version {version} was modified: entry {contradicted.Number} of the history records different bytes."));
        else
            problems.AddRange(await SignatureAsync(stored, number, cancellation));
        try
        {
            return stored.Parse();
        }
        catch (UnreadableObjectException e)
        {
            problems.Add(new(HistoryProblemKind.Version, number, $"The manifest of {history.Model} version {version} cannot be used. {e.Message}"));
            return null;
        }
    }

    private async Task<IReadOnlyList<HistoryProblem>> SignatureAsync(StoredManifest manifest, int entry, CancellationToken cancellation)
    {
        if (_signatures.Mode == SignatureMode.Off)
            return [];
        try
        {
            await _signatures.VerifyAsync(store, manifest, cancellation);
            return [];
        }
        catch (SignatureException e)
        {
            // if signatures are not enforced, a version that predates them is not suspicious
            var harmless = _signatures.Mode == SignatureMode.Warn && e.Problem is (SignatureProblem.NotSigned or SignatureProblem.UnknownKey);
            return [new(harmless ? HistoryProblemKind.NotSigned : HistoryProblemKind.Signature, entry, e.Message)];
        }
    }

    private async Task<IReadOnlyList<HistoryProblem>> ArtifactAsync(ModelManifest manifest, CancellationToken cancellation)
    {
        try
        {
            await new ArtifactFetcher(store).VerifyAsync(manifest.Artifact, cancellation);
            return [];
        }
        catch (InvalidArtifactException e)
        {
            return [new(HistoryProblemKind.Artifact, 0, $"The artifact of {manifest.Model} version {manifest.Version} is not the registered one. {e.Message}")];
        }
    }
}

/// <param name="Versions">How many versions were verified, including their archives.</param>
/// <param name="Signatures">Whether their signatures were verified.</param>
public sealed record AuditedModel(InspectedHistory History, int Versions, IReadOnlyList<HistoryProblem> Problems, bool Signatures);
