using Microsoft.ML.OnnxRuntime;
using Slipway.Inference.Bakes;
using Slipway.Inference.Generations;
using Slipway.Inference.Metrics;
using Slipway.Inference.Monitoring;
using Slipway.Inference.PredictionLogs;
using Slipway.Inference.Replicas;
using Slipway.Registry.Channels;
using Slipway.Registry.Predictions;

namespace Slipway.Inference.Requests;

/// <summary>Runs a filled batch and records what produced the response: headers, prediction id, log, metrics. The same for every protocol.</summary>
public sealed class Predictor(
    PredictionIds ids, ReplicaIdentity replica, PredictionLog log, ModelMonitors monitors, InferenceMetrics metrics, TimeProvider time)
{
    private readonly string _colorHeader = replica.Color.Word();

    // a replica that restarts under its old name must not repeat ids within the hour
    private ulong _count = PredictionSequence.CountFrom(time.GetUtcNow());

    /// <summary>Whether this request may be logged. Unlike <see cref="WillLog"/>, this does not count it.</summary>
    public bool MayLog(HttpContext context) => log.Enabled && !IsProbe(context);

    /// <summary>Whether the raw cells of this request should be kept for the log. Once for each prediction.</summary>
    public bool WillLog(HttpContext context) => log.Takes(IsProbe(context));

    /// <exception cref="VersionPutBackException">The version was put back: the request has to be answered by the one before.</exception>
    /// <exception cref="RequestException">504: it took too long; 422 or 500: the model returned a value that is not finite.</exception>
    /// <param name="raw">Whether the inputs came as raw values, which are in the workspace's cells.</param>
    public void Run(HttpContext context, ModelGeneration generation, RowBatch batch, Workspace work, bool logged, bool raw)
    {
        var profile = generation.Profile;
        var isProbe = IsProbe(context);
        var traffic = isProbe ? null : generation.Traffic;
        using var span = PredictionSpan.Start(profile, batch.Rows);
        var started = time.GetTimestamp();
        Run(batch, traffic, started, span);
        var elapsed = time.GetElapsedTime(started);
        CheckFinite(context, profile, batch, traffic, span);
        if (!raw)
            profile.MarkOutOfRange(batch, work.Rows.OutOfRange);

        var at = time.GetUtcNow();
        var number = Interlocked.Increment(ref _count);
        var start = generation.IdStart ??= PredictionIds.StartOf(profile.Manifest.Model, profile.Manifest.Version, replica.Replica);
        var id = ids.Create(start, at, PredictionSequence.Of(number, batch.Rows));
        span.Predicted(id);
        WriteHeaders(context.Response.Headers, profile, id, work.Rows.OutOfRange);
        metrics.Predicted(profile, batch.Rows, elapsed);
        traffic?.Answered(batch, elapsed, number);
        if (!isProbe)
            monitors.Of(generation)?.Count(batch, raw ? work.Rows : null, at);
        if (logged)
            Log(id, number, profile, at, elapsed, batch, raw ? work.Rows.Cells : null);
    }

    private void Log(string id, ulong number, ModelProfile profile, DateTimeOffset at, TimeSpan elapsed, RowBatch batch, RawCells? cells)
    {
        var entry = log.Rent();
        entry.Fill(id, number, profile, at, elapsed.TotalMicroseconds, batch.Rows, batch.Inputs, cells, batch.Outputs);
        log.Add(entry);
    }

    /// <summary>For exception filters: counts a request that was rejected because of a value, and catches nothing.</summary>
    public bool Rejected(HttpContext context, ModelGeneration generation, RequestException reason)
    {
        if (reason.Column is { } column && !IsProbe(context))
            monitors.Of(generation)?.TypeFailed(column, time.GetUtcNow());
        return false;
    }

    private void WriteHeaders(IHeaderDictionary headers, ModelProfile profile, string id, ReadOnlySpan<bool> outOfRange)
    {
        headers[SlipwayHeaders.PredictionId] = id;
        headers[SlipwayHeaders.ModelVersion] = profile.VersionHeader;
        headers[SlipwayHeaders.TrainingJob] = profile.TrainingJobHeader;
        headers[SlipwayHeaders.Color] = _colorHeader;
        if (outOfRange.Contains(true))
            headers[SlipwayHeaders.OutOfRange] = profile.OutOfRangeHeader(outOfRange);
    }

    private static void Run(RowBatch batch, LiveTraffic? traffic, long started, in PredictionSpan span)
    {
        try
        {
            batch.Run();
        }
        catch (OnnxRuntimeException)
        {
            if (traffic?.Failed(batch) == true)
                throw new VersionPutBackException();
            throw;
        }
        catch (RunTimeoutException e)
        {
            span.Failed(e.Message);
            if (traffic?.TimedOut(batch, started) == true)
                throw new VersionPutBackException();
            throw new RequestException(StatusCodes.Status504GatewayTimeout, batch.Rows == 1 ? e.Message : $"{e.Message} Send fewer rows per request.");
        }
    }

    private void CheckFinite(HttpContext context, ModelProfile profile, RowBatch batch, LiveTraffic? traffic, in PredictionSpan span)
    {
        for (var row = 0; row < batch.Rows; row++)
            foreach (var value in batch.Output(row))
                if (!float.IsFinite(value))
                {
                    var error = NotFinite(context, profile, batch, row, traffic);
                    span.Failed(error.Message);
                    throw error;
                }
    }

    // Values far outside the training range make some models overflow: that is caused by the caller, and counts against nobody here.
    private RequestException NotFinite(HttpContext context, ModelProfile profile, RowBatch batch, int row, LiveTraffic? traffic)
    {
        if (profile.FarOutside(batch.Input(row)) is { } column)
            return new(
                StatusCodes.Status422UnprocessableEntity,
                $"Row {row + 1} has no finite prediction: the value of '{ShownText.Of(column)}' is too far outside the range that the model was trained on.");

        metrics.AnsweredNotFinite(profile);
        if (traffic?.Failed(batch) == true)
            throw new VersionPutBackException();
        context.Response.Headers[SlipwayHeaders.NotFinite] = "true";
        return new(StatusCodes.Status500InternalServerError,
            $"Version {profile.Manifest.Version} of '{profile.Manifest.Model}' returned a value that is not a finite number, which is not a valid prediction.");
    }

    private static bool IsProbe(HttpContext context) => context.Request.Headers.ContainsKey(SlipwayHeaders.Probe);
}
