using System.Text.RegularExpressions;
using Slipway.Reporting;

namespace Slipway.Build.Workflows.PullRequests;

/// <summary>The text of a comment: a marker that nobody sees, then Markdown, no longer than GitHub takes.</summary>
public static partial class CommentBody
{
    /// <summary>In characters.</summary>
    public const int Longest = 65_536;

    // for the sentence that says so, and what has to be closed before it
    private const int Reserve = 1_000;

    /// <summary>What the comment is found again by: it begins with it.</summary>
    /// <param name="name">What the comment is about.</param>
    public static string Marker(string name) =>
        $"<!-- slipway:{string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '.' ? letter : '_'))} -->";

    /// <param name="run">Where the whole of it is; null where that is not known.</param>
    public static string Of(string name, string markdown, string? run)
    {
        var head = $"{Marker(name)}\n";
        // the file was written by code of the pull request, and what a bot mentions rings as loud as what a person does
        var text = Mention().Replace(MarkupText.Clean(markdown).ReplaceLineEndings("\n").TrimEnd(), Silent);
        if (head.Length + text.Length <= Longest)
            return head + text;

        var (kept, room) = (new List<string>(), Longest - Reserve - head.Length);
        foreach (var line in text.Split('\n'))
        {
            room -= line.Length + 1;
            if (room < 0)
                break;
            kept.Add(line);
        }

        var end = $"**This is longer than a comment may be, and ends here.** {(run is null ? "The summary of the run has the rest." : $"The [summary of the run]({run}) has the rest.")}";
        return head + string.Join('\n', [.. kept, .. Closing(kept), "", end]);
    }

    // a zero-width space after the sign: no account has such a name
    private const string Silent = "@\u200B";

    // an address has a letter before it, and stays whole for who copies it
    [GeneratedRegex(@"(?<!\w)(@|&#0*64;|&#[xX]0*40;|&commat;)(?=[\w-])")]
    private static partial Regex Mention();

    // what was open where it was cut would swallow the sentence
    private static IEnumerable<string> Closing(IEnumerable<string> lines)
    {
        var (fence, details) = ("", 0);
        foreach (var line in lines)
        {
            var ticks = line.Length - line.TrimStart('`').Length;
            if (fence.Length == 0 && ticks >= 3)
                fence = line[..ticks];
            else if (fence.Length > 0 && ticks >= fence.Length && line.Trim('`', ' ').Length == 0)
                fence = "";
            else if (fence.Length == 0)
                details += line.Split("<details").Length - line.Split("</details>").Length;
        }

        return [.. fence.Length > 0 ? [fence] : Array.Empty<string>(), .. Enumerable.Repeat("\n</details>", Math.Clamp(details, 0, 10))];
    }
}
