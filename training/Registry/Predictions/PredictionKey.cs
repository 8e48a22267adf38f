using System.Security.Cryptography;
using System.Text;
using Slipway.Registry.Storage;

namespace Slipway.Registry.Predictions;

/// <summary>The key of prediction ids: a file of 32 random bytes that only its owner may read, or a text from a vault.</summary>
public static class PredictionKey
{
    public const int MinSecretLength = 32;

    private const int Length = 32;

    // writing 32 bytes takes milliseconds; a process that holds the file longer is suspended or stuck
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>The key that is derived from a secret text: the SHA-256 of its UTF-8 bytes.</summary>
    /// <param name="secret">At least <see cref="MinSecretLength"/> characters. Error messages contain none of it.</param>
    public static byte[] FromSecret(string secret) => secret.Length >= MinSecretLength
        ? SHA256.HashData(Encoding.UTF8.GetBytes(secret))
        : throw new SlipwayException($"The secret for prediction ids has {secret.Length} characters; it needs at least {MinSecretLength}.");

    /// <summary>Reads the key, and creates it first if there is none. Concurrent processes all get the same key.</summary>
    public static byte[] ReadOrCreate(string path)
    {
        path = Path.GetFullPath(path);
        try
        {
            byte[]? key = null;
            if (!LockedFile.TryUntil(() => (key = TryReadOrCreate(path)) is not null, Timeout))
                throw new SlipwayException($"Another process has locked the key file '{path}' for {Timeout.TotalSeconds:0} s. Stop it, then try again.");
            return key!.Length == Length
                ? key
                : throw new SlipwayException($"The key file '{path}' has {key.Length} bytes instead of {Length}. Delete it to have a new one created; existing ids will no longer verify as authentic.");
        }
        catch (Exception e) when (DirectoryErrors.IsFromTheFolder(e))
        {
            throw new SlipwayException($"The key file '{path}' cannot be read or created: {e.Message.TrimEnd('.')}. Choose a file in a folder that this user can write to.", e);
        }
    }

    // Null while another process has the file open exclusively. That lock decides who creates the key: on Unix, .NET's Move without
    // overwriting first checks and then renames, so that two could win. An empty file is one whose creator died, or is about to write.
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
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite; // from the start, not only afterwards
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
