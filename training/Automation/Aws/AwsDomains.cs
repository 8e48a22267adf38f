using Slipway.Automation.Monitoring.Domains;
using Slipway.Automation.SageMaker;
using Slipway.Registry.Monitoring.Domains;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Aws;

/// <summary>It is time to compare the last day of each model in a bucket with its training data. What is stopped halfway is completed by the next call of the night.</summary>
public sealed class AwsDomains(IObjectStore store, TimeProvider time)
{
    // a function has 15 minutes: what is started at the last moment is finished
    private static readonly TimeSpan Start = TimeSpan.FromMinutes(9), OfOneModel = TimeSpan.FromMinutes(5);

    public async Task<EventResponse> CompareAsync(CancellationToken cancellation)
    {
        var result = await new NightlyDomains(store, new DomainClassifier(), OfOneModel, time).RunAsync(Start, cancellation);
        if (result is { Verdicts.Count: 0, Failed.Count: 0, Left: 0 })
            return EventResponse.Nothing("Every model was compared with its training data today.");
        string[] sentences =
        [
            $"{result.Verdicts.Count} {(result.Verdicts.Count == 1 ? "model was" : "models were")} compared with the training data.",
            .. result.Verdicts.Where(verdict => verdict.State is DomainState.Different or DomainState.NotCompared).Select(verdict => $"'{verdict.Model}': {verdict.Sentence}"),
            .. result.Failed,
            .. result.Left == 0 ? Array.Empty<string>() : [$"{result.Left} are left for the next hour."],
        ];
        return EventResponse.Done(string.Join(' ', sentences));
    }
}
