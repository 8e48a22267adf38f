using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Slipway.Registry;

namespace Slipway.Gateway.Notifications;

/// <summary>Reads the targets of notifications. Errors never contain an address, because it may be a secret.</summary>
public static partial class NotificationTargetReader
{
    /// <summary>For errors.</summary>
    public const string Expected = "https://<host>/<path>, slack+https://<host>/<path>, sns:<topic ARN> or eventbridge:<name or ARN of a bus>; $NAME stands for an environment variable that contains the target";

    /// <summary>Each of them is told everything, so a list that grows by accident is an error.</summary>
    public const int MaxTargets = 10;

    private const string SlackPrefix = "slack+";
    private const string SnsPrefix = "sns:";
    private const string EventBridgePrefix = "eventbridge:";

    /// <param name="word">One target, or <c>$NAME</c>.</param>
    /// <param name="variable">Returns the value of an environment variable.</param>
    /// <param name="problem">What is wrong with it; null if nothing is.</param>
    /// <returns>Null if something is wrong with it.</returns>
    public static NotificationTarget? Read(string word, Func<string, string?> variable, out string? problem)
    {
        var (text, source) = (word, "");
        if (word.StartsWith('$'))
        {
            // what cannot be a name may be an address with a secret, which no message repeats
            if (!VariablePattern.IsMatch(word))
                return Wrong("begins with $, which must be followed by the name of an environment variable", out problem);
            text = variable(word[1..])?.Trim();
            source = $" in {word}";
            if (string.IsNullOrEmpty(text))
                return Wrong($"names {word}, which is not set", out problem);
        }
        problem = null;
        if (text.StartsWith(SnsPrefix, StringComparison.Ordinal))
            return TopicPattern.IsMatch(text[SnsPrefix.Length..])
                ? new(NotificationKind.Sns, text, text[SnsPrefix.Length..])
                : Wrong($"contains a topic{source} that is not understood; expected sns:arn:aws:sns:<region>:<account>:<name>", out problem);
        if (text.StartsWith(EventBridgePrefix, StringComparison.Ordinal))
            return BusPattern.IsMatch(text[EventBridgePrefix.Length..])
                ? new(NotificationKind.EventBridge, text, text[EventBridgePrefix.Length..])
                : Wrong($"contains a bus{source} that is not understood; expected eventbridge:<name> or eventbridge:arn:aws:events:<region>:<account>:event-bus/<name>", out problem);
        return text.StartsWith(SlackPrefix, StringComparison.Ordinal)
            ? Url(NotificationKind.Slack, text[SlackPrefix.Length..], source, out problem)
            : Url(NotificationKind.Webhook, text, source, out problem);
    }

    private static NotificationTarget? Url(NotificationKind kind, string text, string source, out string? problem)
    {
        problem = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            return Wrong($"contains a target{source} that is not understood; expected {Expected}", out problem);
        if (url.UserInfo.Length > 0 || url.Fragment.Length > 0)
            return Wrong($"contains an address of {url.Host}{source} with a user, a password or a fragment, which are not sent: remove them", out problem);
        if (url.Scheme == "http" && !url.IsLoopback)
            return Wrong($"contains an address of {url.Host}{source} without TLS; expected https, because only this machine can be reached without it", out problem);
        if (IPAddress.TryParse(url.Host.Trim('[', ']'), out var ip) && IsRefused(ip))
            return Wrong($"contains the address {url.Host}{source}, which belongs to the machine or the network and not to a receiver", out problem);
        var word = kind == NotificationKind.Slack ? "slack" : "webhook";
        return new(kind, $"{word}:{url.Host}#{Sha256Hex.Of(url.AbsoluteUri)[..8]}", url.AbsoluteUri);
    }

    /// <summary>Metadata services of clouds are link-local; nothing that listens there wants to hear of traffic.</summary>
    private static bool IsRefused(IPAddress ip)
    {
        var plain = ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip;
        return plain.IsIPv6LinkLocal || plain.IsIPv6Multicast || plain.Equals(IPAddress.Any) || plain.Equals(IPAddress.IPv6Any)
            || (plain.AddressFamily == AddressFamily.InterNetwork && (plain.GetAddressBytes() is [169, 254, ..] or [>= 224, ..]));
    }

    private static NotificationTarget? Wrong(string text, out string? problem)
    {
        problem = text;
        return null;
    }

    [GeneratedRegex(@"^\$[A-Za-z_][A-Za-z0-9_]*$")]
    private static partial Regex VariablePattern { get; }

    [GeneratedRegex(@"^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}(\.fifo)?$")]
    private static partial Regex TopicPattern { get; }

    [GeneratedRegex(@"^(arn:aws[a-z-]*:events:[a-z0-9-]+:\d{12}:event-bus/)?[A-Za-z0-9._/-]{1,256}$")]
    private static partial Regex BusPattern { get; }
}
