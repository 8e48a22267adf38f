using System.Security.Cryptography;
using System.Text;
using Slipway.Gateway.Options;

namespace Slipway.Gateway.Access;

/// <summary>Identifies a caller by its API key. Only the hashes of keys are stored.</summary>
public static class ApiKeyPolicy
{
    public const string KeyHeader = "x-api-key";

    public static ApiKey? Identify(IHeaderDictionary headers, IReadOnlyList<ApiKey> keys)
    {
        var shown = Shown(headers);
        if (string.IsNullOrEmpty(shown))
            return null;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        // headers are decoded as Latin-1, so these are the bytes that were sent
        SHA256.HashData(Encoding.Latin1.GetBytes(shown), hash);
        ApiKey? found = null;
        // every key is compared, in constant time, so that the duration does not reveal how close a guess was
        foreach (var key in keys)
        {
            if (CryptographicOperations.FixedTimeEquals(hash, key.Sha256))
                found = key;
        }
        return found;
    }

    private static string? Shown(IHeaderDictionary headers)
    {
        const string bearer = "Bearer ";
        if (headers[KeyHeader] is { Count: 1 } key)
            return key;
        var authorization = headers.Authorization.ToString();
        return authorization.StartsWith(bearer, StringComparison.OrdinalIgnoreCase) ? authorization[bearer.Length..].Trim() : null;
    }
}
