using Slipway.Registry;

namespace Slipway.Trainer.Data;

/// <summary>Writes a file under a temporary name and renames it, so that nobody ever sees half of it.</summary>
public static class AtomicFile
{
    /// <exception cref="SlipwayException">It cannot be written, or exists already and must not be replaced.</exception>
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
            throw new SlipwayException($"'{path}' cannot be written: {e.Message}", e);
        }
    }
}
