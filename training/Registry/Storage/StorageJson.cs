using System.Text.Json.Serialization;

namespace Slipway.Registry.Storage;

/// <summary>What a directory store writes for itself.</summary>
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class StorageJson : JsonSerializerContext;
