using System.Text;
using Slipway.Registry;
using Slipway.Registry.Lineages;
using Slipway.Registry.Storage;

namespace Slipway.Automation.Reports;

/// <summary>Writes the reports of a training job next to its outcome. The same job gives the same reports, so writing them again is harmless.</summary>
public sealed class TrainingReports(IObjectStore store)
{
    /// <summary>Writes what is not there yet. A report that cannot be written never changes how a job ended.</summary>
    /// <param name="record">Null if it is to be read from the store.</param>
    /// <returns>Why there is none; null if both exist.</returns>
    public async Task<string?> EnsureAsync(TrainingOutcome outcome, CancellationToken cancellation, TrainingRecord? record = null)
    {
        var job = outcome.TrainingJob;
        try
        {
            if (await IsThereAsync(StoreKeys.TrainingReportPage(job), cancellation) && await IsThereAsync(StoreKeys.TrainingReportMarkdown(job), cancellation))
                return null;
            record ??= await TrainingRecord.ReadAsync(store, outcome, cancellation);
            await PutAsync(StoreKeys.TrainingReportMarkdown(job), TrainingReportMarkdown.Of(record), cancellation);
            await PutAsync(StoreKeys.TrainingReportPage(job), TrainingReportPage.Of(record), cancellation);
            return null;
        }
        catch (Exception e) when (e is not OperationCanceledException) // whatever it is, the job has ended already
        {
            return $"The report of training job {job} could not be written: {e.Message}";
        }
    }

    private async Task<bool> IsThereAsync(string key, CancellationToken cancellation) =>
        await store.HeadAsync(key, cancellation: cancellation) is not null;

    private async Task PutAsync(string key, string text, CancellationToken cancellation)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text), writable: false);
        await store.PutAsync(key, content, PutCondition.None, cancellation);
    }
}
