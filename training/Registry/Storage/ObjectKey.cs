using System.Text;

namespace Slipway.Registry.Storage;

/// <summary>
/// The rule for keys: what S3 accepts and every file system supports as a path, so that a store can be moved from one to the other.
/// </summary>
public static class ObjectKey
{
    public const int MaxBytes = 1024;

    // what ext4, APFS and NTFS accept as one name
    private const int MaxSegmentBytes = 255;

    /// <summary>Throws if <paramref name="key"/> is not a valid key.</summary>
    public static void Check(string key)
    {
        if (Problem(key) is { } problem)
            throw new SlipwayException($"'{key}' is not a key of the store: {problem}. A key looks like 'datasets/<model>/<file>'.");
    }

    /// <summary>Throws if no key can start with <paramref name="prefix"/>. Its last segment may be part of a name, or empty.</summary>
    public static void CheckPrefix(string prefix)
    {
        // whatever follows the last slash begins a name: with a letter appended, the rest must be a key
        if (prefix.Length > 0 && Problem(prefix.EndsWith('/') ? prefix[..^1] : prefix) is { } problem)
            throw new SlipwayException($"'{prefix}' is not a prefix of keys: {problem}. A prefix looks like 'datasets/<model>/'.");
    }

    /// <summary>Throws if <paramref name="folder"/> cannot be a folder of keys: it must be empty, or end with a slash.</summary>
    public static void CheckFolder(string folder)
    {
        CheckPrefix(folder);
        if (folder.Length > 0 && !folder.EndsWith('/'))
            throw new SlipwayException($"'{folder}' is not a folder of keys: it does not end with a slash. A folder looks like 'datasets/<model>/'.");
    }

    public static bool IsValid(string key) => Problem(key) is null;

    /// <summary>The part of a prefix before its last slash; empty if it has none.</summary>
    public static string FolderOf(string prefix)
    {
        var slash = prefix.LastIndexOf('/');
        return slash < 0 ? "" : prefix[..slash];
    }

    private static string? Problem(string key)
    {
        if (key.Length == 0)
            return "it is empty";
        if (Encoding.UTF8.GetByteCount(key) > MaxBytes)
            return $"it is longer than {MaxBytes} bytes";
        if (key.Any(character => char.IsControl(character) || character == '\\'))
            return "it has a backslash or a control character";
        return HasLoneSurrogate(key) ? "it is not well-formed text" : key.Split('/').Select(SegmentProblem).FirstOrDefault(problem => problem is not null);
    }

    private static string? SegmentProblem(string segment) => segment switch
    {
        "" => "it has an empty segment or a slash at an end",
        ['.', ..] => "a segment starts with a dot",
        _ when Encoding.UTF8.GetByteCount(segment) > MaxSegmentBytes => $"a segment is longer than {MaxSegmentBytes} bytes",
        _ => null,
    };

    // would become U+FFFD in a path, so that two keys would share one file
    private static bool HasLoneSurrogate(string key)
    {
        foreach (var rune in key.EnumerateRunes())
            if (rune == Rune.ReplacementChar)
                return true;
        return false;
    }
}
