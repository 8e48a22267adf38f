using Slipway.Build.Workflows.Lint.Shell;

namespace Slipway.Workflows.Tests.Lint;

public sealed class ShellLineTests
{
    [TestCase("./build.sh --target=Test", "./build.sh|--target=Test")]
    [TestCase("a \"b c\" 'd $e'", "a|b c|d $e")]
    [TestCase("a --to=\"$TO\" \"--to=${TO}\"", "a|--to=$TO|--to=$TO")]
    [TestCase("a --what=\"$KNOWN\"", "a|--what=traffic")]
    [TestCase("a ${TO:+\"--to=$TO\"} b", "a|(--to=$TO)|b")]
    [TestCase("a ${TO:+b \"c }\"}", "a|(b)|(c })")]
    [TestCase("a --reason=\"it's a \\\"test\\\"\" \\$b", "a|--reason=it's a \"test\"|$b")]
    public void WordsAreWhatTheShellHandsOn(string line, string words) =>
        Assert.That(string.Join('|', ShellLine.Parse(line, Known)!.Select(word => word.IsOptional ? $"({word.Text})" : word.Text)), Is.EqualTo(words));

    [TestCase("a && b")]
    [TestCase("a; b")]
    [TestCase("a | b")]
    [TestCase("a > b")]
    [TestCase("a\nb")]
    [TestCase("a $(b)")]
    [TestCase("a \"`b`\"")]
    [TestCase("a \"b")]
    [TestCase("a 'b")]
    [TestCase("a ${b:-c}")]
    [TestCase("a ${b:+c")]
    [TestCase("a *.json")]
    [TestCase("a \\")]
    [TestCase("a b${TO:+c}")]
    [TestCase("a ${TO:+b}c")]
    [TestCase("a ${TO:+b; c}")]
    [TestCase("a ${TO:+${IN:+b}}")]
    public void WhatIsMoreThanOneSimpleCommandHasNoWords(string line) => Assert.That(ShellLine.Parse(line, Known), Is.Null);

    [TestCase("./build.sh --model=\"$MODEL\" ${TO:+\"--to=$TO\"} '$NO' ${#LENGTH}", "MODEL,TO,LENGTH")]
    public void VariablesAreThoseThatTheShellReads(string script, string names) =>
        Assert.That(ShellVariables.In(script), Is.EqualTo(names.Split(',')));

    private static string? Known(string name) => name == "KNOWN" ? "traffic" : null;
}
