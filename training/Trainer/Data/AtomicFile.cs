using Slipway.Registry;

namespace Slipway.Trainer.Data;

/// <summary>Writes a file beside its place and renames it: nobody ever sees half of it.</summary>
public static class AtomicFile
{
    /// <exception cref="SlipwayException">It can not be written, or is there already and must not be replaced.</exception>
    public static void Write(string path, bool overwrite, Action<Stream> write)
    {
        var temporary = path + ".part";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using (var file = File.Create(temporary))
                write(file);
            File.Move(temporary, path, overwrite);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(temporary))
                File.Delete(temporary);
            throw new SlipwayException($"'{path}' can not be written: {e.Message}", e);
        }
    }
}
