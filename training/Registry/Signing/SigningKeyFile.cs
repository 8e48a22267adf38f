using System.Security.Cryptography;
using System.Text;
using Slipway.Registry.Storage;

namespace Slipway.Registry.Signing;

/// <summary>
/// A pair of key files: the private key as PEM that only its owner may read, and next to it the public keys with which its signatures, and those of
/// earlier keys, are verified.
/// </summary>
public static class SigningKeyFile
{
    // such a PEM has about 240 characters
    private const int MaxFileBytes = 16 * 1024;

    // writing it takes milliseconds; a process that holds the file longer is suspended or stuck
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Reads the private key, and creates it first if there is none. Concurrent processes all get the same key. Afterwards, the public key is in
    /// <paramref name="publicPath"/>, after those that were already there.
    /// </summary>
    public static LocalKeySigner ReadOrCreate(string path, string publicPath)
    {
        (path, publicPath) = (Path.GetFullPath(path), Path.GetFullPath(publicPath));
        try
        {
            LocalKeySigner? signer = null;
            if (!LockedFile.TryUntil(() => (signer = TryReadOrCreate(path, publicPath)) is not null, Timeout))
                throw new SlipwayException($"Another process has locked the key file '{path}' for {Timeout.TotalSeconds:0} s. Stop it, then try again.");
            return signer!;
        }
        catch (Exception e) when (DirectoryErrors.IsFromTheFolder(e))
        {
            throw new SlipwayException($"The key file '{path}' cannot be read or created: {e.Message.TrimEnd('.')}. Choose a file in a folder that this user can write to.", e);
        }
    }

    /// <summary>The public keys; if their file is gone, it is recreated from the private key. Empty if neither exists.</summary>
    public static IReadOnlyList<TrustedKey> ReadTrusted(string path, string publicPath)
    {
        if (!Path.Exists(publicPath) && File.Exists(path))
            ReadOrCreate(path, publicPath).Dispose();
        return Path.Exists(publicPath) ? ReadPublic(publicPath) : [];
    }

    private static IReadOnlyList<TrustedKey> ReadPublic(string path)
    {
        if (Directory.Exists(path))
            throw new SlipwayException($"'{path}' is a folder instead of a file with public keys. Move it away to have the file recreated.");
        try
        {
            return TrustedKeys.Read(path);
        }
        catch (SlipwayException e)
        {
            throw new SlipwayException($"{e.Message} Restore the file from a backup; or move it away to have it recreated from the private key.", e);
        }
    }

    // Null while another process has the file open exclusively: that lock decides who creates the key. An empty file is one whose creator died, or is about to write.
    private static LocalKeySigner? TryReadOrCreate(string path, string publicPath)
    {
        try
        {
            var signer = Open(path);
            Publish(signer.Key, publicPath);
            return signer;
        }
        catch (IOException e) when (DirectoryErrors.IsHeldByAnother(e))
        {
            return null;
        }
    }

    private static LocalKeySigner Open(string path)
    {
        if (new FileInfo(path) is { Exists: true, Length: > 0 })
        {
            using var known = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read); // also if it is read-only
            return Read(known, path);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = new FileStream(path, CreateOptions());
        return file.Length > 0 ? Read(file, path) : Create(file);
    }

    private static FileStreamOptions CreateOptions()
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite; // from the start, not only afterwards
        return options;
    }

    private static LocalKeySigner Read(FileStream file, string path)
    {
        if (file.Length > MaxFileBytes)
            throw NoKey(path, "it is too long");
        using var reader = new StreamReader(file, leaveOpen: true);
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(reader.ReadToEnd());
            // validates that it is on the right curve; a public key alone cannot sign
            TrustedKey.FromSubjectPublicKeyInfo(key.ExportSubjectPublicKeyInfo());
            key.SignHash(new byte[SHA256.HashSizeInBytes]);
            return new(key);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or SlipwayException)
        {
            key.Dispose();
            throw NoKey(path, e.Message.TrimEnd('.'), e);
        }
    }

    private static SlipwayException NoKey(string path, string why, Exception? inner = null) => new(
        $"The key file '{path}' contains no private key that can sign: {why}. Restore it from a backup; or move it away to have a new one created, and sign again with ./build.sh --target=Sign.",
        inner ?? new CryptographicException(why));

    private static LocalKeySigner Create(FileStream file)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using (var writer = new StreamWriter(file, leaveOpen: true))
            writer.WriteLine(key.ExportPkcs8PrivateKeyPem());
        file.Flush(flushToDisk: true);
        return new(key);
    }

    // Signatures by a key that was replaced stay valid until somebody removes its public key. Two processes that publish the same key write the same.
    private static void Publish(TrustedKey key, string path)
    {
        if (!Path.Exists(path))
        {
            var temporary = $"{path}.{Guid.NewGuid():N}";
            File.WriteAllText(temporary, $"{key.ToPem()}\n");
            File.Move(temporary, path, overwrite: true);
        }
        else if (ReadPublic(path).All(one => one.Id != key.Id))
        {
            // into the same file, which is what a container has mounted; concurrent readers find the new block, or only those before it
            using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
            file.Write(Encoding.ASCII.GetBytes($"\n{key.ToPem()}\n"));
        }
    }
}
