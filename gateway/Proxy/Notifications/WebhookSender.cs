using System.Globalization;
using System.Net.Http.Headers;

namespace Slipway.Gateway.Notifications;

/// <summary>A CloudEvent by HTTP POST, signed as Standard Webhooks says: https://github.com/standard-webhooks/standard-webhooks</summary>
public sealed class WebhookSender(NotificationHttp http, Uri address, NotificationSecret secret, TimeProvider time) : INotificationSender
{
    public async Task SendAsync(TrafficEvent change, CancellationToken cancellation)
    {
        var body = change.ToBytes();
        var seconds = time.GetUtcNow().ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(TrafficEvent.MediaType, "utf-8");
        request.Headers.Add("webhook-id", change.Id);
        request.Headers.Add("webhook-timestamp", seconds.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", secret.Sign(change.Id, seconds, body));
        await http.SendAsync(request, cancellation);
    }
}
