using System.Security.Cryptography;
using System.Text;
using Slipway.Registry.Storage;

namespace Slipway.Registry.Signing;

/// <summary>
/// A pair of key files: the private key as PEM that only its owner may read, and beside it the public keys that its signatures, and those of
/// the keys before it, are checked with.
/// </summary>
public static class SigningKeyFile
{
    // a PEM of this kind has some 240 characters
    private const int LargestFile = 16 * 1024;

    // writing it takes milliseconds; a holder beyond that is stopped or stuck
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Reads the private key, and makes it first where there is none. Processes that do so at the same moment all get the same. The public key is in
    /// <paramref name="publicPath"/> afterwards, after those that were there.
    /// </summary>
    public static LocalKeySigner ReadOrCreate(string path, string publicPath)
    {
        (path, publicPath) = (Path.GetFullPath(path), Path.GetFullPath(publicPath));
        try
        {
            LocalKeySigner? signer = null;
            if (!HeldFile.TryUntil(() => (signer = TryReadOrCreate(path, publicPath)) is not null, Patience))
                throw new SlipwayException($"Another process has held the key file '{path}' for {Patience.TotalSeconds:0} s. End it, and try again.");
            return signer!;
        }
        catch (Exception e) when (DirectoryErrors.IsFromTheFolder(e))
        {
            throw new SlipwayException($"The key file '{path}' can not be read or made: {e.Message.TrimEnd('.')}. Name a file in a folder that this user may write to.", e);
        }
    }

    /// <summary>The public keys; where their file is gone it is made anew of the private key. None where there is neither.</summary>
    public static IReadOnlyList<TrustedKey> ReadTrusted(string path, string publicPath)
    {
        if (!Path.Exists(publicPath) && File.Exists(path))
            ReadOrCreate(path, publicPath).Dispose();
        return Path.Exists(publicPath) ? ReadPublic(publicPath) : [];
    }

    private static IReadOnlyList<TrustedKey> ReadPublic(string path)
    {
        if (Directory.Exists(path))
            throw new SlipwayException($"'{path}' is a folder, where a file of public keys belongs. Move it away, and the file is made anew.");
        try
        {
            return TrustedKeys.Read(path);
        }
        catch (SlipwayException e)
        {
            throw new SlipwayException($"{e.Message} Put the file back from a backup; or move it away, and it is made anew of the private key.", e);
        }
    }

    // Null while another process has the file for itself: that lock decides who makes the key. An empty file is one whose maker died, or is about to write.
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
            using var known = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read); // also where it is read-only
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
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite; // from its first moment, not only afterwards
        return options;
    }

    private static LocalKeySigner Read(FileStream file, string path)
    {
        if (file.Length > LargestFile)
            throw NoKey(path, "it is too long for one");
        using var reader = new StreamReader(file, leaveOpen: true);
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(reader.ReadToEnd());
            // says whether it is on the right curve; a public key alone signs nothing
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
        $"The key file '{path}' holds no private key that can sign: {why}. Put it back from a backup; or move it away to have a new one made, and sign again with ./build.sh --target=Sign.",
        inner ?? new CryptographicException(why));

    private static LocalKeySigner Create(FileStream file)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using (var writer = new StreamWriter(file, leaveOpen: true))
            writer.WriteLine(key.ExportPkcs8PrivateKeyPem());
        file.Flush(flushToDisk: true);
        return new(key);
    }

    // Signatures of a key that was replaced stay good until somebody takes its public key away. Two that publish the same key write the same.
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
            // into the same file, which is what a container sees of it; who reads meanwhile finds the block, or only those before it
            using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
            file.Write(Encoding.ASCII.GetBytes($"\n{key.ToPem()}\n"));
        }
    }
}
