using System.Buffers;
using System.Text.Json;

namespace Slipway.Inference.Requests;

/// <summary>Reads a JSON string or name without making a string of it.</summary>
public static class JsonText
{
    /// <summary>Characters that a caller has room for on its stack.</summary>
    public const int Room = 256;

    /// <param name="room">Of <see cref="Room"/> characters.</param>
    /// <param name="rented">Holds the text where there was too little room for it; to be given to <see cref="Return"/>.</param>
    /// <returns>The length of the text.</returns>
    /// <exception cref="InvalidOperationException">It is not valid UTF-8.</exception>
    public static int Read(ref Utf8JsonReader json, scoped Span<char> room, out char[]? rented)
    {
        // characters never outnumber the bytes that they come from
        rented = json.ValueSpan.Length > room.Length ? ArrayPool<char>.Shared.Rent(json.ValueSpan.Length) : null;
        return json.CopyString(rented is null ? room : rented);
    }

    public static void Return(char[]? rented)
    {
        if (rented is not null)
            ArrayPool<char>.Shared.Return(rented);
    }
}
