using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http.Features;
using Slipway.Gateway.Access;
using Slipway.Gateway.Options;
using Slipway.Gateway.Replicas;
using Slipway.Gateway.Rollouts;
using Slipway.Gateway.Shadows;
using Slipway.Gateway.Status;
using Slipway.Gateway.Traffic;
using Slipway.Registry.Channels;
using Slipway.Registry.Predictions;
using Slipway.Registry.Rollouts;
using Yarp.ReverseProxy.Forwarder;

namespace Slipway.Gateway.Forwarding;

/// <summary>
/// Sends a request to a server of its color, and again to another server if the first failed before its response started:
/// a killed server costs its callers nothing. Only a response that has not started is discarded.
/// </summary>
public sealed class RequestForwarder
{
    private readonly Fleet _fleet;
    private readonly IHttpForwarder _forwarder;
    private readonly ReplicaEjector _ejector;
    private readonly OutlierDetector _outliers;
    private readonly AdmissionLimit _admission;
    private readonly GatewayMetrics _metrics;
    private readonly GatewayOptions _options;
    private readonly UnresponsiveServerWatch _silence;
    private readonly MemoryBudget _memory;
    private readonly RolloutCounter _rollouts;
    private readonly ShadowForwarder _shadows;
    private readonly TimeProvider _time;
    private readonly RetryBudget _budget;
    private readonly ForwarderRequestConfig _try;
    private uint _turn;

    public RequestForwarder(
        Fleet fleet, IHttpForwarder forwarder, ReplicaEjector ejector, OutlierDetector outliers, UnresponsiveServerWatch silence, MemoryBudget memory,
        AdmissionLimit admission, GatewayMetrics metrics, RolloutCounter rollouts, ShadowForwarder shadows, GatewayOptions options, TimeProvider time)
    {
        (_fleet, _forwarder, _ejector, _silence, _memory, _metrics, _options) = (fleet, forwarder, ejector, silence, memory, metrics, options);
        (_outliers, _admission, _rollouts, _shadows, _time) = (outliers, admission, rollouts, shadows, time);
        _budget = new(options.RetryPercent, options.RetryBurst);
        _try = ColorClusters.Request(options.RequestTimeout);
    }

    public async Task InvokeAsync(HttpContext context, TrafficPick pick)
    {
        var started = _metrics.Start();
        var request = new ForwardedRequest(pick, _budget, _time);
        using var hold = _memory.Open(CallerAddress.Of(context.Connection.RemoteIpAddress));
        var (isAdmitted, isFull) = (false, false);
        try
        {
            var isTaken = await BufferAsync(context, request, hold);
            isFull = hold.WasRefused;
            request.Arrived = _metrics.Start();
            if (!isTaken)
                return;
            isAdmitted = _admission.TryEnter();
            isFull = !isAdmitted;
            if (isAdmitted)
                await SendAsync(context, pick, request);
            else
                await RefuseAsync(context);
        }
        finally
        {
            if (isAdmitted)
                _admission.Leave();
            request.Body?.Dispose();
            // no server and no color did anything about a request that this gateway had no room for
            if (!isFull)
                _metrics.Answered(request.Color, context, started, request.Arrived);
        }
    }

    private Task RefuseAsync(HttpContext context)
    {
        _metrics.Full("requests");
        return ForwardingProblems.FullAsync(context, "as many requests as it may");
    }

    private ValueTask SendAsync(HttpContext context, TrafficPick pick, ForwardedRequest request) =>
        // without a copy, as nearly always, there is nothing to do afterwards, and no state to keep for it
        _shadows.Begin(context, pick, request.Body?.Bytes) is { } shadow ? SendAsync(context, request, shadow) : SendAsync(context, request);

