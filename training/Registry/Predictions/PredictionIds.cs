using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Slipway.Registry.Predictions;

/// <summary>
/// Creates and parses prediction ids: <c>&lt;model&gt;.&lt;version&gt;.&lt;replica&gt;.&lt;yyyyMMddHH&gt;.&lt;sequence&gt;.&lt;check&gt;</c>,
/// at most 128 characters of a-z, 0-9, hyphen and dot. The check is the first 16 hex digits of HMAC-SHA256 over everything before its dot,
/// so a trace can distinguish an id of our servers from a forged one. Thread-safe.
/// </summary>
public sealed class PredictionIds
{
    public const int MaxLength = 128;
    public const int MaxReplicaLength = 24;
    public const string ReplicaRule = "lower-case letters, digits and hyphens, at most 24 characters";

    private const int CheckLength = 16;
    internal const string HourFormat = "yyyyMMddHH";

    private static readonly SearchValues<char> ReplicaCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private readonly byte[] _key;

    // setting the key costs twice as much as a check, so keyed instances are reused
    private readonly ConcurrentBag<IncrementalHash> _keyed = [];

    /// <param name="key">At least 16 bytes, the same for all servers whose ids are to be distinguished from forgeries.</param>
    public PredictionIds(byte[] key)
    {
        if (key.Length < 16)
            throw new SlipwayException($"The key for prediction ids has {key.Length} bytes; it needs at least 16. Delete the key file to have a new one created.");
        _key = [.. key];
    }

    public static bool IsReplica(ReadOnlySpan<char> replica) =>
        replica.Length is > 0 and <= MaxReplicaLength && !replica.ContainsAnyExcept(ReplicaCharacters);

    /// <summary>What the ids of a version on a server begin with.</summary>
    /// <exception cref="ArgumentException">The model or the replica has no valid name, or the version is not positive.</exception>
    public static PredictionIdStart StartOf(string model, int version, string replica)
    {
        if (!ModelName.IsValid(model))
            throw new ArgumentException($"'{model}' is not a model name: {ModelName.Rule}.", nameof(model));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(version);
        if (!IsReplica(replica))
            throw new ArgumentException($"'{replica}' is not a replica name: {ReplicaRule}.", nameof(replica));
        return new(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{model}.{version}.{replica}.")));
    }

    public string Create(string model, int version, string replica, DateTimeOffset at, ulong sequence) => Create(StartOf(model, version, replica), at, sequence);

    /// <summary>Allocates the id and nothing else.</summary>
    public string Create(PredictionIdStart start, DateTimeOffset at, ulong sequence)
    {
        Span<byte> id = stackalloc byte[MaxLength];
        var length = start.Write(id, at);
        sequence.TryFormat(id[length..], out var written, "x", CultureInfo.InvariantCulture);
        length += written;
        var check = id.Slice(length + 1, CheckLength);
        WriteCheck(id[..length], check);
        id[length] = (byte)'.';
        return Encoding.ASCII.GetString(id[..(length + 1 + CheckLength)]);
    }

    /// <summary>Whether the id was created with this key. Takes constant time, wherever a forgery differs.</summary>
    public bool IsAuthentic(string text)
    {
        if (!TryParse(text, out _))
            return false;

        Span<byte> id = stackalloc byte[MaxLength];
        var length = Encoding.ASCII.GetBytes(text, id);
        Span<byte> expected = stackalloc byte[CheckLength];
        WriteCheck(id[..(length - CheckLength - 1)], expected);
        return CryptographicOperations.FixedTimeEquals(expected, id[(length - CheckLength)..length]);
    }

    /// <summary>Parses an id with any key, in exactly the format of <see cref="Create(PredictionIdStart, DateTimeOffset, ulong)"/>.</summary>
    public static bool TryParse(string? text, out PredictionId id)
    {
        id = default;
        if (text is null or { Length: 0 or > MaxLength } || text.Split('.') is not [var model, var version, var replica, var hour, var sequence, var check])
            return false;
        if (!ModelName.IsValid(model) || !IsReplica(replica) || check.Length != CheckLength || !IsHex(check))
            return false;
        if (!IsCanonical(version) || !int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
            return false;
        if (!IsCanonical(sequence) || !IsHex(sequence) || !ulong.TryParse(sequence, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var count))
            return false;
        if (!DateTimeOffset.TryParseExact(hour, HourFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var start))
            return false;

        id = new(model, number, replica, start, count);
        return true;
    }

    private void WriteCheck(ReadOnlySpan<byte> text, Span<byte> check)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (!_keyed.TryTake(out var keyed))
            keyed = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        keyed.AppendData(text);
        keyed.GetHashAndReset(mac);
        _keyed.Add(keyed);
        Convert.TryToHexStringLower(mac[..(CheckLength / 2)], check, out _);
    }

    private static bool IsHex(ReadOnlySpan<char> text) => text.Length > 0 && !text.ContainsAnyExcept(HexDigits);

    // one id has one spelling: no leading zeros
    private static bool IsCanonical(ReadOnlySpan<char> number) => number is "0" or [not '0', ..];
}
