using System.Security.Cryptography;
using System.Text;

namespace Slipway.PredictionLogs.Writing;

/// <summary>
/// Replaces personal values by a keyed hash: the same value of the same column has the same hash everywhere in an environment, so it can be grouped and joined, and
/// nobody without the key can try which value it was.
/// </summary>
/// <param name="key">The key of prediction ids. A key of its own is derived from it.</param>
public sealed class PersonalValues(byte[] key)
{
    private const int HashBytes = 8;

    private readonly byte[] _key = HMACSHA256.HashData(key, "slipway personal values"u8);

    /// <returns>16 hex digits.</returns>
    public string Hash(string column, string value) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{column}\0{value}")).AsSpan(0, HashBytes));
}
