using System.Text.Json;
using System.Text.RegularExpressions;
using Slipway.Automation.Aws;
using Slipway.Registry.Signing;

namespace Slipway.Infra.Tests;

public sealed partial class RecordTests
{
    [Test]
    public void HasTheMembersThatTargetsAndFunctionsRead()
    {
        var record = new AwsEnvironmentRecord(
            "", "", "", "", "", "", "", new("", "", "", "", 0, 0, 0, ""), new("", ""), new("", "", 0, 0, false, "", [], [], ""), new("", "", ""), new("", SignatureMode.Enforce, ""), "");

        Assert.That(MembersIn(Path.Combine(Repository.Infra, "modules", "loop", "main.tf")).Order(), Is.EqualTo(
            MembersOf(JsonSerializer.SerializeToElement(record, AwsEnvironmentJson.Default.AwsEnvironmentRecord)).Order()));
    }

    private static IEnumerable<string> MembersIn(string file)
    {
        var record = Record().Match(File.ReadAllText(file));
        Assert.That(record.Success, $"{file} makes no record.");
        return Member().Matches(record.Value).Select(member => member.Groups["name"].Value).Skip(1);
    }

    private static IEnumerable<string> MembersOf(JsonElement element) =>
        element.EnumerateObject().SelectMany(member => member.Value.ValueKind == JsonValueKind.Object ? [member.Name, .. MembersOf(member.Value)] : (string[])[member.Name]);

    [GeneratedRegex(@"^  record = jsonencode\(\{\n.*?^  \}\)$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Record();

    [GeneratedRegex(@"^ *(?<name>\w+) += ", RegexOptions.Multiline)]
    private static partial Regex Member();
}
