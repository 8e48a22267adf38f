using System.Text.RegularExpressions;
using Slipway.Reporting;

namespace Slipway.Build.Environments.Infra;

/// <summary>Where an environment no longer matches the code: somebody changed it by hand, or changed the code and did not apply it.</summary>
/// <param name="plan">What would change, in Terraform's words.</param>
public sealed partial class ConfigurationDrift(string environment, IReadOnlyList<string> plan)
{
    // a longer list would not be read to its end
    private const int MaxShown = 50;

    /// <summary>One entry per resource: <c>module.loop.module.store.aws_s3_bucket.this will be updated in-place</c>.</summary>
    public IReadOnlyList<string> Differences { get; } = [.. plan.Select(line => Entry().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value).Distinct()];

    public string Message => $"Configuration drift: '{environment}' no longer matches the code in infra/.{string.Concat(Shown().Select(line => $"{Environment.NewLine}  {line}"))}{Environment.NewLine}{Advice}";

    public Section Report => new(
        $"Configuration drift in {environment}",
        [new Bullets([.. Shown().Select(line => (RichText)line)]), new Paragraph(Advice)]);

    private string Advice =>
        $"Put what was changed by hand into the code, or undo it: ./build.sh --target=ApplyInfra --environment={environment} brings the environment back to the code. The log above has the whole difference.";

    private IEnumerable<string> Shown() => Differences.Count == 0 ? ["outputs only"]
        : Differences.Count <= MaxShown ? Differences
        : [.. Differences.Take(MaxShown), $"and {Differences.Count - MaxShown} more"];

    [GeneratedRegex(@"^\s*# (\S.* (?:will be|must be|has been|has changed|have changed).*)$")]
    private static partial Regex Entry();
}
