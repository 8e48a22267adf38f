using Slipway.Registry;

namespace Slipway.Automation;

/// <summary>Moves a model's channels back to a version, and blocks what was left, so that automation does not bring it back.</summary>
/// <param name="signatures">What servers ask of a version's signature.</param>
public sealed class ModelRollback(IObjectStore store, SignaturePolicy signatures, TimeProvider time)
{
    private readonly ModelVersions _versions = new(store);
    private readonly ModelChannels _channels = new(store, time);

    /// <param name="bad">SHA-256 of an ONNX file that is blocked whatever was left; null for none.</param>
    /// <returns>The entry in the history; null when both channels were there already.</returns>
    public async Task<HistoryEntry?> MoveAsync(
        string model, int to, string by, string reason, CancellationToken cancellation, string? bad = null)
    {
        var target = await _versions.RequireAsync(model, to, cancellation);
        await ProveAsync(target, cancellation);

        var left = bad is null ? [] : new List<string> { bad };
        var moves = false;
        foreach (var color in Colors.All)
        {
            var current = (await _channels.GetAsync(model, color, cancellation))?.Value.Version;
            moves |= current != to;
            // Going back says that the newer version is bad; going forward says nothing about the older one.
            if (current > to && await _versions.GetAsync(model, current.Value, cancellation) is { } manifest)
                left.Add(manifest.Artifact.OnnxSha256);
        }

        return moves
            ? await _channels.MoveAsync(
                new(model, to, HistoryAction.Rollback, Colors.All, by, reason, [.. left.Distinct()]), cancellation)
            : null;
    }

    // Servers would refuse a manifest that nobody signed, or a damaged archive, and stay where they are: better to say so before anything has moved.
    private async Task ProveAsync(ModelManifest target, CancellationToken cancellation)
    {
        try
        {
            await signatures.ReadAsync(store, target.Model, target.Version, cancellation);
            await new GoldenSets(store).ReadAsync(target, cancellation);
        }
        catch (SlipwayException e)
        {
            throw new SlipwayException($"'{target.Model}' version {target.Version} can not be served, so nothing was moved. {e.Message}", e);
        }
    }

    /// <summary>The history entries that made each model's current version current.</summary>
    public async Task<IReadOnlyList<HistoryEntry>> CurrentAsync(CancellationToken cancellation)
    {
        var history = new ModelHistory(store);
        var current = new List<HistoryEntry>();
        foreach (var model in await _versions.ModelsAsync(cancellation))
        {
            var pointer = (await _channels.GetAsync(model, Color.Blue, cancellation))?.Value;
            await foreach (var entry in history.ReadAsync(model, cancellation))
                if (entry.Number == pointer?.HistoryEntry)
                    current.Add(entry);
        }

        return current;
    }
}
