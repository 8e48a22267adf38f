using Slipway.Gateway.Rollouts;
using Slipway.Registry.Channels;

namespace Slipway.Gateway.Replicas;

/// <summary>
/// Ejects a server whose answers are bad while another server of its color answers the same model's requests well. A model that fails, fails on every
/// server, and a color in which all are bad is for a rollout to judge: neither ejects anybody. While nothing is bad, nothing is counted.
/// </summary>
public sealed class OutlierDetector(Fleet fleet, ReplicaEjector ejector, TimeProvider time)
{
    /// <summary>As for broken connections.</summary>
    public const int BadInARow = ReplicaEjector.FailuresInARow;

    private static readonly TimeSpan WatchTime = TimeSpan.FromSeconds(30);

    // paths come from callers, though only those that a server fails on are kept
    private const int MaxModels = 32;

    private readonly ColorWatch?[] _watches = new ColorWatch?[Colors.All.Count];

    /// <param name="status">
    /// What a caller did wrong (4xx) is no evidence, neither against a server nor for it, and neither is a deadline of the server's own (504): the request was long.
    /// </param>
    public void Answered(Replica replica, PathString path, int status)
    {
        if (status is not (>= StatusCodes.Status400BadRequest and < StatusCodes.Status500InternalServerError) and not StatusCodes.Status504GatewayTimeout)
            Count(replica, path, isBad: status >= StatusCodes.Status500InternalServerError);
    }

    public void Failed(Replica replica, PathString path) => Count(replica, path, isBad: true);

    private void Count(Replica replica, PathString path, bool isBad)
    {
        ref var place = ref _watches[(int)replica.Color];
        var watch = Volatile.Read(ref place);
        if (watch is null)
        {
            if (!isBad)
                return;
            var begun = new ColorWatch(time.GetTimestamp());
            watch = Interlocked.CompareExchange(ref place, begun, null) ?? begun;
        }
        if (!isBad && time.GetElapsedTime(watch.LastBad) > WatchTime)
        {
            Interlocked.CompareExchange(ref place, null, watch);
            return;
        }
        if (watch.Count(ModelPath.Of(path), replica, isBad, fleet.Current.Of(replica.Color), time.GetTimestamp()))
            ejector.EjectOutlier(replica);
    }

    /// <summary>The answers of one color's servers since something was bad.</summary>
    private sealed class ColorWatch(long began)
    {
        private readonly Lock _turn = new();
        private readonly Dictionary<string, Dictionary<Replica, ServerAnswers>> _models = new(StringComparer.Ordinal);
        private long _lastBad = began;

        public long LastBad => Volatile.Read(ref _lastBad);

        /// <returns>Whether the server is an outlier.</returns>
        public bool Count(ReadOnlySpan<char> model, Replica replica, bool isBad, IReadOnlyList<Replica> servers, long now)
        {
            lock (_turn)
            {
                if (!_models.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(model, out var answers))
                {
                    if (!isBad || _models.Count == MaxModels)
                        return false;
                    _models[model.ToString()] = answers = [];
                }
                if (isBad)
                    Volatile.Write(ref _lastBad, now);
                if (!answers.TryGetValue(replica, out var own))
                {
                    foreach (var gone in answers.Keys.Except(servers).ToList())
                        answers.Remove(gone);
                    answers[replica] = own = new();
                }
                own.Count(isBad);
                if (!isBad || !OutlierPolicy.IsOutlier(own, [.. servers.Where(other => IsCompared(other, replica)).Select(other => answers.GetValueOrDefault(other)).OfType<ServerAnswers>()]))
                    return false;
                answers.Remove(replica);
                return true;
            }
        }

        private static bool IsCompared(Replica other, Replica replica) => !ReferenceEquals(other, replica) && other.Health == ReplicaHealth.Healthy;
    }
}
