using System.Globalization;
using Slipway.Registry.Manifests;
using Slipway.Registry.Signing;
using Slipway.Registry.Storage;

namespace Slipway.Registry.History;

/// <summary>
/// Who vouches for a history. Each entry contains the hash of the previous one, so a signed entry vouches for all before it; nothing but the entries themselves vouches for
/// those after the last signed one, and if somebody rewrote all of them together, including the channels, it could not be detected.
/// </summary>
/// <param name="policy">Whose signatures count.</param>
public sealed class HistorySignatures(IObjectStore store, SignaturePolicy policy)
{
    private readonly SignedEnvelopes _envelopes = new(store);

    /// <summary>Signs an entry that is in the store.</summary>
    public async Task SignAsync(InspectedHistory history, HistoryEntry entry, IManifestSigner signer, CancellationToken cancellation) =>
        await _envelopes.SignAsync(history.Model, history.Sha256[entry.Number], HistoryStatement.Of(entry, history.Sha256[entry.Number]), signer, cancellation);

    /// <param name="history">A history whose entries are consistent.</param>
    /// <param name="manifests">By version.</param>
    public async Task<IReadOnlyList<HistoryProblem>> CheckAsync(
        InspectedHistory history, IReadOnlyDictionary<int, ModelManifest> manifests, CancellationToken cancellation)
    {
        if (history.Problems.Any(problem => problem.IsTampering))
            return []; // that is reported already
        var problems = manifests.Values.SelectMany(manifest => Contradictions(history, manifest)).ToList();
        if (policy.Mode == SignatureMode.Off)
            return problems;

        var unsigned = new List<HistoryEntry>();
        SignatureException? doubt = null;
        foreach (var entry in history.Entries.Reverse())
        {
            try
            {
                if (await IsSignedAsync(history, entry, cancellation))
                    break;
            }
            catch (SignatureException e)
            {
                doubt ??= e;
            }

            unsigned.Add(entry);
        }

        if (doubt is not null && !(policy.Mode == SignatureMode.Warn && doubt.Problem == SignatureProblem.UnknownKey))
            problems.Add(new(HistoryProblemKind.Signature, unsigned[0].Number, doubt.Message));
        else if (unsigned.FirstOrDefault(entry => IsMissing(entry, manifests)) is { } stripped)
            problems.Add(new(HistoryProblemKind.Signature, stripped.Number, string.Create(CultureInfo.InvariantCulture,
                $"Entry {stripped.Number} of the history of {history.Model} is not signed, although the publisher of version {stripped.To} signs its entries: the entry was modified, or its signature deleted. Restore both from a backup.")));
        else if (unsigned.Count > 0)
            problems.Add(new(HistoryProblemKind.HeadNotSigned, unsigned[^1].Number, NotSigned(history.Model, unsigned)));
        return problems;
    }

    private async Task<bool> IsSignedAsync(InspectedHistory history, HistoryEntry entry, CancellationToken cancellation)
    {
        var what = string.Create(CultureInfo.InvariantCulture, $"Entry {entry.Number} of the history of {history.Model}");
        StoredEnvelope? envelope;
        try
        {
            envelope = await _envelopes.FindAsync(history.Model, history.Sha256[entry.Number], cancellation);
        }
        catch (UnreadableObjectException e)
        {
            throw new SignatureException(SignatureProblem.Unreadable, $"The signature of {what} cannot be read. {e.Message}");
        }

        if (envelope is null)
            return false;
        policy.Verifier.Verify(what, StoreKeys.HistoryEntry(history.Model, entry.Number), history.Sha256[entry.Number], envelope.Bytes);
        return true;
    }

    // Since entries are signed, a manifest records the history entry that its comparison was based on, and its own signature keeps that from being removed.
    private static bool IsMissing(HistoryEntry entry, IReadOnlyDictionary<int, ModelManifest> manifests) =>
        entry.Action == HistoryAction.Publish && manifests.GetValueOrDefault(entry.To)?.After is not null;

    private static IEnumerable<HistoryProblem> Contradictions(InspectedHistory history, ModelManifest manifest)
    {
        if (manifest.After is not { Number: > 0 } after || history.Sha256.GetValueOrDefault(after.Number) == after.Sha256)
            yield break;
        var there = history.Sha256.ContainsKey(after.Number);
        yield return new(there ? HistoryProblemKind.Changed : HistoryProblemKind.Missing, after.Number, string.Create(CultureInfo.InvariantCulture,
            $"Entry {after.Number} of the history of {history.Model} {(there ? "was modified" : "is missing")}: the manifest of version {manifest.Version} records {(there ? "different bytes" : "it")}."));
    }

    private static string NotSigned(string model, List<HistoryEntry> newestFirst)
    {
        var (first, last) = (newestFirst[^1].Number, newestFirst[0].Number);
        var which = first == last ? $"Entry {first.ToString(CultureInfo.InvariantCulture)}" : string.Create(CultureInfo.InvariantCulture, $"Entries {first} to {last}");
        return $"{which} of the history of {model} {(first == last ? "is" : "are")} not signed: they were written by somebody without the key, or by a release that did not sign entries. "
            + "They are consistent with each other and the channels, but a rewrite of all of them together could not be detected. The next publication, or ./build.sh --target=Sign, signs them as they are then.";
    }
}
