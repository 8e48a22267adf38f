using Slipway.Registry;

namespace Slipway.Inference;

/// <summary>Runs a filled batch and says what made the answer: headers, prediction id, log, metrics. The same for every protocol.</summary>
public sealed class Predictor(
    PredictionIds ids, ReplicaIdentity replica, PredictionLog log, InferenceMetrics metrics, TimeProvider time)
{
    private readonly string _colorHeader = replica.Color.Word();

    // A replica that comes back under its old name must not repeat ids within the hour: milliseconds since 1970, and room for a million each
    private ulong _sequence = (ulong)time.GetUtcNow().ToUnixTimeMilliseconds() << 20;

    /// <summary>Whether the raw cells of this request are worth keeping.</summary>
    public bool WillLog(HttpContext context) => log.Takes(IsProbe(context));

    /// <exception cref="RequestException">The model answered with something that is not a number.</exception>
    /// <param name="raw">The inputs came as raw values, kept in the workspace's cells.</param>
    public void Run(HttpContext context, ModelGeneration generation, RowBatch batch, Workspace work, bool logged, bool raw)
    {
        var profile = generation.Profile;
        var started = time.GetTimestamp();
        batch.Run();
        var elapsed = time.GetElapsedTime(started);
        foreach (var value in batch.Outputs)
            if (!float.IsFinite(value))
                throw NotFinite(profile);
        if (!raw)
            profile.MarkOutOfRange(batch, work.Rows.OutOfRange);

        var at = time.GetUtcNow();
        var id = ids.Create(profile.Manifest.Model, profile.Manifest.Version, replica.Replica, at, Interlocked.Increment(ref _sequence));
        WriteHeaders(context.Response.Headers, profile, id, work.Rows.OutOfRange);
        metrics.Predicted(profile, batch.Rows, elapsed);
        if (logged)
            log.Add(new LoggedPrediction(id, profile, at, batch.Rows, raw ? null : batch.Inputs.ToArray(), raw ? work.Rows.Cells.Copy() : null, batch.Outputs.ToArray(), elapsed.TotalMicroseconds));
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

    private RequestException NotFinite(ModelProfile profile)
    {
        metrics.AnsweredNotFinite(profile);
        return new(StatusCodes.Status500InternalServerError,
            $"Version {profile.Manifest.Version} of '{profile.Manifest.Model}' answered with a value that is not a finite number, which is no prediction.");
    }

    private static bool IsProbe(HttpContext context) => context.Request.Headers.ContainsKey(SlipwayHeaders.Probe);
}
