using System.Text.Json;

namespace Slipway.Build.Environments.Gates;

/// <summary>The line of a gate in a model.json, so that an annotation appears next to it.</summary>
public static class GateLine
{
    /// <param name="spec">The text of model.json: JSON with comments.</param>
    /// <param name="rule">The rule as a verdict names it, such as <c>metric recall</c>.</param>
    /// <returns>Counted from 1; if the gate itself is not there, the line of the closest enclosing object; null if there are no gates.</returns>
    public static int? Of(byte[] spec, string rule)
    {
        try
        {
            return Find(spec, Place(rule));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a name that is not valid UTF-8
            return null;
        }
    }

    private static string[] Place(string rule) => rule.Split(' ') switch
    {
        ["metric", var metric] => ["gates", "metrics", metric],
        ["champion", var metric] => ["gates", "champion", metric],
        ["slice", .., var metric] => ["gates", "slices", "metrics", metric],
        ["data", "rows"] => ["gates", "data", "rowsAtLeast"],
        ["data", "missing"] => ["gates", "data", "missingAtMost"],
        ["data", var what, ..] => ["gates", "data", what],
        ["latency"] => ["gates", "latencyMicrosecondsAtMost"],
        ["size"] => ["gates", "onnxBytesAtMost"],
        ["schema", "columns"] => ["features"],
        ["schema", "task"] => ["task"],
        _ => ["gates"],
    };

    private static int? Find(byte[] spec, string[] place)
    {
        var reader = new Utf8JsonReader(spec, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        int? line = null;
        for (var found = 0; found < place.Length && reader.Read();)
        {
            if (found > 0 && reader.CurrentDepth <= found && reader.TokenType is (JsonTokenType.PropertyName or JsonTokenType.EndObject))
                break; // the object to search has ended
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != found + 1 || !reader.ValueTextEquals(place[found]))
                continue;
            line = LineAt(spec, reader.TokenStartIndex);
            found++;
        }

        return line;
    }

    private static int LineAt(byte[] spec, long position) => spec.AsSpan(0, (int)position).Count((byte)'\n') + 1;
}
