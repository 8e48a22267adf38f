using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Primitives;
using Slipway.Faults.Rules;

namespace Slipway.Faults.Http;

/// <summary>
/// An HTTP proxy on loopback in front of an S3 endpoint, whose requests meet the faults of a script. Content is streamed in both directions.
/// The caller's <c>Host</c> is passed on, because it is part of the request's signature.
/// </summary>
public sealed class FaultProxy : IAsyncDisposable
{
    // they belong to one connection, not to the message
    private static readonly HashSet<string> OfTheConnection = new(["Connection", "Keep-Alive", "Proxy-Connection", "Transfer-Encoding", "Upgrade", "TE", "Trailer"], StringComparer.OrdinalIgnoreCase);

    private readonly WebApplication _app;
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false });
    private readonly FaultScript _script;
    private readonly Uri _endpoint;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, byte[]> _listed = new(StringComparer.Ordinal);

    private FaultProxy(Uri endpoint, FaultScript script, TimeProvider time)
    {
        (_endpoint, _script, _time) = (endpoint, script, time);
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.AddServerHeader = false;
        });
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    /// <summary>Where it listens: for <c>AWS_ENDPOINT_URL</c>.</summary>
    public Uri Url { get; private set; } = new("http://127.0.0.1");

    /// <param name="endpoint">The S3 endpoint behind it.</param>
    public static async Task<FaultProxy> StartAsync(Uri endpoint, FaultScript script, TimeProvider time)
    {
        var proxy = new FaultProxy(endpoint, script, time);
        await proxy._app.StartAsync();
        proxy.Url = new(proxy._app.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        _script.Clear();
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        var received = S3ObjectRequest.Of(
            context.Request.Method, context.Request.Path, context.Request.Query, context.Request.Headers.ContainsKey("x-amz-copy-source"));
        try
        {
            FaultRule? left = null;
            foreach (var fault in _script.Meet(received.Operation, received.Key))
                if (fault.Rule.Kind == FaultKind.Delay)
                    await Task.Delay(fault.Rule.Delay, _time, context.RequestAborted);
                else if (fault.Rule.Kind == FaultKind.Hang)
                    await fault.Ended.WaitAsync(context.RequestAborted);
                else
                    left = fault.Rule;
            if (!await RefuseAsync(context, left?.Kind))
                await ForwardAsync(context, received, left);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            context.Abort();
        }
    }

    private static async Task<bool> RefuseAsync(HttpContext context, FaultKind? fault)
    {
        (int Status, string Code)? refusal = fault switch
        {
            FaultKind.InternalError => (500, "InternalError"),
            FaultKind.SlowDown => (503, "SlowDown"),
            FaultKind.NoSpace => (507, "InsufficientStorage"),
            _ => null,
        };
        if (refusal is not var (status, code))
            return false;
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/xml";
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.WriteAsync($"<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>{code}</Code><Message>Injected.</Message></Error>", context.RequestAborted);
        return true;
    }

    private async Task ForwardAsync(HttpContext context, S3ObjectRequest received, FaultRule? fault)
    {
        using var request = Request(context);
        if (fault?.Kind == FaultKind.IgnoredCondition)
        {
            request.Headers.IfMatch.Clear();
            request.Headers.IfNoneMatch.Clear();
        }

        using var answer = await _client.SendAsync(request, context.RequestAborted);
        if (fault?.Kind == FaultKind.LostAnswer)
        {
            // read to its end, so that the write is certainly made
            await answer.Content.CopyToAsync(Stream.Null, context.RequestAborted);
            context.Abort();
            return;
        }

        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
            if (!OfTheConnection.Contains(name))
                context.Response.Headers[name] = new StringValues([.. values]);
        Alter(context.Response.Headers, fault);
        if (answer.IsSuccessStatusCode && received.Operation == StoreOperations.List)
            await ListAsync(context, answer, fault);
        else
            await CopyAsync(context, answer, fault);
    }

    private HttpRequestMessage Request(HttpContext context)
    {
        var request = new HttpRequestMessage(new(context.Request.Method), new Uri(_endpoint, context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget));
        if (context.Request.ContentLength is > 0 || context.Request.Headers.TransferEncoding.Count > 0)
            request.Content = new StreamContent(context.Request.Body);
        else if (context.Request.ContentLength is 0)
            request.Content = new ByteArrayContent([]);
        foreach (var (name, values) in context.Request.Headers)
            if (!OfTheConnection.Contains(name) && !name.Equals("Expect", StringComparison.OrdinalIgnoreCase) && !request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
                request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
        return request;
    }

    private void Alter(IHeaderDictionary headers, FaultRule? fault)
    {
        if (fault?.Kind == FaultKind.WrongETag && headers.ETag is [{ } etag])
            headers.ETag = FaultInjectingStore.WrongETag(etag);
        if (fault?.Kind != FaultKind.SkewedDate)
            return;
        headers.Date = (_time.GetUtcNow() + fault.Skew).ToString("R", CultureInfo.InvariantCulture);
        if (DateTimeOffset.TryParse(headers.LastModified, CultureInfo.InvariantCulture, out var modified))
            headers.LastModified = (modified + fault.Skew).ToString("R", CultureInfo.InvariantCulture);
    }

    private async Task ListAsync(HttpContext context, HttpResponseMessage answer, FaultRule? fault)
    {
        var listing = context.Request.QueryString.Value ?? "";
        var current = await answer.Content.ReadAsByteArrayAsync(context.RequestAborted);
        var sent = fault?.Kind == FaultKind.StaleList && _listed.TryGetValue(listing, out var before) ? before : current;
        if (fault?.Kind != FaultKind.StaleList)
            _listed[listing] = current;
        context.Response.ContentLength = sent.Length;
        await context.Response.Body.WriteAsync(sent, context.RequestAborted);
    }

    private static async Task CopyAsync(HttpContext context, HttpResponseMessage answer, FaultRule? fault)
    {
        var body = await answer.Content.ReadAsStreamAsync(context.RequestAborted);
        if (fault?.Kind is not (FaultKind.ResetInBody or FaultKind.Truncate) || !answer.IsSuccessStatusCode)
        {
            if (!HttpMethods.IsHead(context.Request.Method))
                await body.CopyToAsync(context.Response.Body, context.RequestAborted);
            return;
        }

        var length = Math.Min(fault.Bytes, (int)(answer.Content.Headers.ContentLength ?? fault.Bytes));
        if (fault.Kind == FaultKind.Truncate)
            context.Response.ContentLength = length;
        var sent = new byte[length];
        await body.ReadExactlyAsync(sent, context.RequestAborted);
        await context.Response.Body.WriteAsync(sent, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        if (fault.Kind == FaultKind.ResetInBody)
            context.Abort();
    }
}
