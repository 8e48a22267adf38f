using Slipway.Registry;
using Slipway.Registry.History;
using Slipway.Registry.Manifests;
using Slipway.Registry.Predictions;
using Slipway.Registry.Signing;
using Slipway.Registry.Storage;

namespace Slipway.PredictionLogs;

/// <summary>Traces a prediction by its id: what the id itself proves, and what the log and the registry contain.</summary>
/// <param name="signatures">How the signature of the version is verified.</param>
public sealed class PredictionTrace(IObjectStore store, PredictionIds ids, SignaturePolicy signatures)
{
    /// <exception cref="SlipwayException">The text is not a prediction id at all.</exception>
    public async Task<TracedPrediction> FindAsync(string text, CancellationToken cancellation = default)
    {
        if (!PredictionIds.TryParse(text, out var id))
            throw new SlipwayException(
                $"'{text}' is not a prediction id. Pass the value of the response header {SlipwayHeaders.PredictionId}, which looks like " +
                "model.version.replica.hour.sequence.check.");

        var promotions = new List<HistoryEntry>();
        await foreach (var entry in new ModelHistory(store).ReadAsync(id.Model, cancellation))
            if (entry.To == id.Version)
                promotions.Add(entry);

        var manifest = await new ModelVersions(store).FindAsync(id.Model, id.Version, cancellation);
        return new(
            id,
            ids.IsAuthentic(text),
            await new PredictionLogReader(store).FindAsync(id, text, cancellation),
            manifest?.Parse(),
            manifest is null || signatures.Mode == SignatureMode.Off ? null : await SignatureAsync(manifest, cancellation),
            promotions);
    }

    private async Task<TracedSignature> SignatureAsync(StoredManifest manifest, CancellationToken cancellation)
    {
        try
        {
            return new(await signatures.VerifyAsync(store, manifest, cancellation), null);
        }
        catch (SignatureException e)
        {
            return new(null, e.Message);
        }
    }
}

/// <param name="Authentic">A server of this environment created the id, and nobody has modified it since.</param>
/// <param name="Logged">The prediction itself; null if it was sampled out, dropped, not yet written, or its log has expired.</param>
/// <param name="Manifest">Null if there is no such version.</param>
/// <param name="Signature">Null if there is no such version, or if signatures are not checked.</param>
/// <param name="Promotions">Who published this version, and when.</param>
public sealed record TracedPrediction(
    PredictionId Id, bool Authentic, PredictionRecord? Logged, ModelManifest? Manifest, TracedSignature? Signature,
    IReadOnlyList<HistoryEntry> Promotions);

/// <param name="Key">The key whose signature vouches for the manifest; null if none does.</param>
/// <param name="Problem">Why none does.</param>
public sealed record TracedSignature(TrustedKey? Key, string? Problem);
