namespace Slipway.Build.Cli;

/// <summary>Parses <c>--name=value</c>, <c>--name value</c>, <c>--flag</c> and <c>-t value</c> into a <see cref="CommandLine"/>.</summary>
public sealed class CommandLineParser
{
    private static readonly string[] HelpTokens = ["-h", "--help", "-?"];
    private static readonly string[] TargetTokens = ["--target", "-t"];

    private readonly Queue<string> _tokens;
    private readonly List<string> _targets = [];
    private readonly List<ParsedValue> _values = [];
    private readonly List<ParsedSwitch> _switches = [];
    private readonly List<string> _unexpected = [];
    private bool _help;

    private CommandLineParser(IEnumerable<string> tokens) => _tokens = new Queue<string>(tokens);

    public static CommandLine Parse(IEnumerable<string> tokens) => new CommandLineParser(tokens).Parse();

    private CommandLine Parse()
    {
        while (_tokens.TryDequeue(out var token))
            Take(token);
        return new CommandLine(_targets, _values, _switches, _unexpected, _help);
    }

    private void Take(string token)
    {
        var (name, attached) = Split(token);
        if (!token.StartsWith('-'))
            _unexpected.Add(token);
        else if (HelpTokens.Contains(name, StringComparer.OrdinalIgnoreCase))
            _help = true;
        else if (TargetTokens.Contains(name, StringComparer.OrdinalIgnoreCase))
            _targets.Add(attached ?? FollowingValue() ?? string.Empty);
        // with a number it is our argument; without a value it is Cake's switch
        else if (CakeSwitches.Version.Matches(name) && (attached ?? FollowingNumber()) is { } number)
            _values.Add(new ParsedValue(Arguments.Version.Name, number));
        else if (CakeSwitches.All.FirstOrDefault(candidate => candidate.Matches(name)) is { } known)
            TakeSwitch(known, attached);
        else if (token.StartsWith("--", StringComparison.Ordinal))
            _values.Add(new ParsedValue(name[2..], attached ?? ImpliedValue(name[2..]) ?? FollowingValue()));
        else
            _unexpected.Add(token);
    }

    private void TakeSwitch(CakeSwitch known, string? attached)
    {
        if (known.Values is not null)
            _switches.Add(new ParsedSwitch(known, attached ?? FollowingValue() ?? string.Empty));
        else if (attached is null || attached.Equals("true", StringComparison.OrdinalIgnoreCase))
            _switches.Add(new ParsedSwitch(known, null));
        else if (!attached.Equals("false", StringComparison.OrdinalIgnoreCase))
            _unexpected.Add($"{known.Name}={attached}");
    }

    // a flag never takes the next word as its value
    private static string? ImpliedValue(string name) => Arguments.Named(name) is { Rule.IsFlag: true } ? ValueRule.True : null;

    private static (string Name, string? Value) Split(string token)
    {
        var equals = token.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (token, null) : (token[..equals], token[(equals + 1)..]);
    }

    private string? FollowingValue() =>
        _tokens.TryPeek(out var next) && !next.StartsWith('-') ? _tokens.Dequeue() : null;

    private string? FollowingNumber() =>
        _tokens.TryPeek(out var next) && next.All(char.IsAsciiDigit) ? _tokens.Dequeue() : null;
}
