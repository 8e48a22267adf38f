using Slipway.Inference.Options;
using Slipway.PredictionLogs.Retention;
using Slipway.Registry.Storage;

namespace Slipway.Inference.PredictionLogs;

/// <summary>Deletes old days of the log every hour, if the store is a folder and that is set. Servers may do so at the same time.</summary>
public sealed partial class RetentionController(IObjectStore store, InferenceOptions options, TimeProvider time, ILogger<RetentionController> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.PredictionLog.RetentionDays == 0)
            return;
        using var timer = new PeriodicTimer(Interval, time);
        do
            await DeleteAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task DeleteAsync(CancellationToken cancellation)
    {
        try
        {
            var days = options.PredictionLog.RetentionDays;
            if (await new LogRetention(store).DeleteAsync(time.GetUtcNow(), TimeSpan.FromDays(days), cancellation) is > 0 and var deleted)
                LogDeleted(deleted, days);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // the next hour tries again
            LogNotDeleted(e.Message);
        }
    }
}
