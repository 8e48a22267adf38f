using System.Text.Json.Serialization;

namespace Slipway.Registry.Storage;

/// <summary>A directory store's own records.</summary>
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class StorageJson : JsonSerializerContext;
