using Slipway.Registry.Channels;
using Slipway.Registry.Replicas;
using Slipway.Registry.Rollouts;

namespace Slipway.Gateway.Probes;

/// <summary>
/// Sends the next golden rows to each color and counts the answers. A wrong value counts if it comes twice, silence if another server of the color is
/// silent too, and an error at once. Not safe for concurrent use: one loop owns it.
/// </summary>
public sealed partial class ProbeRound(GoldenRows golden, ProbeCaller caller, ILogger<ProbeRound> logger)
{
    /// <summary>For each color: a hundred a second, with the interval that rollouts have by default.</summary>
    public const int Rows = 20;

    /// <summary>Of those of each color, how many are under way at the same time.</summary>
    private const int AtOnce = 10;

    // of one rollout; they would fill the log otherwise
    private const int MaxLogged = 10;

    // a server that changes to another version says so in one of its next heartbeats
    private const int BeatsToTell = 2;

    private readonly int[] _next = new int[2];
    private readonly Dictionary<(string Replica, string Model, int Version), long> _missed = [];
    private int _logged;

    /// <summary>Begins a rollout's probes with the first row.</summary>
    public void Restart()
    {
        Array.Clear(_next);
        _missed.Clear();
        _logged = 0;
    }

    /// <summary>Loads what the next round needs.</summary>
    public Task PrepareAsync(IReadOnlyList<ProbeTarget> targets, CancellationToken cancellation) => golden.OfAsync(targets, cancellation);

    /// <summary>The counts of this round alone.</summary>
    public async Task<ProbeCounts> RunAsync(Color candidate, IReadOnlyList<ProbeTarget> targets, CancellationToken cancellation)
    {
        var rows = (await golden.OfAsync(targets, cancellation)).ToLookup(pair => pair.Target.Color);
        var arms = await Task.WhenAll(
            RunAsync(candidate, [.. rows[candidate]], cancellation),
            RunAsync(candidate.Other(), [.. rows[candidate.Other()]], cancellation));
        return new(arms[0].Sent, arms[0].Wrong, arms[1].Sent, arms[1].Wrong);
    }

    private async Task<(int Sent, int Wrong)> RunAsync(Color color, List<(ProbeTarget Target, ProbeRow Row)> rows, CancellationToken cancellation)
    {
        if (rows.Count == 0)
            return (0, 0);
        var first = _next[(int)color];
        _next[(int)color] = first + Rows;
        var answers = new (ProbeTarget Target, ProbeRow Row, (ReplicaHeartbeat Server, ProbeAnswer Answer) Given)[Rows];
        await Parallel.ForAsync(0, Rows, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (i, stop) =>
        {
            var turn = first + i;
            var (target, row) = rows[turn % rows.Count];
            // every row in turn on every server
            answers[i] = (target, row, await AskAsync(target, row, turn + turn / rows.Count, stop));
        });

        var (sent, wrong) = (0, 0);
        foreach (var (target, row, (server, answer)) in answers)
        {
            if (!Counts(target, server, answer.Outcome))
                continue;
            sent++;
            if (answer.Outcome == ProbeOutcome.Right)
                continue;
            wrong++;
            if (_logged++ < MaxLogged)
                AnsweredWrong(server.Replica, answer.Problem, target.Model, target.Version, row.Number);
        }
        return (sent, wrong);
    }

    private async Task<(ReplicaHeartbeat Server, ProbeAnswer Answer)> AskAsync(ProbeTarget target, ProbeRow row, int turn, CancellationToken cancellation)
    {
        var server = ServerOf(target, turn);
        var answer = await caller.AskAsync(server, target, row, cancellation);
        if (answer.Outcome == ProbeOutcome.Silent)
            server = ServerOf(target, turn + 1);
        return answer.Outcome is ProbeOutcome.Wrong or ProbeOutcome.Silent
            ? (server, await caller.AskAsync(server, target, row, cancellation))
            : (server, answer);
    }

    private static ReplicaHeartbeat ServerOf(ProbeTarget target, int turn) => target.Servers[turn % target.Servers.Count];

    /// <summary>A server that has just changed to another version is not wrong; one that says for long enough that it serves a version has to.</summary>
    private bool Counts(ProbeTarget target, ReplicaHeartbeat server, ProbeOutcome outcome)
    {
        var key = (server.Replica, target.Model, target.Version);
        if (outcome != ProbeOutcome.NotServed)
            return true;
        if (_missed.TryGetValue(key, out var beat))
            return server.Beat >= beat + BeatsToTell;
        _missed[key] = server.Beat;
        return false;
    }

    [LoggerMessage(LogLevel.Warning, "Probe: {Replica} {Problem} (golden row {Row} of '{Model}' version {Version})")]
    private partial void AnsweredWrong(string replica, string? problem, string model, int version, int row);
}
