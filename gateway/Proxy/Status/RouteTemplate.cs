namespace Slipway.Gateway.Status;

/// <summary>
/// The template of a path, which names the span of a request: the gateway forwards every path, so routing knows none. What a caller sends never becomes part of a name.
/// </summary>
public static class RouteTemplate
{
    private const string Model = "/v2/models/{model}";
    private const string Version = Model + "/versions/{version}";

    /// <returns>Null for a path that no server has.</returns>
    public static string? Of(PathString path)
    {
        Span<Range> parts = stackalloc Range[8];
        var text = (path.Value ?? "").AsSpan().TrimEnd('/');
        var count = text.Split(parts, '/');
        return count switch
        {
            2 when Is(text[parts[1]], "invocations") => "/invocations",
            2 when Is(text[parts[1]], "v2") => "/v2",
            3 when Is(text[parts[1]], "openapi") => "/openapi/{document}",
            >= 4 and <= 7 when Is(text[parts[1]], "v2") && Is(text[parts[2]], "models") && !text[parts[3]].IsEmpty => OfModel(text, parts, count),
            _ => null,
        };
    }

    private static string? OfModel(ReadOnlySpan<char> text, ReadOnlySpan<Range> parts, int count) => count switch
    {
        4 => Model,
        5 when Is(text[parts[4]], "infer") => Model + "/infer",
        5 when Is(text[parts[4]], "ready") => Model + "/ready",
        5 when Is(text[parts[4]], "feedback") => Model + "/feedback",
        6 when Is(text[parts[4]], "versions") => Version,
        7 when Is(text[parts[4]], "versions") && Is(text[parts[6]], "infer") => Version + "/infer",
        7 when Is(text[parts[4]], "versions") && Is(text[parts[6]], "ready") => Version + "/ready",
        _ => null,
    };

    private static bool Is(ReadOnlySpan<char> part, string word) => part.Equals(word, StringComparison.OrdinalIgnoreCase);
}
