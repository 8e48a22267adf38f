using System.Text;

namespace Slipway.Registry.Storage;

/// <summary>
/// The rule for keys: what S3 takes and every file system can hold as a path, so that a store can move from one to the other.
/// </summary>
public static class ObjectKey
{
    public const int BytesAtMost = 1024;

    // what ext4, APFS and NTFS accept as one name
    private const int SegmentBytesAtMost = 255;

    /// <summary>Throws when <paramref name="key"/> can not name an object.</summary>
    public static void Check(string key)
    {
        if (Problem(key) is { } problem)
            throw new SlipwayException($"'{key}' is not a key of the store: {problem}. A key looks like 'datasets/<model>/<file>'.");
    }

    /// <summary>Throws when no key could start with <paramref name="prefix"/>. Its last segment may be a part of a name, or empty.</summary>
    public static void CheckPrefix(string prefix)
    {
        // whatever follows the last slash begins a name: with a letter after it the rest must be a key
        if (prefix.Length > 0 && Problem(prefix.EndsWith('/') ? prefix[..^1] : prefix) is { } problem)
            throw new SlipwayException($"'{prefix}' is not a prefix of keys: {problem}. A prefix looks like 'datasets/<model>/'.");
    }

    /// <summary>Throws when <paramref name="folder"/> is no folder that keys could be in: the empty one, or one that ends with its slash.</summary>
    public static void CheckFolder(string folder)
    {
        CheckPrefix(folder);
        if (folder.Length > 0 && !folder.EndsWith('/'))
            throw new SlipwayException($"'{folder}' is not a folder of keys: it does not end with a slash. A folder looks like 'datasets/<model>/'.");
    }

    public static bool IsValid(string key) => Problem(key) is null;

    /// <summary>The part of a prefix before its last slash; empty when it has none.</summary>
    public static string FolderOf(string prefix)
    {
        var slash = prefix.LastIndexOf('/');
        return slash < 0 ? "" : prefix[..slash];
    }

    private static string? Problem(string key)
    {
        if (key.Length == 0)
            return "it is empty";
        if (Encoding.UTF8.GetByteCount(key) > BytesAtMost)
            return $"it is longer than {BytesAtMost} bytes";
        if (key.Any(character => char.IsControl(character) || character == '\\'))
            return "it has a backslash or a control character";
        return HasLoneSurrogate(key) ? "it is not well-formed text" : key.Split('/').Select(SegmentProblem).FirstOrDefault(problem => problem is not null);
    }

    private static string? SegmentProblem(string segment) => segment switch
    {
        "" => "it has an empty segment or a slash at an end",
        ['.', ..] => "a segment starts with a dot",
        _ when Encoding.UTF8.GetByteCount(segment) > SegmentBytesAtMost => $"a segment is longer than {SegmentBytesAtMost} bytes",
        _ => null,
    };

    // would become U+FFFD in a path, so that two keys share one file
    private static bool HasLoneSurrogate(string key)
    {
        foreach (var rune in key.EnumerateRunes())
            if (rune == Rune.ReplacementChar)
                return true;
        return false;
    }
}
