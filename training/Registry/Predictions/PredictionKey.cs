using System.Security.Cryptography;
using System.Text;
using Slipway.Registry.Storage;

namespace Slipway.Registry.Predictions;

/// <summary>The secret behind prediction ids: a file of 32 random bytes that only their owner may read, or a text that a vault keeps.</summary>
public static class PredictionKey
{
    public const int SecretLengthAtLeast = 32;

    private const int Length = 32;

    // writing 32 bytes takes milliseconds; a holder beyond that is stopped or stuck
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The key that a secret text stands for: the SHA-256 of its UTF-8 bytes.</summary>
    /// <param name="secret">At least <see cref="SecretLengthAtLeast"/> characters. The message of an error holds nothing of it.</param>
    public static byte[] FromSecret(string secret) => secret.Length >= SecretLengthAtLeast
        ? SHA256.HashData(Encoding.UTF8.GetBytes(secret))
        : throw new SlipwayException($"The secret behind prediction ids has {secret.Length} characters; it takes at least {SecretLengthAtLeast}.");

    /// <summary>Reads the key, and makes it first where there is none. Processes that do so at the same moment all get the same.</summary>
    public static byte[] ReadOrCreate(string path)
    {
        path = Path.GetFullPath(path);
        try
        {
            byte[]? key = null;
            if (!HeldFile.TryUntil(() => (key = TryReadOrCreate(path)) is not null, Patience))
                throw new SlipwayException($"Another process has held the key file '{path}' for {Patience.TotalSeconds:0} s. End it, and try again.");
            return key!.Length == Length
                ? key
                : throw new SlipwayException($"The key file '{path}' has {key.Length} bytes in place of {Length}. Delete it to have a new one made; ids given so far will no longer pass as authentic.");
        }
        catch (Exception e) when (DirectoryErrors.IsFromTheFolder(e))
        {
            throw new SlipwayException($"The key file '{path}' can not be read or made: {e.Message.TrimEnd('.')}. Name a file in a folder that this user may write to.", e);
        }
    }

    // Null while another process has the file for itself. That lock is what decides who makes the key: on Unix, .NET's Move without
    // overwriting looks first and renames then, so that two could win. An empty file is one whose maker died, or is about to write.
    private static byte[]? TryReadOrCreate(string path)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > 0 })
                return File.ReadAllBytes(path); // also where the file is read-only

            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var file = new FileStream(path, CreateOptions());
            return file.Length > 0 ? Read(file) : Create(file);
        }
        catch (IOException e) when (DirectoryErrors.IsHeldByAnother(e))
        {
            return null;
        }
    }

    private static FileStreamOptions CreateOptions()
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite; // from its first moment, not only afterwards
        return options;
    }

    private static byte[] Read(FileStream file)
    {
        var key = new byte[file.Length];
        file.ReadExactly(key);
        return key;
    }

    private static byte[] Create(FileStream file)
    {
        var key = RandomNumberGenerator.GetBytes(Length);
        file.Write(key);
        file.Flush(flushToDisk: true);
        return key;
    }
}
