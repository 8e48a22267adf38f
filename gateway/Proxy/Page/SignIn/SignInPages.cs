using Slipway.Gateway.Page.Html;

namespace Slipway.Gateway.Page.SignIn;

/// <summary>What somebody sees who may not see the page, or not yet: why, and what to do.</summary>
public static class SignInPages
{
    private const string Where = "Deploy prints the address of this page, and Status prints it again:";
    private const string Status = "./build.sh --target=Status";

    public static PageContent None() => Refused(401, "This page needs its token", "Whoever opens the address with the token stays signed in for 12 hours.");

    public static PageContent Wrong() => Refused(403, "This token is not the right one", "The address may be incomplete, or from another environment.");

    public static PageContent Expired() => Refused(401, "Your session has expired", "A session lasts 12 hours.");

    public static PageContent Changed() => Refused(401, "Your session is no longer valid", "The token of this gateway has changed since you signed in.");

    public static PageContent Off() => new("The page is off", "", html =>
    {
        html.Tag("h1", "The operator's page is off");
        html.Tag("p", "This gateway has no token for it. Set SLIPWAY_PageToken, or deploy again; the status is at /api/status, metrics are at /metrics.");
    }, Status: 404);

    public static PageContent Host(string host) => new("Unknown host", "", html =>
    {
        html.Tag("h1", "This gateway does not accept the host of the address");
        html.Tag("p", [], () =>
        {
            html.Tag("bdi", host[..Math.Min(host.Length, 100)]);
            html.Text(" is not a name of this machine. Use localhost or 127.0.0.1, or add the host to AllowedHosts (SLIPWAY_AllowedHosts).");
        });
    }, Status: 421);

    /// <summary>
    /// A page, and not a redirect: a browser that comes from a link elsewhere does not send a strict cookie along with what it is redirected to.
    /// </summary>
    public static PageContent Welcome(string next) => new("Signed in", "", html =>
    {
        html.Tag("h1", "Signed in");
        html.Tag("p", [], () => html.Link(next, "Continue"));
    }, Refresh: next);

    private static PageContent Refused(int status, string title, string why) => new(title, "", html =>
    {
        html.Tag("h1", title);
        html.Tag("p", why);
        html.Tag("p", Where);
        html.Command(Status);
        html.Tag("p", "On AWS, the address is in docs/operations.md under \u201cThe operator's page\u201d.", "quiet");
    }, Status: status);
}
