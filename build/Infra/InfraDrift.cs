using System.Text.RegularExpressions;
using Slipway.Reporting;

namespace Slipway.Build;

/// <summary>Where an environment is not what the code says any more: somebody changed it by hand, or changed the code and did not apply it.</summary>
/// <param name="plan">What would change, in Terraform's words.</param>
public sealed partial class InfraDrift(string environment, IReadOnlyList<string> plan)
{
    // a list that nobody reads to its end says no more than this
    private const int MostShown = 50;

    /// <summary>One entry for each thing: <c>module.loop.module.store.aws_s3_bucket.this will be updated in-place</c>.</summary>
    public IReadOnlyList<string> Differences { get; } = [.. plan.Select(line => Entry().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value).Distinct()];

    public string Message => $"'{environment}' is not as infra/environments/{environment} says:{string.Concat(Shown().Select(line => $"{Environment.NewLine}  {line}"))}{Environment.NewLine}{Advice}";

    public Section Report => new(
        $"{environment} is not as infra/environments/{environment} says",
        [new Bullets([.. Shown().Select(line => (RichText)line)]), new Paragraph(Advice)]);

    private string Advice =>
        $"What was changed by hand belongs into the code, or away: ./build.sh --target=ApplyInfra --environment={environment} makes it as the code says. The whole difference stands above in the log.";

    private IEnumerable<string> Shown() => Differences.Count == 0 ? ["outputs alone"]
        : Differences.Count <= MostShown ? Differences
        : [.. Differences.Take(MostShown), $"and {Differences.Count - MostShown} more"];

    [GeneratedRegex(@"^\s*# (\S.* (?:will be|must be|has been|has changed|have changed).*)$")]
    private static partial Regex Entry();
}
