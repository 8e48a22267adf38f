using Slipway.Registry.History;
using Slipway.Registry.Manifests;
using Slipway.Registry.Signing;
using Slipway.Registry.Storage;

namespace Slipway.Registry.Predictions;

/// <summary>Answers how a prediction came about, from its id: what the id itself proves, and what the log and the registry hold.</summary>
/// <param name="signatures">What is asked of the signature of the version that answered.</param>
public sealed class PredictionTrace(IObjectStore store, PredictionIds ids, SignaturePolicy signatures)
{
    /// <exception cref="SlipwayException">The text is no prediction id at all.</exception>
    public async Task<TracedPrediction> FindAsync(string text, CancellationToken cancellation = default)
    {
        if (!PredictionIds.TryParse(text, out var id))
            throw new SlipwayException(
                $"'{text}' is no prediction id. It is the value of the header {SlipwayHeaders.PredictionId} of an answer, and looks like " +
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

/// <param name="Authentic">A server of this environment made the id, and nobody changed it since.</param>
/// <param name="Logged">The prediction itself; null when it was sampled out, dropped, not yet written, or its log has expired.</param>
/// <param name="Manifest">Null when there is no such version.</param>
/// <param name="Signature">Null when there is no such version, or signatures are not looked at.</param>
/// <param name="Promotions">Who made this version current, and when.</param>
public sealed record TracedPrediction(
    PredictionId Id, bool Authentic, PredictionRecord? Logged, ModelManifest? Manifest, TracedSignature? Signature,
    IReadOnlyList<HistoryEntry> Promotions);

/// <param name="Key">Whose signature proves the manifest; null where none does.</param>
/// <param name="Problem">Why none does.</param>
public sealed record TracedSignature(TrustedKey? Key, string? Problem);
