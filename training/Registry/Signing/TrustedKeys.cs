using System.Security.Cryptography;
using Slipway.Registry.Storage;

namespace Slipway.Registry.Signing;

/// <summary>Configured public keys: PEM, one after the other, so that an old key can stay trusted in addition to a new one for a while.</summary>
public static class TrustedKeys
{
    public const string Label = "PUBLIC KEY";
    public const string Rule = "public keys as PEM, or files with them, separated by commas";

    private const int MaxFileBytes = 64 * 1024;

    /// <param name="text">PEM, or the names of files with PEM; empty for no key.</param>
    /// <exception cref="SlipwayException">One of them is not a public key, or not a file; the message says which.</exception>
    public static IReadOnlyList<TrustedKey> Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return [];
        if (text.Contains("-----BEGIN", StringComparison.Ordinal))
            return Parse(text, "the configured text");

        // a folder may have a comma in its name
        if (File.Exists(text))
            return Parse(ReadFile(text), $"the file '{text}'");

        var keys = new List<TrustedKey>();
        foreach (var file in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            keys.AddRange(Parse(ReadFile(file), $"the file '{file}'"));
        return Distinct(keys);
    }

    /// <param name="place">Where the text comes from.</param>
    /// <exception cref="SlipwayException">It contains no public key, or something else in addition.</exception>
    public static IReadOnlyList<TrustedKey> Parse(string pem, string place)
    {
        var keys = new List<TrustedKey>();
        var rest = pem.AsSpan();
        while (PemEncoding.TryFind(rest, out var found))
        {
            var label = rest[found.Label];
            if (!label.SequenceEqual(Label))
                throw new SlipwayException(label.Contains("PRIVATE", StringComparison.Ordinal)
                    ? $"{place} contains a private key instead of public keys. Remove it, and consider it compromised."
                    : $"{place} contains a '{label}' instead of PEM blocks with the label '{Label}'.");
            keys.Add(Key(rest[found.Base64Data], place));
            rest = rest[found.Location.End..];
        }

        return keys.Count > 0 ? Distinct(keys) : throw new SlipwayException($"{place} contains no public key: it needs PEM that begins with -----BEGIN {Label}-----.");
    }

    private static TrustedKey Key(ReadOnlySpan<char> base64, string place)
    {
        try
        {
            return TrustedKey.FromSubjectPublicKeyInfo(Convert.FromBase64String(base64.ToString()));
        }
        catch (Exception e) when (e is FormatException or SlipwayException)
        {
            throw new SlipwayException($"A public key in {place} cannot be used. {e.Message}", e);
        }
    }

    private static string ReadFile(string file)
    {
        try
        {
            return new FileInfo(file).Length <= MaxFileBytes
                ? File.ReadAllText(file)
                : throw new SlipwayException($"The file '{file}' is longer than {MaxFileBytes / 1024} KiB: it is not a file with public keys.");
        }
        catch (Exception e) when (DirectoryErrors.IsFromTheFolder(e) || e is ArgumentException)
        {
            // ArgumentException: no file can have this name
            throw new SlipwayException($"The public keys in '{file}' cannot be read: {e.Message.TrimEnd('.')}.", e);
        }
    }

    private static IReadOnlyList<TrustedKey> Distinct(List<TrustedKey> keys) => [.. keys.DistinctBy(key => key.Id)];
}
