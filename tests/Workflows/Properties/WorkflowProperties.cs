using CsCheck;
using Slipway.Build.Workflows.Lint;
using Slipway.Build.Workflows.Lint.Shell;
using Slipway.Tests.Properties;
using Slipway.Workflows.Tests.Lint;

namespace Slipway.Workflows.Tests.Properties;

public sealed class WorkflowProperties
{
    private static readonly string[] Paths = [.. Snippets.All.Keys];

    // whole lines are moved too, because a change of indentation is what goes wrong most
    private static readonly Gen<(string Path, string Text)> Files = Gen.OneOf(Paths).SelectMany(path =>
        Gen.Select(Edited.Text(Snippets.All[path]), Gen.Int[0, 60], Gen.Int[0, 60], Gen.OneOf("", "  ", "    ", "- ", "? ", "&a ", "*a ", "!!int ", "{", "[", "| ", "<<: "), (text, from, to, indent) => (path, Moved(text, from, to, indent))));

    [Test]
    public void AreCheckedOrFoundUnreadable() =>
        Property.Holds(Files, 600, file =>
        {
            var findings = Snippets.Findings(Snippets.Files(file.Path, file.Text));
            Assert.That(findings, Has.All.Matches<WorkflowFinding>(one => one!.Line >= 0 && one.Message.Length is > 5 && !one.Message.Contains("   at ", StringComparison.Ordinal)));
        }, file => $"{file.Path}:{Environment.NewLine}{file.Text}");

    [Test]
    public void HaveShellLinesThatAreParsedOrNot() =>
        Property.Holds(Edited.Text("./build.sh --target=Deploy --environment=\"$ENVIRONMENT\" 'a b'", "echo ${{ x }} | tee a && b; c > d", "a \\\n  b"), 1500, text =>
        {
            if (ShellLine.Parse(text, name => name == "ENVIRONMENT" ? "staging" : null) is { } line)
                Assert.That(BuildCall.Of(line), Is.Null.Or.Not.Null);
        }, text => text);

    private static string Moved(string text, int from, int to, string indent)
    {
        var lines = text.Split('\n').ToList();
        var line = lines[from % lines.Count];
        lines.RemoveAt(from % lines.Count);
        lines.Insert(to % (lines.Count + 1), indent + line);
        return string.Join('\n', lines);
    }
}
