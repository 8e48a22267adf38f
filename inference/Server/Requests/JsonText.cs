using System.Buffers;
using System.Text.Json;

namespace Slipway.Inference.Requests;

/// <summary>Reads a JSON string or name without allocating a string.</summary>
public static class JsonText
{
    /// <summary>The number of characters that a caller should reserve on its stack.</summary>
    public const int Room = 256;

    /// <param name="room">A buffer of <see cref="Room"/> characters.</param>
    /// <param name="rented">Contains the text if the buffer was too small; must be passed to <see cref="Return"/>.</param>
    /// <returns>The length of the text.</returns>
    /// <exception cref="RequestException">400: it is not valid text: bytes that are not UTF-8, or half of a surrogate pair.</exception>
    public static int Read(ref Utf8JsonReader json, scoped Span<char> room, out char[]? rented)
    {
        // there are never more characters than bytes
        rented = json.ValueSpan.Length > room.Length ? ArrayPool<char>.Shared.Rent(json.ValueSpan.Length) : null;
        try
        {
            return json.CopyString(rented is null ? room : rented);
        }
        catch (InvalidOperationException)
        {
            Return(rented);
            throw RequestException.Bad("The body is not valid JSON: a string is not valid text, because it has bytes that are not UTF-8 or half of a surrogate pair.");
        }
    }

    public static void Return(char[]? rented)
    {
        if (rented is not null)
            ArrayPool<char>.Shared.Return(rented);
    }
}
