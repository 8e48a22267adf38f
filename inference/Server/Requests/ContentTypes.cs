namespace Slipway.Inference.Requests;

/// <summary>The supported media types of requests.</summary>
public static class ContentTypes
{
    public const string Json = "application/json";
    public const string JsonLines = "application/jsonlines";
    public const string Csv = "text/csv";

    /// <summary>What SageMaker's documentation calls CSV in places.</summary>
    public const string CsvToo = "application/csv";

    /// <summary>The media type without its parameters; empty if the request has none.</summary>
    public static ReadOnlySpan<char> Of(HttpRequest request)
    {
        var type = request.ContentType.AsSpan();
        var end = type.IndexOf(';');
        return (end < 0 ? type : type[..end]).Trim();
    }

    public static bool Is(this ReadOnlySpan<char> type, string other) => type.Equals(other, StringComparison.OrdinalIgnoreCase);

    /// <exception cref="RequestException">415: it is not supported.</exception>
    public static void Require(HttpRequest request, string expected, bool allowNone)
    {
        var type = Of(request);
        if ((type.IsEmpty && allowNone) || type.Is(expected))
            return;
        throw Unsupported(request, expected);
    }

    public static RequestException Unsupported(HttpRequest request, string expected) => new(
        StatusCodes.Status415UnsupportedMediaType,
        string.IsNullOrEmpty(request.ContentType)
            ? $"The request has no content type; expected {expected}."
            : $"The content type is '{ShownText.Of(request.ContentType)}'; expected {expected}.");
}
