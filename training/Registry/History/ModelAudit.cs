namespace Slipway.Registry;

/// <summary>
/// Whether all that a model's history vouches for is as it was written: the entries, the channels, the manifests, the archives.
/// A store that was put back as a whole to what it was once can not be told from that store.
/// </summary>
/// <param name="signatures">What is asked of the signatures of versions; nothing where nobody has keys at hand.</param>
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
        // numbers are claimed one after the other, so a gap is a manifest that was removed
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
            var witness = number > 0 ? $"although entry {number} of its history names it" : "although later versions were registered";
            problems.Add(new(HistoryProblemKind.Version, number, $"{history.Model} version {version} has no manifest, {witness}."));
            return null;
        }

        if (naming.FirstOrDefault(entry => entry.ManifestSha256 is { } remembered && remembered != stored.Sha256) is { } contradicted)
            problems.Add(new(HistoryProblemKind.Version, contradicted.Number,
                $"The manifest of {history.Model} version {version} was changed: entry {contradicted.Number} of the history remembers other bytes."));
        else
            problems.AddRange(await SignatureAsync(stored, number, cancellation));
        try
        {
            return stored.Parse();
        }
        catch (UnreadableObjectException e)
        {
            problems.Add(new(HistoryProblemKind.Version, number, $"The manifest of {history.Model} version {version} can not be used. {e.Message}"));
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
            // where signatures are only asked for, a version from before them is no sign of anything
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
            return [new(HistoryProblemKind.Artifact, 0, $"The artifact of {manifest.Model} version {manifest.Version} is not what was registered. {e.Message}")];
        }
    }
}

/// <param name="Versions">How many versions were checked, with their archives.</param>
/// <param name="Signatures">Whether their signatures were.</param>
public sealed record AuditedModel(InspectedHistory History, int Versions, IReadOnlyList<HistoryProblem> Problems, bool Signatures);
