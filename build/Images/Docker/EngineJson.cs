using System.Text.Json.Nodes;

namespace Slipway.Build.Images.Docker;

/// <summary>Parses the output of <c>docker inspect</c>; the engine omits what is empty, or writes null.</summary>
internal static class EngineJson
{
    public static EngineImage Image(string json)
    {
        var image = JsonNode.Parse(json)!;
        var config = image["Config"];
        return new(
            (string)image["Id"]!, (long)image["Size"]!, (string?)config?["User"] ?? "", Map(config?["Labels"]), List(image["RepoTags"]),
            List(image["RepoDigests"]), List(config?["Entrypoint"]), List(config?["Cmd"]), List(config?["Env"]));
    }

    public static ContainerState Container(string json)
    {
        var container = JsonNode.Parse(json)!;
        var state = container["State"]!;
        return new(
            (string)container["Id"]!, ((string)container["Name"]!).TrimStart('/'), (string)container["Image"]!, (string)state["Status"]!, (bool)state["Running"]!,
            (int)state["ExitCode"]!, (bool)state["OOMKilled"]!, (string?)state["Health"]?["Status"], (string?)state["Error"] ?? "",
            (DateTimeOffset)state["StartedAt"]!, (int?)state["Pid"] ?? 0, Map(container["Config"]?["Labels"]));
    }

    private static IReadOnlyList<string> List(JsonNode? node) => [.. node?.AsArray().Select(item => (string)item!) ?? []];

    private static Dictionary<string, string> Map(JsonNode? node) =>
        node?.AsObject().ToDictionary(item => item.Key, item => (string)item.Value!) ?? [];
}
