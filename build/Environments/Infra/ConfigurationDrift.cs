using System.Text.RegularExpressions;
using Slipway.Reporting;

namespace Slipway.Build.Environments.Infra;

/// <summary>How an environment differs from the code: somebody changed it by hand, or changed the code and did not apply it.</summary>
/// <param name="plan">What would change, in Terraform's words.</param>
public sealed partial class ConfigurationDrift(string environment, IReadOnlyList<string> plan)
{
    private const string Moved = " has moved to ";

    // nobody reads a longer list to its end
    private const int MaxShown = 50;

    /// <summary>One entry per resource: <c>module.loop.module.store.aws_s3_bucket.this will be updated in-place</c>.</summary>
    public IReadOnlyList<string> Differences { get; } = [.. plan.Select(line => Entry().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value).Distinct()];

    private bool OnlyMoves => Differences.Count > 0 && Differences.All(difference => difference.Contains(Moved, StringComparison.Ordinal));

    public string Message => $"Configuration drift: '{environment}' no longer matches the code in infra/.{string.Concat(Shown().Select(line => $"{Environment.NewLine}  {line}"))}{Environment.NewLine}{Advice}";

    public Section Report => new(
        $"Configuration drift in {environment}",
        [new Bullets([.. Shown().Select(line => (RichText)line)]), new Paragraph(Advice)]);

    private string Advice => OnlyMoves
        ? $"Only addresses in Terraform's state differ; no resource will change. Record the new ones: {Apply}"
        : $"Move manual changes into the code, or revert them by applying the code: {Apply}. The log above shows the complete difference.";

    private string Apply => $"./build.sh --target=ApplyInfra --environment={environment}";

    private IEnumerable<string> Shown() => Differences.Count == 0 ? ["only outputs of the root module"]
        : Differences.Count <= MaxShown ? Differences
        : [.. Differences.Take(MaxShown), $"and {Differences.Count - MaxShown} more"];

    [GeneratedRegex(@"^\s*# (\S.* (?:will (?:no longer )?be|must be|has been|has moved to|has changed|have changed).*)$")]
    private static partial Regex Entry();
}
