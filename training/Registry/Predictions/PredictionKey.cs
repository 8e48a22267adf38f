using System.Security.Cryptography;

namespace Slipway.Registry;

/// <summary>The file with the secret behind prediction ids: 32 random bytes that only their owner may read.</summary>
public static class PredictionKey
{
    private const int Length = 32;

    /// <summary>Reads the key, and makes it first where there is none. Processes that do so at the same moment all get the same.</summary>
    public static byte[] ReadOrCreate(string path)
    {
        path = Path.GetFullPath(path);
        try
        {
            if (!File.Exists(path))
                Create(path);
            var key = File.ReadAllBytes(path);
            return key.Length == Length
                ? key
                : throw new SlipwayException($"The key file '{path}' has {key.Length} bytes in place of {Length}. Delete it to have a new one made; ids given so far will no longer pass as authentic.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SlipwayException($"The key file '{path}' can not be read or made: {e.Message.TrimEnd('.')}. Name a file in a folder that this user may write to.", e);
        }
    }

    private static void Create(string path)
    {
        var folder = Directory.CreateDirectory(Path.GetDirectoryName(path)!).FullName;
        var temporary = Path.Combine(folder, $".{Guid.NewGuid():N}.key");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite; // from its first moment, not only afterwards

        try
        {
            using (var file = new FileStream(temporary, options))
            {
                file.Write(RandomNumberGenerator.GetBytes(Length));
                file.Flush(flushToDisk: true);
            }

            // the first to rename wins, and whoever was slower reads that one
            File.Move(temporary, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
