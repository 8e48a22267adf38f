namespace Slipway.Build.Workflows.Lint.Reading;

/// <summary>What GitHub puts in place of <c>${{ }}</c> before a shell or an action sees it.</summary>
public static class Expressions
{
    public static bool Has(string text) => text.Contains("${{", StringComparison.Ordinal);
}
