namespace Slipway.Registry.Storage;

/// <summary>The rule for tags, which is that of S3: what is accepted here is accepted there.</summary>
public static class ObjectTags
{
    public const int MaxCount = 10;
    public const int MaxKeyLength = 128;
    public const int MaxValueLength = 256;

    public static IReadOnlyDictionary<string, string> None { get; } = new Dictionary<string, string>();

    public static void Check(string key, IReadOnlyDictionary<string, string> tags)
    {
        if (tags.Count > MaxCount)
            throw new SlipwayException($"'{key}' would get {tags.Count} tags; the limit is {MaxCount}. Combine several into one as 'k=v k=v'.");

        foreach (var (name, value) in tags)
            if (name.Length is 0 or > MaxKeyLength || value.Length > MaxValueLength || !name.All(IsAllowed) || !value.All(IsAllowed))
                throw new SlipwayException(
                    $"The tag '{name}' of '{key}' is invalid: a name must have 1 to {MaxKeyLength} and a value at most {MaxValueLength} characters, "
                    + "of letters, digits, spaces and + - = . _ : / @. Use a digest instead of a longer value.");
    }

    private static bool IsAllowed(char character) => char.IsLetterOrDigit(character) || " +-=._:/@".Contains(character);
}
