using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Slipway.Trainer.Proposals.Text;

/// <summary>Lines of JSON with aligned comments. Names and comments may contain anything.</summary>
internal sealed class SpecLines
{
    private const int MaxNoteLength = 240;
    private const int WidestAligned = 56;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly StringBuilder _text = new();

    public static string Quoted(string text) => JsonSerializer.Serialize(text, Readable);

    public void Line(string text = "") => _text.Append(text).Append('\n');

    public void Comment(string indent, string text) => Line($"{indent}// {OneLine(text)}");

    /// <summary>Members or items, one per line, with a comma after all but the last.</summary>
    public void Items(string indent, IReadOnlyList<(string Item, string? Note)> items)
    {
        string[] texts = [.. items.Select((item, i) => item.Item + (i < items.Count - 1 ? "," : ""))];
        var width = texts.Where((text, i) => items[i].Note is not null && text.Length <= WidestAligned).Select(text => text.Length).DefaultIfEmpty(0).Max();
        for (var i = 0; i < items.Count; i++)
            Line(items[i].Note is { } note ? $"{indent}{texts[i].PadRight(width)}   // {OneLine(note)}" : $"{indent}{texts[i]}");
    }

    public override string ToString() => _text.ToString();

    // a comment ends at the end of its line, and JSON readers recognize more line ends than two
    private static string OneLine(string text)
    {
        var line = string.Concat(text.Select(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029' ? ' ' : letter));
        return line.Length <= MaxNoteLength ? line : $"{line[..(char.IsHighSurrogate(line[MaxNoteLength - 1]) ? MaxNoteLength - 1 : MaxNoteLength)]}...";
    }
}
