using System.Globalization;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments.Fleets;
using Slipway.Registry;
using Slipway.Registry.Predictions;
using Slipway.Soak.Clocks;
using Slipway.Soak.Fleet;
using Slipway.Soak.Load;

namespace Slipway.Soak.Rows;

/// <summary>The wall clock of a server and its gateway is set back and forth by an hour or a day.</summary>
public sealed class ClockJumps : ISoakRow
{
    private const int PerSecond = 100;

    private static readonly TimeSpan MaxFollow = TimeSpan.FromSeconds(10);
    // longer than the server and the gateway take to look at the store again
    private static readonly TimeSpan Stay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan[] Offsets = [TimeSpan.FromHours(1), TimeSpan.FromHours(-1), TimeSpan.FromDays(1), TimeSpan.FromDays(-1), TimeSpan.Zero];

    public string Name => "clock-jumps";

    public string Fault => "The clock of a server and its gateway is set by an hour or a day, back and forth, under 100 requests a second.";

    public string Bound => "0 lost, and after every jump a version that is published is served within 10 s.";

    public bool NeedsFleet => true;

    public async Task<RowResult> RunAsync(SoakContext context, IProgressStep step, CancellationToken cancellation)
    {
        var (fleet, jumps, random) = (context.Fleet, context.Plan.Of(40, 6), context.Random(Name));
        var folder = Path.Combine(context.Work, "store");
        var store = await fleet.Models.CopyAsync(folder, cancellation);
        var url = new Uri($"http://127.0.0.1:{Ports.Free()}");
        var job = new JumpingJob(
            fleet.Models.Arguments(folder, context.Work, "soak-clock"),
            [$"--Store={folder}", $"--Url={url.GetLeftPart(UriPartial.Authority)}", $"--PrivateUrl=http://127.0.0.1:{Ports.Free()}"], folder);
        await using var process = new JumpingClient(job, context.Time);
        await process.SetAsync(TimeSpan.Zero, cancellation);
        await UntilReadyAsync(url, context.Time, cancellation);

        var mover = new VersionMover(store, fleet.Model, fleet.Live, context.Time);
        var (notFollowed, hours) = (0, new HashSet<string>(StringComparer.Ordinal));
        using var load = new OpenLoad(new([url], fleet.Infer.Path, fleet.Infer.Body, PerSecond, Attempts: 1), context.Time);
        var figures = await load.WhileAsync(
            async seen =>
            {
                for (var jump = 1; jump <= jumps; jump++)
                {
                    step.Now($"jump {jump} of {jumps}");
                    await process.SetAsync(Offsets[(jump - 1 + (jump > Offsets.Length ? random.Next(Offsets.Length) : 0)) % Offsets.Length], cancellation);
                    if (!await IsFollowedAsync(mover, seen, context.Time, cancellation))
                        notFollowed++;
                    hours.Add(await HourAsync(url, fleet, cancellation));
                    await Task.Delay(Stay, context.Time, cancellation);
                }
            },
            cancellation);
        return new(
            jumps, notFollowed + (figures.Lost > 0 ? 1 : 0),
            $"{jumps} jumps, {figures.Lost} of {figures.Sent} requests lost, {notFollowed} versions not served in time",
            new($"the prediction ids have {hours.Count} different hours", hours.Count >= 4))
        {
            Broken = figures.FirstLoss,
            Figures = new Dictionary<string, double> { ["jumps"] = jumps, ["lost"] = figures.Lost, ["sent"] = figures.Sent, ["notFollowed"] = notFollowed },
        };
    }

    private static async Task<bool> IsFollowedAsync(VersionMover mover, LoadFigures seen, TimeProvider time, CancellationToken cancellation)
    {
        var version = (await mover.MoveAsync(cancellation)).ToString(CultureInfo.InvariantCulture);
        var (before, started) = (seen.Of(version), time.GetTimestamp());
        while (seen.Of(version) == before && time.GetElapsedTime(started) < MaxFollow)
            await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancellation);
        return seen.Of(version) > before;
    }

    private static async Task UntilReadyAsync(Uri url, TimeProvider time, CancellationToken cancellation)
    {
        using var client = DirectHttpClient.Create(TimeSpan.FromSeconds(5));
        using var deadline = new Deadline(TimeSpan.FromSeconds(30), time, cancellation);
        while (true)
        {
            using var answer = await client.GetAsync(new Uri(url, "/healthz"), deadline.Token);
            if (answer.IsSuccessStatusCode)
                return;
            await Task.Delay(TimeSpan.FromMilliseconds(50), time, deadline.Token);
        }
    }

    // the fourth part of a prediction id
    private static async Task<string> HourAsync(Uri url, SoakFleet fleet, CancellationToken cancellation)
    {
        using var client = DirectHttpClient.Create(TimeSpan.FromSeconds(5));
        using var content = fleet.Infer.Content();
        using var answer = await client.PostAsync(new Uri(url, fleet.Infer.Path), content, cancellation);
        return answer.Headers.GetValues(SlipwayHeaders.PredictionId).First().Split('.')[3];
    }
}
