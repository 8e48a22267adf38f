using Slipway.Gateway.Replicas;
using Slipway.Gateway.Rollouts;
using Slipway.Gateway.Traffic;
using Slipway.Registry;
using Slipway.Registry.Channels;
using Slipway.Registry.Predictions;

namespace Slipway.Gateway.Shadows;

/// <summary>
/// Copies a share of the requests that stable answers to the candidate, and compares the answers. A caller never waits for it: a copy is sent after
/// the caller has its answer, from a queue and with a deadline of its own, and is dropped where there is no room. Servers do not log copies as predictions.
/// </summary>
public sealed partial class ShadowForwarder(
    CurrentTraffic traffic, Fleet fleet, ShadowQueue queue, ShadowTally tally, TrafficDraws draws, TimeProvider time, ILogger<ShadowForwarder> logger)
    : BackgroundService
{
    private const int Senders = 4;
    private const int MaxAnswer = 1 << 20;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private uint _turn;

    /// <returns>Null if this request is not to be copied.</returns>
    public ShadowCapture? Begin(HttpContext context, TrafficPick pick, ReadOnlyMemory<byte>? body)
    {
        if (pick.Rollout is not { Plan.Shadow: > 0 } rollout || pick.Color != rollout.Stable || body is null || !IsPrediction(context.Request, rollout.Plan.Model))
            return null;
        if (draws.Next() * 100 >= rollout.Plan.Shadow)
            return null;
        if (queue.Bytes + body.Value.Length <= ShadowQueue.MaxBytes)
            return new(context, rollout, body.Value);
        tally.Add(rollout.Plan.Id, new(Dropped: 1));
        return null;
    }

    /// <summary>The caller has its answer: the copy may be sent.</summary>
    /// <param name="answered">The color that answered, which is not stable if its server failed.</param>
    public void End(ShadowCapture capture, Color answered)
    {
        if (capture.End() is { } request && answered == request.Candidate.Other() && !queue.TryAdd(request))
            tally.Add(request.Rollout, new(Dropped: 1));
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => Task.Run(() => SendAllAsync(stoppingToken), stoppingToken)));

    private async Task SendAllAsync(CancellationToken cancellation)
    {
        await foreach (var request in queue.ReadAllAsync(cancellation))
        {
            try
            {
                await SendAsync(request, cancellation);
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                // whatever a copy meets, callers are not affected
                tally.Add(request.Rollout, new(Failed: 1));
                CopyFailed(request.Rollout, e.Message);
            }
            finally
            {
                queue.Done(request);
            }
        }
    }

    private async Task SendAsync(ShadowRequest request, CancellationToken cancellation)
    {
        // a rollout that has ended meanwhile needs no comparison
        if (traffic.State?.Rollout is not { } rollout || rollout.Plan.Id != request.Rollout || PredictedRows.Read(request.Answer, request.AnswerType) is not { } stable)
            return;
        if (ReplicaChoicePolicy.Choose(fleet.Current.Of(request.Candidate), Interlocked.Increment(ref _turn), except: null, panic: false, rollout) is not { } replica
            || !CandidateServers.IsMeant(rollout, replica.Heartbeat))
        {
            tally.Add(request.Rollout, new(Dropped: 1));
            return;
        }

        using var deadline = new Deadline(Timeout, time, cancellation);
        using var message = Message(request, replica);
        using var response = await fleet.Cluster(request.Candidate).Model.HttpClient.SendAsync(message, deadline.Token);
        if (!CandidateServers.IsMeant(rollout, replica.Heartbeat, First(response, SlipwayHeaders.ModelVersion)))
        {
            tally.Add(request.Rollout, new(Dropped: 1));
            return;
        }
        if (!response.IsSuccessStatusCode || await ReadAsync(response, deadline.Token) is not { } answer)
        {
            tally.Add(request.Rollout, new(Failed: 1));
            return;
        }
        var type = response.Content.Headers.ContentType?.MediaType;
        Compare(request, stable, PredictedRows.Read(answer, type), First(response, SlipwayHeaders.PredictionId));
    }

    private static string? First(HttpResponseMessage response, string header) => response.Headers.TryGetValues(header, out var values) ? values.First() : null;

    private void Compare(ShadowRequest request, PredictedRows stable, PredictedRows? candidate, string? candidateId)
    {
        // an answer that cannot be read where stable's could is another answer
        var disagree = candidate is null ? true : ShadowComparison.Disagree(stable, candidate, request.Predicted, row: (int)(draws.Next() * stable.Rows));
        if (disagree is { } differs)
            tally.Add(request.Rollout, new(Compared: 1, Disagreed: differs ? 1 : 0), differs ? new(request.StableId, candidateId, time.GetUtcNow()) : null);
    }

    private static HttpRequestMessage Message(ShadowRequest request, Replica replica)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, $"{replica.Address}{request.Target}") { Content = new ByteArrayContent(request.Body) };
        foreach (var (name, value) in request.Headers)
            if (!message.Headers.TryAddWithoutValidation(name, value))
                message.Content.Headers.TryAddWithoutValidation(name, value);
        message.Headers.TryAddWithoutValidation(SlipwayHeaders.Probe, "shadow");
        return message;
    }

    /// <returns>Null if the answer is too long to be compared.</returns>
    private static async Task<byte[]?> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellation);
        using var copy = new MemoryStream();
        var buffer = new byte[16 << 10];
        while (await stream.ReadAsync(buffer, cancellation) is > 0 and var read)
        {
            if (copy.Length + read > MaxAnswer)
                return null;
            copy.Write(buffer, 0, read);
        }
        return copy.ToArray();
    }

    private static bool IsPrediction(HttpRequest request, string? model)
    {
        var path = request.Path.Value ?? "";
        return HttpMethods.IsPost(request.Method)
            && (model is null
                ? path.EndsWith("/infer", StringComparison.Ordinal) || path.EndsWith("/invocations", StringComparison.Ordinal)
                : path.StartsWith($"/v2/models/{model}/", StringComparison.Ordinal) && path.EndsWith("/infer", StringComparison.Ordinal));
    }

    [LoggerMessage(LogLevel.Debug, "A copy for rollout {Rollout} failed: {Problem}")]
    private partial void CopyFailed(string rollout, string problem);
}
