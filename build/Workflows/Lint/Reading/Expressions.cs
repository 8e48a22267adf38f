namespace Slipway.Build.Workflows.Lint.Reading;

/// <summary>Expressions, <c>${{ }}</c>, which GitHub replaces before a shell or an action sees them.</summary>
public static class Expressions
{
    public static bool Has(string text) => text.Contains("${{", StringComparison.Ordinal);
}
