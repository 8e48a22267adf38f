using Slipway.Reporting.Html;

namespace Slipway.Gateway.Page.Html;

/// <summary>What one page shows, inside of the frame that all share.</summary>
/// <param name="Title">Of the browser's tab.</param>
/// <param name="Place">The entry of the navigation that it belongs to; empty for none, which also hides the navigation.</param>
/// <param name="Refresh">Where the browser goes on at once; null to stay.</param>
/// <param name="IsLive">Whether the page is fetched again when something has changed.</param>
public sealed record PageContent(string Title, string Place, Action<HtmlWriter> Write, int Status = 200, string? Refresh = null, bool IsLive = false);
