using Microsoft.Net.Http.Headers;
using Slipway.Inference.Requests;

namespace Slipway.Inference.Invocations;

/// <summary>
/// Whether a CSV body begins with a header: according to the parameter of its content type (RFC 4180: <c>text/csv; header=absent</c>), or to the server's setting.
/// </summary>
public static class CsvHeader
{
    public const string Present = "present", Absent = "absent";

    public static bool IsWord(string word) => word is Present or Absent;

    /// <param name="otherwise">The default for requests without the parameter.</param>
    /// <exception cref="RequestException">The parameter has another value.</exception>
    public static bool IsPresent(HttpRequest request, string otherwise)
    {
        // no parameters, as most callers send it
        if (request.ContentType?.Contains(';') != true || !MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || Parameter(type) is not { } word)
            return otherwise == Present;
        if (word.Equals(Present, StringComparison.OrdinalIgnoreCase))
            return true;
        return word.Equals(Absent, StringComparison.OrdinalIgnoreCase)
            ? false
            : throw RequestException.Bad($"The content type's 'header' is neither '{Present}' nor '{Absent}'.");
    }

    private static string? Parameter(MediaTypeHeaderValue type)
    {
        foreach (var parameter in type.Parameters)
            if (parameter.Name.Equals("header", StringComparison.OrdinalIgnoreCase))
                return parameter.GetUnescapedValue().ToString();
        return null;
    }
}
