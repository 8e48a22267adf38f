using Slipway.Automation.Monitoring;
using Slipway.Automation.SageMaker;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Aws;

/// <summary>It is time to join the predictions of a bucket with the labels that have arrived. What is stopped halfway is completed by the next call.</summary>
public sealed class AwsLabels(IObjectStore store, TimeProvider time)
{
    /// <param name="everything">All days of the log; otherwise the last ones, and hours in due time.</param>
    public async Task<EventResponse> JoinAsync(bool everything, CancellationToken cancellation)
    {
        var reports = await new QualityMonitoring(store, time).RunAsync(everything, cancellation);
        return reports.Count == 0
            ? EventResponse.Nothing("No hour of the log that is due has more in it than before.")
            : EventResponse.Done(string.Join(' ', reports.Select(report => $"The quality of '{report.Model}' is up to date.").Concat(reports.SelectMany(report => report.Lost.Select(lost => lost.Reason)))));
    }
}
