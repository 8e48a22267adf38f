using System.Text;

namespace Slipway.Build.Workflows.Lint.Shell;

/// <summary>Takes the words of one command apart, as far as a step of ours needs of the shell: quotes, variables and words that may be missing.</summary>
public sealed class ShellLine
{
    private const string Operators = ";&|<>()`#*?!{}\n";

    private readonly string _text;
    private readonly Func<string, string?> _literal;
    private readonly bool _isOptional;
    private readonly List<ShellWord> _words = [];
    private readonly StringBuilder _word = new();
    private int _at;
    private bool _inWord;
    private bool _isQuoted;

    private ShellLine(string text, Func<string, string?> literal, bool isOptional) => (_text, _literal, _isOptional) = (text, literal, isOptional);

    /// <param name="literal">The value of a variable where the file says it; null where only a run knows it.</param>
    /// <returns>Null where it is more than one simple command.</returns>
    public static IReadOnlyList<ShellWord>? Parse(string text, Func<string, string?> literal) => new ShellLine(text.Trim(), literal, isOptional: false).Words();

    private List<ShellWord>? Words()
    {
        while (_at < _text.Length)
        {
            if (!Take(_text[_at++]))
                return null;
        }

        EndWord();
        return _isQuoted ? null : _words;
    }

    private bool Take(char letter)
    {
        switch (letter)
        {
            case '"':
                _isQuoted = !_isQuoted;
                _inWord = true;
                return true;
            case '\'' when !_isQuoted:
                return SingleQuoted();
            case '\\' when _at < _text.Length && _text[_at] != '\n':
                return Add(_text[_at++].ToString());
            case '$':
                return Variable();
            case ' ' or '\t' when !_isQuoted:
                EndWord();
                return true;
            default:
                return (_isQuoted ? letter != '`' : !Operators.Contains(letter, StringComparison.Ordinal)) && Add(letter.ToString());
        }
    }

    private bool SingleQuoted()
    {
        var end = _text.IndexOf('\'', _at);
        if (end < 0)
            return false;
        Add(_text[_at..end]);
        _at = end + 1;
        return true;
    }

    private bool Variable()
    {
        var inBraces = _at < _text.Length && _text[_at] == '{';
        if (inBraces)
            _at++;
        var begin = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] == '_'))
            _at++;
        var name = _text[begin.._at];
        if (name.Length == 0)
            return false;
        if (!inBraces)
            return Add(Value(name));
        if (_at < _text.Length && _text[_at] == '}')
        {
            _at++;
            return Add(Value(name));
        }

        return Optional();
    }

    // ${NAME:+words}: none of them where NAME is empty
    private bool Optional()
    {
        if (_inWord || _isQuoted || !_text.AsSpan(_at).StartsWith(":+"))
            return false;
        var end = ClosingBrace();
        if (end < 0 || new ShellLine(_text[(_at + 2)..end], _literal, isOptional: true).Words() is not { } words)
            return false;
        _words.AddRange(words);
        _at = end + 1;
        return true;
    }

    private int ClosingBrace()
    {
        var depth = 1;
        for (var at = _at; at < _text.Length; at++)
        {
            depth += _text[at] == '{' ? 1 : _text[at] == '}' ? -1 : 0;
            if (depth == 0)
                return at;
        }

        return -1;
    }

    private string Value(string name) => _literal(name) ?? $"${name}";

    private bool Add(string text)
    {
        _inWord = true;
        _word.Append(text);
        return true;
    }

    private void EndWord()
    {
        if (_inWord)
            _words.Add(new(_word.ToString(), _isOptional));
        _inWord = false;
        _word.Clear();
    }
}