    private async ValueTask SendAsync(HttpContext context, ForwardedRequest request, ShadowCapture shadow)
    {
        using (shadow)
        {
            await SendAsync(context, request);
            _shadows.End(shadow, request.Color);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask SendAsync(HttpContext context, ForwardedRequest request)
    {
        _budget.Earn();
        var turn = Interlocked.Increment(ref _turn);
        if (First(request, turn) is not { } first)
        {
            await ForwardingProblems.NoServerAsync(context, request.Color);
            return;
        }

        var isRepeatable = RetryPolicy.IsRepeatable(context.Request.Method, context.Request.Path) && (request.Body is not null || !HasBody(context));
        request.MayRepeat = isRepeatable && Elsewhere(request, turn, first) is not null;
        var outcome = await TryAsync(context, request, first);
        if (request.Pick.Rollout is { } rollout && request.Color == request.Pick.Color)
            CountFirst(context, request, first, outcome, rollout);
        if (request.MayRepeat && MustRepeat(context, request, outcome) && Elsewhere(request, turn, first) is { } second)
        {
            _metrics.Repeated(first.Color, second.Color);
            context.Response.Clear();
            (request.MayRepeat, request.WasRefused, request.Color) = (false, false, second.Color);
            outcome = await TryAsync(context, request, first = second);
        }
        if (request.WasRefused)
            await ForwardingProblems.NoServerAsync(context, request.Color);
        else if (outcome != TryOutcome.Answered)
            await ForwardingProblems.ForwardingFailedAsync(context, outcome, first);
    }

    /// <summary>In panic mode, when no server seems healthy, a server of the other color is still better than none.</summary>
    private Replica? First(ForwardedRequest request, uint turn)
    {
        var fleet = _fleet.Current;
        var first = ReplicaChoicePolicy.Choose(fleet.Of(request.Color), turn, except: null, panic: true, request.Pick.Rollout);
        if (first is not null || request.IsForced)
            return first;
        first = ReplicaChoicePolicy.Choose(fleet.Of(request.Color.Other()), turn, except: null, panic: true);
        request.Color = first?.Color ?? request.Color;
        return first;
    }

    /// <summary>The same color first; the other one unless the caller requested a color.</summary>
    private Replica? Elsewhere(ForwardedRequest request, uint turn, Replica failed)
    {
        var fleet = _fleet.Current;
        return ReplicaChoicePolicy.Choose(fleet.Of(request.Color), turn, failed, panic: false)
            ?? (request.IsForced ? null : ReplicaChoicePolicy.Choose(fleet.Of(request.Color.Other()), turn, failed, panic: false));
    }

    /// <summary>A refusal has already paid for its retry when it was held back.</summary>
    private bool MustRepeat(HttpContext context, ForwardedRequest request, TryOutcome outcome) =>
        request.WasRefused
        || (outcome == TryOutcome.ServerFailed && !context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested && _budget.TrySpend());

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<TryOutcome> TryAsync(HttpContext context, ForwardedRequest request, Replica replica)
    {
        var span = TrySpan.Start(context, replica);
        var outcome = await SendToAsync(context, request, replica);
        var result = TryResults.Of(outcome, context.Response.StatusCode, request.WasRefused);
        TrySpan.End(span, result, context.Response.StatusCode);
        _metrics.Tried(replica.Color, replica.Heartbeat.Release, result);
        return outcome;
    }

    private void CountFirst(HttpContext context, ForwardedRequest request, Replica replica, TryOutcome outcome, RolloutState rollout)
    {
        if (!CandidateServers.IsMeant(rollout, replica.Heartbeat, rollout.Plan.Model is null ? default : context.Response.Headers[SlipwayHeaders.ModelVersion]))
            return;
        int? status = request.Responded == 0 ? null : context.Response.StatusCode;
        // while a body passes through, the caller's time to send it is part of every duration
        long? waited = request.Body is null && HasBody(context) ? null
            : (long)_time.GetElapsedTime(request.Arrived, status is null ? _time.GetTimestamp() : request.Responded).TotalMicroseconds;
        if (outcome == TryOutcome.CallerFailed && !context.RequestAborted.IsCancellationRequested)
            waited = null;
        var result = TryResults.Of(outcome, context.Response.StatusCode, request.WasRefused);
        if (AttemptOutcomes.Of(result, status, request.IsNotFinite, waited, rollout.SlowMicroseconds) is { } counted)
            _rollouts.Attempted(new(
                rollout, request.Pick.Share, request.Color, counted, status is null ? null : waited, request.Pick.Sticky,
                counted.IsBad() ? IdOf(context, replica) : null));
    }

    private static AttemptId IdOf(HttpContext context, Replica replica) =>
        context.Response.Headers[SlipwayHeaders.PredictionId] is [{ Length: < 200 } prediction]
            ? new(prediction, IsLogged: true, replica.Heartbeat.Replica)
            : new(context.TraceIdentifier, IsLogged: false, replica.Heartbeat.Replica);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<TryOutcome> SendToAsync(HttpContext context, ForwardedRequest request, Replica replica)
    {
        replica.Enter();
        try
        {
            request.Target = replica.Targets;
            var silence = request.MayRepeat ? _silence.Wait(replica.Destination) : CancellationToken.None;
            var servers = _fleet.Cluster(replica.Color).Model.HttpClient;
            var error = await _forwarder.SendAsync(
                context, replica.Address, request.Body is { } body ? new BufferedSending(servers, body) : servers, _try, request, silence);
            if (error == ForwarderError.None)
            {
                replica.Succeeded();
                _outliers.Answered(replica, context.Request.Path, context.Response.StatusCode);
                return TryOutcome.Answered;
            }
            var cause = context.Features.Get<IForwarderErrorFeature>()?.Exception;
            var outcome = TryOutcomes.Of(error, cause, wasTakenBack: silence.IsCancellationRequested && !context.RequestAborted.IsCancellationRequested);
            if (outcome == TryOutcome.ServerFailed)
            {
                _ejector.Failed(replica, cause);
                _outliers.Failed(replica, context.Request.Path);
            }
            return outcome;
        }
        finally
        {
            replica.Leave();
        }
    }

    /// <summary>Returns false if the body could not be read and the caller has got a response.</summary>
    private async ValueTask<bool> BufferAsync(HttpContext context, ForwardedRequest request, MemoryBudget.BodyHold hold)
    {
        if (!HasBody(context))
            return true;
        try
        {
            request.Body = await RequestBuffer.ReadAsync(context.Request, _options.RetryBufferBytes, hold, context.RequestAborted);
        }
        catch (IOException e) when (!context.RequestAborted.IsCancellationRequested)
        {
            // whatever is wrong with a body, only its caller can have caused it
            await ForwardingProblems.BadBodyAsync(context, e);
            return false;
        }
        if (request.Body is not null)
            BufferedBody.Mark(context);
        if (!hold.WasRefused)
            return true;
        _metrics.Full("memory");
        await ForwardingProblems.FullAsync(context, "as many request bodies as it may, in total or from one caller");
        return false;
    }

    private static bool HasBody(HttpContext context) => context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? true;
}
