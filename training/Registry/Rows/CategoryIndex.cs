using Slipway.Registry.Models;

namespace Slipway.Registry.Rows;

/// <summary>Finds the category that a text means, the first one if there are several. Thread-safe.</summary>
public sealed class CategoryIndex
{
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _indexes;
    private readonly bool _byValue;

    /// <param name="words">The categories in the schema.</param>
    /// <param name="form">Null for models that predate category forms: their categories are compared as text.</param>
    public CategoryIndex(IReadOnlyList<string> words, CategoryForm? form)
    {
        var indexes = new Dictionary<string, int>(words.Count * 2, StringComparer.Ordinal);
        for (var i = 0; i < words.Count; i++)
            indexes.TryAdd(words[i], i);
        _byValue = form == CategoryForm.ByValue;
        if (_byValue)
            AddValues(words, indexes);
        _indexes = indexes.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <param name="text">Trimmed.</param>
    /// <returns>The index among the categories, or -1.</returns>
    public int Find(ReadOnlySpan<char> text)
    {
        if (_indexes.TryGetValue(text, out var index))
            return index;
        return _byValue && _indexes.TryGetValue(CategoryValue.Of(text, stackalloc char[CategoryValue.Room]), out index) ? index : -1;
    }

    /// <summary>The form for a dataset: by value, unless that would merge two codes (versions such as 3.1 and 3.10).</summary>
    public static CategoryForm FormOf(IEnumerable<string> texts) =>
        texts.GroupBy(CategoryValue.Of).All(same => same.Select(WithoutZeroFraction).Distinct(StringComparer.OrdinalIgnoreCase).Count() == 1)
            ? CategoryForm.ByValue
            : CategoryForm.AsWritten;

    /// <summary>Texts that mean the same category, by the one that represents it: the first of them in order.</summary>
    public static IEnumerable<IGrouping<string, string>> Groups(IReadOnlyCollection<string> texts, CategoryForm form)
    {
        if (form == CategoryForm.AsWritten)
            return texts.GroupBy(text => text, StringComparer.Ordinal);
        var words = texts.GroupBy(CategoryValue.Of).ToDictionary(same => same.Key, same => same.Min(StringComparer.Ordinal)!, StringComparer.Ordinal);
        return texts.GroupBy(text => words[CategoryValue.Of(text)], StringComparer.Ordinal);
    }

    private static void AddValues(IReadOnlyList<string> words, Dictionary<string, int> indexes)
    {
        string[] values = [.. words.Select(CategoryValue.Of)];
        for (var i = 0; i < values.Length; i++)
            indexes.TryAdd(values[i], i);

        // in a column with only yes and no, 1 and true are the same
        if (values.All(value => value is CategoryValue.True or CategoryValue.False))
            Alias(indexes, ("1", CategoryValue.True), ("0", CategoryValue.False));
        else if (values.All(value => value is "0" or "1"))
            Alias(indexes, (CategoryValue.True, "1"), (CategoryValue.False, "0"));
    }

    private static void Alias(Dictionary<string, int> indexes, params ReadOnlySpan<(string Alias, string Value)> aliases)
    {
        foreach (var (alias, value) in aliases)
            if (indexes.TryGetValue(value, out var index))
                indexes.TryAdd(alias, index);
    }

    private static string WithoutZeroFraction(string text) =>
        text.IndexOf('.', StringComparison.Ordinal) is > 0 and var point && text.AsSpan(point + 1).IndexOfAnyExcept('0') < 0 ? text[..point] : text;
}
