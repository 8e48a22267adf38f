using Slipway.Build.Cli.Output;
using Slipway.Soak.Fleet;
using Slipway.Soak.Load;

namespace Slipway.Soak.Rows;

/// <summary>One of two servers or one of two gateways dies without notice, again and again.</summary>
public sealed class RandomKills : ISoakRow
{
    private const int PerSecond = 200;
    private const int MaxControls = 5;

    public string Name => "random-kills";

    public string Fault => "One of two servers or one of two gateways, at random, is killed (kill -9) under 200 requests a second, and started again.";

    public string Bound => "0 lost to callers that send a request again, to the other gateway, whose connection was refused, or reset before a response.";

    public bool NeedsFleet => true;

    public async Task<RowResult> RunAsync(SoakContext context, IProgressStep step, CancellationToken cancellation)
    {
        var fleet = context.Fleet;
        var kills = context.Plan.Of(50, 4);
        var (random, kill) = (context.Random(Name), new ServiceKill(fleet, context.Time));
        await kill.RepairAsync(cancellation);
        var plan = new CallerPlan(fleet.Gateways, fleet.Infer.Path, fleet.Infer.Body, PerSecond, Attempts: 2);
        var killed = new SortedDictionary<string, int>(StringComparer.Ordinal);
        using var load = new OpenLoad(plan, context.Time);
        var figures = await load.WhileAsync(
            async _ =>
            {
                for (var number = 1; number <= kills; number++)
                {
                    step.Now($"kill {number} of {kills}");
                    await Task.Delay(TimeSpan.FromMilliseconds(random.Next(500)), context.Time, cancellation);
                    var service = kill.Services[random.Next(kill.Services.Count)];
                    ServiceKill.Kill(service);
                    killed[service.Name] = killed.GetValueOrDefault(service.Name) + 1;
                    await kill.RepairAsync(cancellation);
                }
            },
            cancellation);

        step.Now("the negative control");
        var control = await LoseAsync(context, plan with { Attempts = 1 }, kill, cancellation);
        return new(
            figures.Sent, figures.Lost,
            $"{kills} kills ({string.Join(", ", killed.Select(pair => $"{pair.Key} {pair.Value}"))}), {figures.Lost} of {figures.Sent} lost; sent again: {figures.Refused} refused, {figures.Reset} reset",
            new($"callers that do not try again lose {control}", control > 0))
        {
            Broken = figures.FirstLoss,
            Figures = new Dictionary<string, double>
            {
                ["kills"] = kills,
                ["lost"] = figures.Lost,
                ["refused"] = figures.Refused,
                ["reset"] = figures.Reset,
                ["p99Milliseconds"] = figures.Percentile(0.99),
                ["p999Milliseconds"] = figures.Percentile(0.999),
            },
        };
    }

    private static async Task<long> LoseAsync(SoakContext context, CallerPlan plan, ServiceKill kill, CancellationToken cancellation)
    {
        using var load = new OpenLoad(plan, context.Time);
        var lost = 0L;
        for (var trial = 0; lost == 0 && trial < MaxControls; trial++)
        {
            var figures = await load.WhileAsync(
                async _ =>
                {
                    ServiceKill.Kill(kill.Services[0]);
                    await kill.RepairAsync(cancellation);
                },
                cancellation);
            lost += figures.Lost;
        }

        return lost;
    }
}
