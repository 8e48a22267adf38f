namespace Slipway.Inference;

/// <summary>
/// Columns of a request that the model does not have. They are no error, because ids and labels travel with records;
/// the answer names them, so that a misspelt column does not pass for a missing value unseen.
/// </summary>
public sealed class IgnoredColumns
{
    private const int Most = 16;

    private readonly List<string> _names = [];

    public void Add(string? name)
    {
        if (name is not null && _names.Count < Most && !_names.Contains(name, StringComparer.Ordinal))
            _names.Add(name);
    }

    /// <summary>Null when there are none.</summary>
    public string? Header => _names.Count == 0 ? null : string.Join(", ", _names.Select(ModelProfile.HeaderText));
}
