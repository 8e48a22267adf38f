using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Slipway.Registry.Traffic;

namespace Slipway.Gateway.Notifications;

/// <summary>A text for people, as incoming webhooks of Slack and of those who understand the same take it.</summary>
public sealed class SlackSender(NotificationHttp http, Uri address) : INotificationSender
{
    public async Task SendAsync(TrafficEvent change, CancellationToken cancellation)
    {
        var text = JsonSerializer.Serialize(new SlackMessage(TextOf(change.Data)), SlackJson.Default.SlackMessage);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(text, Encoding.UTF8, "application/json") };
        await http.SendAsync(request, cancellation);
    }

    public static string TextOf(TrafficChange change)
    {
        if (change.PutBack is { } putBack)
            return $":rewind: *{Escaped(change.Gateway)}*: {Escaped(putBack.Model)} is on version {putBack.To} again, and version {putBack.Version} is blocked\n{Escaped(change.Reason)}";
        if (change.Drift is { } drift)
            return $"{(drift.Ended ? ":white_check_mark:" : ":warning:")} *{Escaped(change.Gateway)}*: {Escaped(drift.Model)} version {drift.Version} {(drift.Ended ? "gets data like its training data again" : "gets other data than it was trained on")}\n{Escaped(change.Reason)}";
        var text = new StringBuilder($"{Sign(change.Phase)} *{Escaped(change.Gateway)}*: traffic is {TrafficEvent.Word(change.Phase)} (was {TrafficEvent.Word(change.Before)}");
        if (change.Split is { } split)
            text.Append(null, $"; blue {split.Blue} %, green {split.Green} %");
        text.Append(')');
        if (change.Rollout is { } rollout)
            text.Append(null, $", rollout {Escaped(rollout)}");
        text.Append('\n').Append(Escaped(change.Reason));
        if (change.Verdict is { } verdict)
            text.Append('\n').Append(Escaped(verdict));
        return text.ToString();
    }

    private static string Sign(TrafficPhase phase) => phase switch
    {
        TrafficPhase.RolledBack => ":rewind:",
        TrafficPhase.Halted => ":warning:",
        TrafficPhase.Promoted => ":white_check_mark:",
        _ => ":information_source:",
    };

    // the three characters that have a meaning: <!channel> in a reason must not wake everybody
    private static string? Escaped(string? text) => text?
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}

public sealed record SlackMessage(string Text);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SlackMessage))]
internal sealed partial class SlackJson : JsonSerializerContext;
