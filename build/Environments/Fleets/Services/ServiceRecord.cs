using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Slipway.Registry;

namespace Slipway.Build.Environments.Fleets.Services;

/// <summary>A service that a command left running: <c>run/&lt;name&gt;.json</c>.</summary>
/// <param name="Name"><c>gateway</c>, <c>blue</c> or <c>green</c>; a gateway that is being replaced is <c>gateway-old</c>.</param>
/// <param name="ProcessStartedAt">Distinguishes the process from a later one with the same id.</param>
/// <param name="Container">The name of the container that it runs in; null for a process.</param>
/// <param name="Image">The image of that container, by the engine's id.</param>
/// <param name="Stopped">It was stopped on purpose; its record only keeps the ports.</param>
/// <param name="Log">Where to read its output: a file, or the command that prints it.</param>
/// <param name="Url">Where it listens; null for servers, whose heartbeat contains it.</param>
/// <param name="Settings">See <see cref="GatewaySettings"/>; null for servers, and in records that predate this member.</param>
public sealed record ServiceRecord(
    string Name,
    int ProcessId,
    DateTimeOffset ProcessStartedAt,
    string Release,
    string Log,
    string? Replica = null,
    string? Url = null,
    string? PrivateUrl = null,
    bool Stopped = false,
    string? Container = null,
    string? Image = null,
    string? Settings = null)
{
    /// <summary>Where it is running, for people.</summary>
    [JsonIgnore]
    public string Place => Container is null ? $"process {ProcessId.ToString(CultureInfo.InvariantCulture)}" : $"container {Container}";
}

/// <summary>The records of all services of an environment.</summary>
public sealed class ServiceRecords(LocalFolders folders)
{
    public ServiceRecord? Find(string name)
    {
        var path = PathOf(name);
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), ServiceRecordJson.Default.ServiceRecord) : null;
        }
        catch (JsonException)
        {
            // Written by rename, so only something else can have corrupted it. Without a record there is nothing to stop.
            return null;
        }
    }

    public IEnumerable<ServiceRecord> All() =>
        Directory.EnumerateFiles(folders.Run, "*.json").Order(StringComparer.Ordinal)
            .Select(path => Find(Path.GetFileNameWithoutExtension(path)))
            .OfType<ServiceRecord>();

    public void Save(ServiceRecord record)
    {
        var path = PathOf(record.Name);
        try
        {
            File.WriteAllBytes(path + ".new", JsonSerializer.SerializeToUtf8Bytes(record, ServiceRecordJson.Default.ServiceRecord));
            File.Move(path + ".new", path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SlipwayException(
                $"The record of {record.Name} ({record.Place}) could not be written to '{path}': {e.Message.TrimEnd('.')}. Check the free space on that disk.", e);
        }
    }

    public void Remove(string name) => File.Delete(PathOf(name));

    public string PathOf(string name) => Path.Combine(folders.Run, $"{name}.json");
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ServiceRecord))]
internal sealed partial class ServiceRecordJson : JsonSerializerContext;
