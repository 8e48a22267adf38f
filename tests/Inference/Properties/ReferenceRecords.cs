using System.Globalization;
using System.Text.Json;

namespace Slipway.Inference.Tests.Properties;

/// <summary>The rules for records in JSON, applied to a parsed document: slower than the server's reader and too simple to be wrong in the same way.</summary>
internal static class ReferenceRecords
{
    private static readonly string[] Columns = ["Torque [Nm]", "Wear, tool", "Type"];
    private static readonly string[] Lists = ["records", "instances", "dataframe_records"];

    /// <returns>The encoded rows; null if the body must be rejected.</returns>
    public static List<float[]>? Read(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body.AsMemory(body.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0), new() { MaxDepth = 32 });
            var rows = Rows(json.RootElement);
            return rows.Count > 0 ? rows : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or RejectedException)
        {
            return null;
        }
    }

    private static List<float[]> Rows(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Array)
            return [.. root.EnumerateArray().Select(Encoded)];
        List<float[]>? rows = null;
        Required(root, JsonValueKind.Object);
        foreach (var member in root.EnumerateObject())
            if (rows is null && Lists.Contains(NameOf(member)) && member.Value.ValueKind == JsonValueKind.Array)
                rows = [.. member.Value.EnumerateArray().Select(Encoded)];
            else if (rows is null && NameOf(member) == "dataframe_split" && member.Value.ValueKind == JsonValueKind.Object)
                rows = Split(member.Value);
        return rows ?? [Encoded(root)];
    }

    private static List<float[]> Split(JsonElement split)
    {
        JsonProperty[] members = [.. split.EnumerateObject()];
        if (members.Count(member => NameOf(member) == "columns") != 1 || members.Count(member => NameOf(member) == "data") != 1)
            throw new RejectedException();
        string[] names = [.. Items(members.Single(member => NameOf(member) == "columns").Value).Select(name => Required(name, JsonValueKind.String).GetString()!)];
        if (Columns.Any(column => names.Count(name => name == column) != 1))
            throw new RejectedException();
        return [.. Items(members.Single(member => NameOf(member) == "data").Value).Select(row => Items(row) is var values && values.Count == names.Length
            ? Encoded(names.Zip(values).Where(cell => Columns.Contains(cell.First)).ToDictionary(cell => cell.First, cell => cell.Second))
            : throw new RejectedException())];
    }

    private static float[] Encoded(JsonElement record)
    {
        var cells = new Dictionary<string, JsonElement>();
        foreach (var member in Required(record, JsonValueKind.Object).EnumerateObject())
            if (Columns.Contains(member.Name) && !cells.TryAdd(member.Name, member.Value))
                throw new RejectedException();
        return cells.Count > 0 ? Encoded(cells) : throw new RejectedException();
    }

    private static float[] Encoded(Dictionary<string, JsonElement> cells)
    {
        var type = cells.TryGetValue(Columns[2], out var cell) ? Category(cell) : "";
        return [Number(cells, Columns[0]) ?? 40, Number(cells, Columns[1]) ?? 100, type == "L" ? 1 : 0, type == "M" ? 1 : 0, type == "H" ? 1 : 0];
    }

    private static float? Number(Dictionary<string, JsonElement> cells, string column)
    {
        if (!cells.TryGetValue(column, out var cell))
            return null;
        var number = cell.ValueKind switch
        {
            JsonValueKind.Null => float.NaN,
            JsonValueKind.True => 1,
            JsonValueKind.False => 0,
            JsonValueKind.Number => cell.GetSingle(),
            JsonValueKind.String => cell.GetString()!.Trim() is { Length: > 0 } text
                ? float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) ? parsed : throw new RejectedException()
                : float.NaN,
            _ => throw new RejectedException(),
        };
        return float.IsNaN(number) ? null : float.IsFinite(number) ? number : throw new RejectedException();
    }

    private static string Category(JsonElement cell) => cell.ValueKind switch
    {
        JsonValueKind.String => cell.GetString()!.Trim(),
        JsonValueKind.Object or JsonValueKind.Array => throw new RejectedException(),
        _ => "",
    };

    // what is skipped may have any name
    private static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return "";
        }
    }

    private static List<JsonElement> Items(JsonElement list) => [.. Required(list, JsonValueKind.Array).EnumerateArray()];

    private static JsonElement Required(JsonElement json, JsonValueKind kind) => json.ValueKind == kind ? json : throw new RejectedException();

    private sealed class RejectedException : Exception;
}
