namespace Slipway.Reporting;

/// <summary>Links come out of reports of others: one is taken only where it can do nothing but lead somewhere.</summary>
internal static class SafeLink
{
    public static string? Of(string? link) =>
        link is not null && Uri.TryCreate(link, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps
        && link.All(letter => letter is > ' ' and <= '~' and not ('(' or ')' or '<' or '>' or '|' or '"' or '\\' or '`'))
            ? link
            : null;
}
