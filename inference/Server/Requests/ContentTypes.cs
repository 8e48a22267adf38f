namespace Slipway.Inference;

/// <summary>Which media types a request may come in.</summary>
public static class ContentTypes
{
    public const string Json = "application/json";
    public const string Csv = "text/csv";

    /// <summary>The media type without its parameters; null when the request names none.</summary>
    public static ReadOnlySpan<char> Of(HttpRequest request)
    {
        var type = request.ContentType.AsSpan();
        var end = type.IndexOf(';');
        return (end < 0 ? type : type[..end]).Trim();
    }

    /// <exception cref="RequestException">415: it is another one.</exception>
    public static void Require(HttpRequest request, string expected, bool allowNone)
    {
        var type = Of(request);
        if ((type.IsEmpty && allowNone) || type.Equals(expected, StringComparison.OrdinalIgnoreCase))
            return;
        throw Unsupported(request, expected);
    }

    public static RequestException Unsupported(HttpRequest request, string expected) =>
        new(StatusCodes.Status415UnsupportedMediaType, $"The content type is '{request.ContentType}'; expected {expected}.");
}
