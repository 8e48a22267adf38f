using System.Text.Json;
using Slipway.Registry;

namespace Slipway.Build.Images.Releases;

/// <summary>The folder with the files of a release's images: the record, and the output of scanners and registries.</summary>
public sealed class ReleaseFiles(string images, string tag)
{
    public string Folder { get; } = Path.Combine(images, tag);

    public const string RecordName = "release.json";

    private string Record => At(RecordName);

    public string At(string file) => Path.Combine(Folder, file);

    /// <summary>Null if this release was not packaged here.</summary>
    /// <exception cref="SlipwayException">The record is damaged.</exception>
    public ReleaseRecord? Find()
    {
        try
        {
            return File.Exists(Record) ? CompleteJson.Deserialize(File.ReadAllBytes(Record), ReleaseJson.Default.ReleaseRecord) : null;
        }
        catch (JsonException e)
        {
            throw new SlipwayException($"'{Record}' is not a release record: {e.Message} Delete it and package again: ./build.sh --target=PackageImages", e);
        }
    }

    /// <exception cref="SlipwayException">It was not packaged here, or the record is damaged.</exception>
    public ReleaseRecord Read() => Find()
        ?? throw new SlipwayException($"The images of {tag} were not packaged here. Package them first: ./build.sh --target=PackageImages");

    public void Save(ReleaseRecord record)
    {
        Directory.CreateDirectory(Folder);
        var partial = $"{Record}.{Guid.NewGuid():n}";
        File.WriteAllBytes(partial, JsonSerializer.SerializeToUtf8Bytes(record, ReleaseJson.Default.ReleaseRecord));
        File.Move(partial, Record, overwrite: true);
    }
}
