using System.Buffers.Binary;
using System.Security.Cryptography;
using Slipway.Inference.Requests;

namespace Slipway.Inference.PredictionLogs;

/// <summary>
/// Remembers the latest feedback on recently labeled predictions. The same feedback again, as from clients that got no response, is written once;
/// and nobody can change the label of one prediction endlessly.
/// </summary>
public sealed class RecentFeedback
{
    /// <summary>How often a label may be corrected while it is remembered.</summary>
    public const int MaxChanges = 16;

    private const int MaxRemembered = 16_384;

    private readonly Dictionary<string, FeedbackState> _said = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private readonly Lock _lock = new();

    /// <returns>False if this is the same as the last.</returns>
    /// <exception cref="RequestException">429: it was changed too often.</exception>
    public bool IsNews(string predictionId, ReadOnlySpan<byte> label)
    {
        var hash = Hash(label);
        lock (_lock)
            return !_said.TryGetValue(predictionId, out var last) || (last.Hash != hash && (last.Changes < MaxChanges
                ? true
                : throw new RequestException(StatusCodes.Status429TooManyRequests, $"This prediction has recently had {MaxChanges} different labels. The last one counts.")));
    }

    public void Remember(string predictionId, ReadOnlySpan<byte> label)
    {
        var hash = Hash(label);
        lock (_lock)
        {
            if (_said.TryGetValue(predictionId, out var last))
            {
                _said[predictionId] = new(hash, last.Changes + 1);
                return;
            }

            if (_order.Count == MaxRemembered)
                _said.Remove(_order.Dequeue());
            _order.Enqueue(predictionId);
            _said.Add(predictionId, new(hash, 0));
        }
    }

    private static UInt128 Hash(ReadOnlySpan<byte> label)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(label, hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }

    private readonly record struct FeedbackState(UInt128 Hash, int Changes);
}
