namespace Slipway.Reporting;

/// <summary>Links may come from reports of other tools: only those are used that can do nothing but open a page.</summary>
internal static class SafeLink
{
    public static string? Of(string? link) =>
        link is not null && Uri.TryCreate(link, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps
        && link.All(letter => letter is > ' ' and <= '~' and not ('(' or ')' or '<' or '>' or '|' or '"' or '\\' or '`'))
            ? link
            : null;
}
