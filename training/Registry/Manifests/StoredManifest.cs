using System.Text.Json;
using Slipway.Registry.Storage;

namespace Slipway.Registry.Manifests;

/// <summary>The exact bytes of a manifest, stored or about to be: what signatures and history vouch for.</summary>
public sealed class StoredManifest(string model, int version, byte[] bytes)
{
    public string Model { get; } = model;
    public int Version { get; } = version;
    public string Key { get; } = StoreKeys.Version(model, version);
    public byte[] Bytes { get; } = bytes;
    public string Sha256 { get; } = Sha256Hex.Of(bytes);

    public static StoredManifest Of(ModelManifest manifest) =>
        new(manifest.Model, manifest.Version, JsonSerializer.SerializeToUtf8Bytes(manifest, RegistryJson.Default.ModelManifest));

    /// <exception cref="UnreadableObjectException">It is not a manifest, or that of another version.</exception>
    public ModelManifest Parse()
    {
        var manifest = Deserialize();
        return manifest.Model == Model && manifest.Version == Version
            ? manifest
            : throw new UnreadableObjectException(
                $"'{Key}' in the store is the manifest of {manifest.Model} version {manifest.Version}: somebody copied or renamed it. Restore the right one.");
    }

    private ModelManifest Deserialize()
    {
        try
        {
            return CompleteJson.Deserialize(Bytes, RegistryJson.Default.ModelManifest)
                ?? throw new UnreadableObjectException($"'{Key}' in the store is null instead of a {nameof(ModelManifest)}.");
        }
        catch (JsonException e)
        {
            throw new UnreadableObjectException($"'{Key}' in the store is not a readable {nameof(ModelManifest)}: {e.Message}", e);
        }
    }
}
