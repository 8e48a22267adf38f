using Microsoft.Net.Http.Headers;
using Slipway.Inference.Requests;

namespace Slipway.Inference.Invocations;

/// <summary>
/// Whether a CSV body begins with a header: as the parameter of its content type says (RFC 4180: <c>text/csv; header=absent</c>), or the server's setting.
/// </summary>
public static class CsvHeader
{
    public const string Present = "present", Absent = "absent";

    public static bool IsWord(string word) => word is Present or Absent;

    /// <param name="otherwise">What a request means that says nothing.</param>
    /// <exception cref="RequestException">The parameter says neither.</exception>
    public static bool IsPresent(HttpRequest request, string otherwise)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || Parameter(type) is not { } word)
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
