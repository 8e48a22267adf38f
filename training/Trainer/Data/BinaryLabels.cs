using Slipway.Registry;

namespace Slipway.Trainer;

/// <summary>Reads the words of a binary label and holds on to what they are.</summary>
public sealed class BinaryLabels
{
    private readonly string _label, _source;
    private string? _positive;
    private string? _negative;

    /// <param name="positive">The word for positive; null where the label is 0/1 or true/false.</param>
    public BinaryLabels(string label, string? positive, string source) => (_label, _positive, _source) = (label, positive, source);

    /// <summary>The words for negative and positive, in this order, as far as they have been seen.</summary>
    public IReadOnlyList<string> Classes => [_negative ?? "", _positive ?? ""];

    /// <exception cref="SlipwayException">The word is a third one, or missing.</exception>
    public bool Read(ReadOnlySpan<char> text, long row)
    {
        var word = text.Trim();
        if (_positive is not null && word.SequenceEqual(_positive))
            return true;
        if (_negative is not null && word.SequenceEqual(_negative))
            return false;
        return Learn(word.ToString(), row);
    }

    /// <summary>A word that is neither of those seen so far.</summary>
    private bool Learn(string word, long row)
    {
        if (word.Length == 0)
            throw new SlipwayException($"{_source}, data row {row}: the label '{_label}' is empty. Every row needs one; remove the rows without.");
        if (_negative is not null)
            throw new SlipwayException(
                $"{_source}, data row {row}: the label '{_label}' is '{word}', but a binary label has two words, here '{_negative}' and '{_positive}'.");
        if (_positive is not null)
            _negative = word;
        else
            (_negative, _positive) = WellKnown(word) ?? throw new SlipwayException(
                $"{_source}, data row {row}: the label '{_label}' is '{word}', which is neither 0/1 nor true/false. " +
                "Say in model.json which word is positive: \"positive\": \"...\".");
        return word == _positive;
    }

    private static (string Negative, string Positive)? WellKnown(string word) => word switch
    {
        "0" or "1" => ("0", "1"),
        "false" or "true" => ("false", "true"),
        "False" or "True" => ("False", "True"),
        "FALSE" or "TRUE" => ("FALSE", "TRUE"),
        _ => null,
    };
}
