using System.Text.RegularExpressions;

namespace Slipway.Build.Workflows.Lint.Shell;

/// <summary>One simple command, with the shell syntax that our steps need: quotes, variables and optional words.</summary>
public static partial class ShellLine
{
    private const string Name = "[A-Za-z0-9_]+";
    private const string Variable = $@"\$(?:{Name}|\{{{Name}\}})";
    private const string Quoted = $@"""(?:[^""\\`$]|\\[^\n]|{Variable})*""";
    private const string Word = $@"(?>(?:[^ \t\n;&|<>()`#*?!{{}}""'\\$]|\\[^\n]|'[^']*'|{Quoted}|{Variable})+)";

    // ${NAME:+words}: no words if NAME is empty
    private const string Optional = $@"\$\{{{Name}:\+[ \t]*(?:(?<optional>{Word})[ \t]*)*\}}";

    /// <param name="literal">The value of a variable if the file contains it; null if it is known only at run time.</param>
    /// <returns>Null if it is more than one simple command.</returns>
    public static IReadOnlyList<ShellWord>? Parse(string text, Func<string, string?> literal)
    {
        if (Line().Match(text.Trim()) is not { Success: true } line)
            return null;
        var optional = line.Groups["optional"].Captures;
        return [.. line.Groups["always"].Captures.Concat(optional).OrderBy(word => word.Index).Select(word => new ShellWord(Unquoted(word.Value, literal), optional.Contains(word)))];
    }

    private static string Unquoted(string word, Func<string, string?> literal) =>
        Part().Replace(word, part => part.Groups["raw"] is { Success: true } raw ? raw.Value : Expanded(part.Groups["open"].Value, literal));

    private static string Expanded(string text, Func<string, string?> literal) => EscapeOrVariable().Replace(text, found =>
        found.Groups["escaped"] is { Success: true } escaped ? escaped.Value : literal(found.Groups["name"].Value) ?? $"${found.Groups["name"].Value}");

    [GeneratedRegex($@"^(?:(?:(?<always>{Word})|{Optional})(?:[ \t]+|\z))*\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Line();

    [GeneratedRegex(@"'(?<raw>[^']*)'|""(?<open>(?:[^""\\]|\\.)*)""|(?<open>(?:[^'""\\]|\\.)+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Part();

    [GeneratedRegex($@"\\(?<escaped>.)|\$(?:(?<name>{Name})|\{{(?<name>{Name})\}})", RegexOptions.ExplicitCapture)]
    private static partial Regex EscapeOrVariable();
}
