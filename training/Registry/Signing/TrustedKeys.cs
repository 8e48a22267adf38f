using System.Security.Cryptography;
using Slipway.Registry.Storage;

namespace Slipway.Registry.Signing;

/// <summary>Public keys as they are configured: PEM, one after the other, so that an old one can stay beside a new one for a while.</summary>
public static class TrustedKeys
{
    public const string Label = "PUBLIC KEY";
    public const string Rule = "public keys as PEM, or files with such, separated by commas";

    private const int LargestFile = 64 * 1024;

    /// <param name="text">PEM itself, or the names of files with PEM; nothing gives no key.</param>
    /// <exception cref="SlipwayException">One of them is no public key, or no file; the message says which.</exception>
    public static IReadOnlyList<TrustedKey> Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return [];
        if (text.Contains("-----BEGIN", StringComparison.Ordinal))
            return Parse(text, "the text that was given");

        // a folder may have a comma in its name
        if (File.Exists(text))
            return Parse(ReadFile(text), $"the file '{text}'");

        var keys = new List<TrustedKey>();
        foreach (var file in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            keys.AddRange(Parse(ReadFile(file), $"the file '{file}'"));
        return Distinct(keys);
    }

    /// <param name="place">Where the text is from.</param>
    /// <exception cref="SlipwayException">It holds no public key, or something else beside.</exception>
    public static IReadOnlyList<TrustedKey> Parse(string pem, string place)
    {
        var keys = new List<TrustedKey>();
        var rest = pem.AsSpan();
        while (PemEncoding.TryFind(rest, out var found))
        {
            var label = rest[found.Label];
            if (!label.SequenceEqual(Label))
                throw new SlipwayException(label.Contains("PRIVATE", StringComparison.Ordinal)
                    ? $"A private key is in {place}, where public keys belong. Take it away from there, and consider it known to others."
                    : $"A '{label}' is in {place}, where PEM blocks with the label '{Label}' belong.");
            keys.Add(Key(rest[found.Base64Data], place));
            rest = rest[found.Location.End..];
        }

        return keys.Count > 0 ? Distinct(keys) : throw new SlipwayException($"No public key is in {place}: it takes PEM that begins with -----BEGIN {Label}-----.");
    }

    private static TrustedKey Key(ReadOnlySpan<char> base64, string place)
    {
        try
        {
            return TrustedKey.FromSubjectPublicKeyInfo(Convert.FromBase64String(base64.ToString()));
        }
        catch (Exception e) when (e is FormatException or SlipwayException)
        {
            throw new SlipwayException($"A public key in {place} can not be used. {e.Message}", e);
        }
    }

    private static string ReadFile(string file)
    {
        try
        {
            return new FileInfo(file).Length <= LargestFile
                ? File.ReadAllText(file)
                : throw new SlipwayException($"The file '{file}' is longer than {LargestFile / 1024} KiB: it is no file of public keys.");
        }
        catch (Exception e) when (DirectoryErrors.IsFromTheFolder(e))
        {
            throw new SlipwayException($"The public keys in '{file}' can not be read: {e.Message.TrimEnd('.')}.", e);
        }
    }

    private static IReadOnlyList<TrustedKey> Distinct(List<TrustedKey> keys) => [.. keys.DistinctBy(key => key.Id)];
}
