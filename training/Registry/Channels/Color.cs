using System.Text.Json.Serialization;

namespace Slipway.Registry.Channels;

/// <summary>One of the two fleets that a gateway splits traffic between.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Color>))]
public enum Color
{
    [JsonStringEnumMemberName("blue")] Blue,
    [JsonStringEnumMemberName("green")] Green,
}

public static class Colors
{
    public static IReadOnlyList<Color> All { get; } = [Color.Blue, Color.Green];

    public static Color Other(this Color color) => color == Color.Blue ? Color.Green : Color.Blue;

    /// <summary>The word in keys, headers and configuration.</summary>
    public static string Word(this Color color) => color == Color.Blue ? "blue" : "green";

    public static bool TryParse(string? word, out Color color)
    {
        color = word == "green" ? Color.Green : Color.Blue;
        return word is "blue" or "green";
    }
}
