using System.Text.RegularExpressions;

namespace Slipway.Infra.Tests;

/// <summary>
/// A block at the top of a formatted file, such as <c>variable "name" { }</c>, with its own attributes as they are written. Enough for files whose
/// format <c>terraform fmt</c> has checked; it is not a parser of the language.
/// </summary>
/// <param name="Attributes">By name; what spans several lines is joined to one.</param>
internal sealed partial record TerraformBlock(string Name, IReadOnlyDictionary<string, string> Attributes)
{
    /// <summary>The text of a quoted attribute; null if there is none.</summary>
    public string? Text(string attribute) => Attributes.TryGetValue(attribute, out var value) ? value.Trim('"').Replace("\\\"", "\"", StringComparison.Ordinal) : null;

    public static IReadOnlyList<TerraformBlock> Read(string file, string kind) =>
    [
        .. from Match block in Regex.Matches(File.ReadAllText(file), $"^{kind} \"(?<name>[^\"]+)\" \\{{\n(?<body>.*?)^\\}}$", RegexOptions.Multiline | RegexOptions.Singleline)
           select new TerraformBlock(block.Groups["name"].Value, AttributesOf(block.Groups["body"].Value)),
    ];

    // an attribute begins two spaces in; what belongs to it follows deeper in, up to a closing bracket two spaces in
    private static Dictionary<string, string> AttributesOf(string body) =>
        Attribute().Matches(body).ToDictionary(
            match => match.Groups["name"].Value,
            match => Space().Replace(match.Groups["value"].Value.Trim(), " "));

    [GeneratedRegex(@"^  (?<name>\w+) += (?<value>[^\n]*(\n {4,}[^\n]*)*(\n  [\]})]+)?)", RegexOptions.Multiline)]
    private static partial Regex Attribute();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
