using System.Security.Cryptography;
using System.Text;

namespace Slipway.Gateway.Notifications;

/// <summary>The keys with which webhooks are signed, as Standard Webhooks has them. More than one while a receiver changes to another. Never shown.</summary>
public sealed class NotificationSecret
{
    public const string Expected = "whsec_ and the base64 of 24 to 64 random bytes, as in whsec_$(openssl rand -base64 32); several, separated by commas, while receivers change to another";

    private const string Prefix = "whsec_";

    private readonly byte[][] _keys;

    private NotificationSecret(byte[][] keys) => _keys = keys;

    /// <returns>Null if it is not understood.</returns>
    public static NotificationSecret? Parse(string text)
    {
        var keys = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Key).ToArray();
        return keys.Length is 0 or > 4 || keys.Any(key => key is null) ? null : new(keys!);
    }

    /// <summary>The value of <c>webhook-signature</c>: one signature for each key.</summary>
    /// <param name="id">The value of <c>webhook-id</c>.</param>
    /// <param name="seconds">The value of <c>webhook-timestamp</c>.</param>
    public string Sign(string id, long seconds, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(FormattableString.Invariant($"{id}.{seconds}.")), .. body];
        return string.Join(' ', _keys.Select(key => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}"));
    }

    public override string ToString() => nameof(NotificationSecret);

    private static byte[]? Key(string word)
    {
        var buffer = new byte[word.Length];
        return word.StartsWith(Prefix, StringComparison.Ordinal) && Convert.TryFromBase64String(word[Prefix.Length..], buffer, out var length) && length is >= 24 and <= 64
            ? buffer[..length]
            : null;
    }
}
