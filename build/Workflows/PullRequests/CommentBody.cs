using System.Text.RegularExpressions;
using Slipway.Reporting;

namespace Slipway.Build.Workflows.PullRequests;

/// <summary>The text of a comment: an invisible marker, then Markdown, within GitHub's length limit.</summary>
public static partial class CommentBody
{
    /// <summary>In characters.</summary>
    public const int MaxLength = 65_536;

    // reserved for the truncation note, and for what has to be closed before it
    private const int Reserve = 1_000;

    /// <summary>The marker at the beginning, by which the comment is found again.</summary>
    /// <param name="name">The topic of the comment.</param>
    public static string Marker(string name) =>
        $"<!-- slipway:{string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '.' ? letter : '_'))} -->";

    /// <param name="run">The URL of the complete summary; null if unknown.</param>
    public static string Of(string name, string markdown, string? run)
    {
        var head = $"{Marker(name)}\n";
        // the file was written by code of the pull request, and a bot's mention notifies people just like a person's
        var text = Mention().Replace(MarkupText.Clean(markdown).ReplaceLineEndings("\n").TrimEnd(), Silent);
        if (head.Length + text.Length <= MaxLength)
            return head + text;

        var (kept, room) = (new List<string>(), MaxLength - Reserve - head.Length);
        foreach (var line in text.Split('\n'))
        {
            room -= line.Length + 1;
            if (room < 0)
                break;
            kept.Add(line);
        }

        var end = $"**Truncated: the text exceeds the length limit of a comment.** {(run is null ? "The summary of the run has the rest." : $"The [summary of the run]({run}) has the rest.")}";
        return head + string.Join('\n', [.. kept, .. Closing(kept), "", end]);
    }

    // a zero-width space after the sign: no account has such a name
    private const string Silent = "@\u200B";

    // an email address has a letter before the sign, and stays intact for copying
    [GeneratedRegex(@"(?<!\w)(@|&#0*64;|&#[xX]0*40;|&commat;)(?=[\w-])")]
    private static partial Regex Mention();

    // an open block at the cut would swallow the note
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
