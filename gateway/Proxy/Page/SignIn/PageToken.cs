using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Slipway.Gateway.Page.SignIn;

/// <summary>
/// The secret that opens the operator's page: part of the address that Deploy prints. A browser gets a session in exchange, which is signed with the
/// token, does not contain it, and expires. Never shown.
/// </summary>
public sealed class PageToken
{
    public const string Expected = "32 to 128 letters, digits, hyphens and underscores, as in $(openssl rand -hex 32)";

    private readonly byte[] _token;

    private PageToken(byte[] token) => _token = token;

    /// <returns>Null if it is not understood.</returns>
    public static PageToken? Parse(string text) =>
        text.Length is >= 32 and <= 128 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_') ? new(Encoding.ASCII.GetBytes(text)) : null;

    /// <summary>Takes the same time wherever a guess differs.</summary>
    public bool Is(string? text) =>
        text is { Length: <= 128 } && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(text)), SHA256.HashData(_token));

    /// <summary>The value of a cookie: when it expires, and a signature over that.</summary>
    public string Session(DateTimeOffset expires)
    {
        var until = expires.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"{until}.{Signature(until)}";
    }

    public SessionState Check(string? session, DateTimeOffset now)
    {
        if (session is not { Length: > 0 and <= 128 })
            return SessionState.None;
        var at = session.IndexOf('.');
        if (at < 1 || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(session[(at + 1)..]), Encoding.UTF8.GetBytes(Signature(session[..at]))))
            return SessionState.Wrong;
        return long.Parse(session[..at], CultureInfo.InvariantCulture) > now.ToUnixTimeSeconds() ? SessionState.Open : SessionState.Expired;
    }

    public override string ToString() => nameof(PageToken);

    private string Signature(string until) => Convert.ToHexStringLower(HMACSHA256.HashData(_token, Encoding.UTF8.GetBytes($"page.{until}")));
}

public enum SessionState
{
    None,

    /// <summary>Signed with another token.</summary>
    Wrong,
    Expired,
    Open,
}
