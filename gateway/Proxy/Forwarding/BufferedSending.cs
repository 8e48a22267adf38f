namespace Slipway.Gateway.Forwarding;

/// <summary>Sends one request of the forwarder, which rejects content that is not its own, with a buffered body.</summary>
public sealed class BufferedSending(HttpMessageInvoker servers, RequestBuffer body) : HttpMessageInvoker(Nowhere.Instance, disposeHandler: false)
{
    public override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var content = new BufferedContent(body);
        if (request.Content is { } described)
        {
            foreach (var (name, values) in described.Headers.NonValidated)
                content.Headers.TryAddWithoutValidation(name, values);
        }
        request.Content = content;
        request.Headers.ExpectContinue = null; // the body has already arrived: there is nothing to wait for
        return servers.SendAsync(request, cancellationToken);
    }

    /// <summary>A sender needs a handler; this one gets no requests.</summary>
    private sealed class Nowhere : HttpMessageHandler
    {
        public static readonly Nowhere Instance = new();

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("Requests are sent to servers.");
    }
}
