using System.Text.Json;
using Slipway.Registry.Channels;
using Slipway.Registry.Predictions;

namespace Slipway.Gateway.Page.Playground;

/// <summary>Reads what a server answered: the predictions, and in the headers what made them.</summary>
public static class PlaygroundReader
{
    private const int MaxMessageLength = 500;

    public static PlaygroundAnswer Read(Color color, string replica, HttpResponseMessage answer, byte[] body, TimeSpan elapsed)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (!answer.IsSuccessStatusCode)
                return PlaygroundAnswer.None(color, Cut(json.RootElement.TryGetProperty("error", out var error) ? error.GetString() : null) ?? Status(replica, answer));
            return new(
                color, Header(answer, SlipwayHeaders.ModelVersion), Header(answer, SlipwayHeaders.TrainingJob), replica,
                [.. json.RootElement.GetProperty("predictions").EnumerateArray().Select(Row)],
                [.. (Header(answer, SlipwayHeaders.OutOfRange) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Uri.UnescapeDataString)],
                elapsed, null);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return PlaygroundAnswer.None(color, answer.IsSuccessStatusCode ? $"{replica} returned an answer that cannot be read." : Status(replica, answer));
        }
    }

    private static string Status(string replica, HttpResponseMessage answer) => $"{replica} returned {(int)answer.StatusCode}.";

    private static PlaygroundRow Row(JsonElement row)
    {
        string? label = null;
        var values = new List<(string, double)>();
        foreach (var member in row.EnumerateObject())
        {
            if (member.Name == "label" && member.Value.ValueKind != JsonValueKind.Object)
                label = member.Value.ToString();
            else if (member.Value.ValueKind == JsonValueKind.Object)
                values.AddRange(member.Value.EnumerateObject().Select(value => (value.Name, value.Value.GetDouble())));
            else
                values.Add((member.Name, member.Value.GetDouble()));
        }
        return new(label, values);
    }

    private static string? Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private static string? Cut(string? text) => text is { Length: > MaxMessageLength } ? $"{text[..MaxMessageLength]}\u2026" : text;
}
