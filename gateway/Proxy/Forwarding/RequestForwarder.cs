using Microsoft.AspNetCore.Http.Features;
using Slipway.Registry;
using Yarp.ReverseProxy.Forwarder;

namespace Slipway.Gateway;

/// <summary>
/// Sends a request to a server of its color, and once more to another server when the first failed before its answer began:
/// a killed server costs its callers nothing. Only a response that has not started is taken back.
/// </summary>
public sealed class RequestForwarder
{
    private readonly Fleet _fleet;
    private readonly IHttpForwarder _forwarder;
    private readonly ReplicaEjector _ejector;
    private readonly GatewayMetrics _metrics;
    private readonly GatewayOptions _options;
    private readonly RetryBudget _budget;
    private readonly ForwarderRequestConfig _firstTry;
    private readonly ForwarderRequestConfig _onlyTry;
    private uint _turn;

    public RequestForwarder(Fleet fleet, IHttpForwarder forwarder, ReplicaEjector ejector, GatewayMetrics metrics, GatewayOptions options)
    {
        (_fleet, _forwarder, _ejector, _metrics, _options) = (fleet, forwarder, ejector, metrics, options);
        _budget = new(options.RetryPercent, options.RetryBurst);
        _onlyTry = ColorClusters.Request(options.RequestTimeout);
        _firstTry = ColorClusters.Request(options.FirstTryTimeout < options.RequestTimeout ? options.FirstTryTimeout : options.RequestTimeout);
    }

    public async Task InvokeAsync(HttpContext context, TrafficPick pick)
    {
        var started = _metrics.Start();
        var request = new ForwardedRequest(pick, _budget);
        try
        {
            if (await BufferAsync(context, request))
                await SendAsync(context, request);
        }
        finally
        {
            request.Body?.Dispose();
            _metrics.Answered(request.Color, context, started);
        }
    }

    private async ValueTask SendAsync(HttpContext context, ForwardedRequest request)
    {
        _budget.Earn();
        var turn = Interlocked.Increment(ref _turn);
        if (First(request, turn) is not { } first)
        {
            await Problems.NoServerAsync(context, request.Color);
            return;
        }

        var isRepeatable = RetryPolicy.IsRepeatable(context.Request.Method, context.Request.Path) && (request.Body is not null || !HasBody(context));
        request.MayRepeat = isRepeatable && Elsewhere(request, turn, first) is not null;
        var error = await TryAsync(context, request, first);
        if (request.MayRepeat && MustRepeat(context, request, error) && Elsewhere(request, turn, first) is { } second)
        {
            _metrics.Repeated(first.Color, second.Color);
            context.Response.Clear();
            (request.MayRepeat, request.WasRefused, request.Color) = (false, false, second.Color);
            error = await TryAsync(context, request, first = second);
        }
        if (request.WasRefused)
            await Problems.NoServerAsync(context, request.Color);
        else if (error != ForwarderError.None)
            await Problems.ForwardingFailedAsync(context, error, first);
    }

    /// <summary>In panic, when nobody seems healthy, a server of the other color is still better than none.</summary>
    private Replica? First(ForwardedRequest request, uint turn)
    {
        var fleet = _fleet.Current;
        var first = ReplicaChoicePolicy.Choose(fleet.Of(request.Color), turn, except: null, panic: true);
        if (first is not null || request.IsForced)
            return first;
        first = ReplicaChoicePolicy.Choose(fleet.Of(request.Color.Other()), turn, except: null, panic: true);
        request.Color = first?.Color ?? request.Color;
        return first;
    }

    /// <summary>Same color first; the other one unless the caller insisted.</summary>
    private Replica? Elsewhere(ForwardedRequest request, uint turn, Replica failed)
    {
        var fleet = _fleet.Current;
        return ReplicaChoicePolicy.Choose(fleet.Of(request.Color), turn, failed, panic: false)
            ?? (request.IsForced ? null : ReplicaChoicePolicy.Choose(fleet.Of(request.Color.Other()), turn, failed, panic: false));
    }

    /// <summary>A refusal has already paid for its second try, when it was held back.</summary>
    private bool MustRepeat(HttpContext context, ForwardedRequest request, ForwarderError error) =>
        request.WasRefused
        || (RetryPolicy.IsServerFailure(error) && !context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested && _budget.TrySpend());

    private async ValueTask<ForwarderError> TryAsync(HttpContext context, ForwardedRequest request, Replica replica)
    {
        replica.Enter();
        try
        {
            var error = await _forwarder.SendAsync(
                context, replica.Address, _fleet.Cluster(replica.Color).Model.HttpClient, request.MayRepeat ? _firstTry : _onlyTry, request);
            if (error == ForwarderError.None)
                replica.Succeeded();
            else if (RetryPolicy.IsServerFailure(error))
                _ejector.Failed(replica, context.Features.Get<IForwarderErrorFeature>()?.Exception);
            return error;
        }
        finally
        {
            replica.Leave();
        }
    }

    /// <summary>Returns false when the body could not be read and the caller has been told.</summary>
    private async ValueTask<bool> BufferAsync(HttpContext context, ForwardedRequest request)
    {
        if (!HasBody(context))
            return true;
        try
        {
            request.Body = await RequestBuffer.ReadAsync(context.Request, _options.RetryBufferBytes, context.RequestAborted);
            return true;
        }
        catch (BadHttpRequestException e)
        {
            await Problems.BadRequestAsync(context, e);
            return false;
        }
    }

    private static bool HasBody(HttpContext context) => context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? true;
}
