using System.Globalization;
using Slipway.Gateway.Access;
using Slipway.Gateway.Listening;
using Slipway.Gateway.Options;
using Slipway.Gateway.Page.Html;

namespace Slipway.Gateway.Page.SignIn;

/// <summary>Who may see the page: whoever opened the address with the token, until the session expires.</summary>
public sealed class PageGuard(GatewayOptions options, TimeProvider time)
{
    /// <summary>A day's work; after that, the address with the token has to be opened again.</summary>
    public static readonly TimeSpan SessionLength = TimeSpan.FromHours(12);

    public const string Parameter = "token";

    // cookies are shared by all ports of a host, and several gateways may run on one
    private readonly string _cookie = $"slipway-{GatewayIdentity.Of(options)}-{options.PrivateUrl.Port.ToString(CultureInfo.InvariantCulture)}";

    /// <returns>Null if the request may pass.</returns>
    public PageContent? Check(HttpContext context)
    {
        // on a listener that other machines reach, HostPolicy accepts any name unless some are configured; a page needs one that somebody chose
        if (!HostPolicy.IsAllowed(context.Request.Host, new("http://127.0.0.1"), options.AllowedHosts))
            return SignInPages.Host(context.Request.Host.Value ?? "");
        if (options.PageToken is not { } token)
            return SignInPages.Off();
        if (context.Request.Query[Parameter] is [{ } shown])
            return token.Is(shown) ? SignedIn(context, token) : SignInPages.Wrong();
        return token.Check(context.Request.Cookies[_cookie], time.GetUtcNow()) switch
        {
            SessionState.Open => null,
            SessionState.Expired => SignInPages.Expired(),
            SessionState.Wrong => SignInPages.Changed(),
            _ => SignInPages.None(),
        };
    }

    private PageContent SignedIn(HttpContext context, PageToken token)
    {
        context.Response.Cookies.Append(_cookie, token.Session(time.GetUtcNow() + SessionLength), new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Path = "/",
            MaxAge = SessionLength,
            Secure = context.Request.IsHttps,
        });
        var rest = QueryString.Create(context.Request.Query.Where(pair => pair.Key != Parameter));
        return SignInPages.Welcome($"{LocalPath(context.Request.Path)}{rest}");
    }

    // a path that starts with two slashes would be the address of another host
    private static string LocalPath(PathString path) => $"/{(path.ToUriComponent()).TrimStart('/', '\\')}";
}
