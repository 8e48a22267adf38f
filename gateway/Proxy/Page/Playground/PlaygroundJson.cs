using System.Text.Json.Serialization;

namespace Slipway.Gateway.Page.Playground;

[JsonSerializable(typeof(IReadOnlyList<IReadOnlyDictionary<string, string?>>))]
internal sealed partial class PlaygroundJson : JsonSerializerContext;
