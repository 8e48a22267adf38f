using System.Text;
using Slipway.Gateway.Page.Assets;
using Slipway.Gateway.Page.Html;
using Slipway.Gateway.Page.Live;
using Slipway.Gateway.Page.Models;
using Slipway.Gateway.Page.Overview;
using Slipway.Gateway.Page.Playground;
using Slipway.Gateway.Page.Predictions;
using Slipway.Gateway.Page.Rollouts;
using Slipway.Gateway.Page.SignIn;
using Slipway.Hosting.Problems;

namespace Slipway.Gateway.Page;

/// <summary>The operator's page on the private listener. It only reads: nothing that a browser sends changes anything.</summary>
public sealed class OperatorPage(
    PageGuard guard, PageFrame frame, OverviewPage overview, RolloutPage rollout, ModelPage model, PredictionPage prediction, PlaygroundPage playground,
    TapPage tap, EventStreams streams)
{
    private static readonly string[] Folders = ["/models/", "/playground/", "/assets/"];
    private static readonly string[] Pages = ["/", "/rollout", "/prediction", "/playground", "/tap", "/tap/events", "/events"];

    public static bool Serves(string? path) =>
        path is not null && (Pages.Contains(path) || Folders.Any(folder => path.StartsWith(folder, StringComparison.Ordinal)));

    public async Task InvokeAsync(HttpContext context)
    {
        PageHeaders.AddTo(context.Response.Headers);
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            await Problem.WriteAsync(context, 405, "The operator's page only shows: use GET. Its actions are commands to copy.");
            return;
        }
        // styles are no secret, and the pages that say how to sign in need them
        if (PageAssets.All.FirstOrDefault(asset => asset.Path == context.Request.Path.Value) is { } asset)
        {
            await WriteAsync(context, asset);
            return;
        }
        if (guard.Check(context) is { } instead)
            await WriteAsync(context, instead);
        else
            await ShowAsync(context);
    }

    private async Task ShowAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (path is "/events" or "/tap/events")
            await (path == "/events" ? streams.StateAsync(context) : streams.TapAsync(context));
        else if (path.StartsWith("/models/", StringComparison.Ordinal) && path.EndsWith("/report", StringComparison.Ordinal))
            await model.WriteReportAsync(context);
        else
            await WriteAsync(context, await ContentAsync(context, path));
    }

    private Task<PageContent> ContentAsync(HttpContext context, string path) => path switch
    {
        "/" => overview.BuildAsync(context.Request.Query, context.RequestAborted),
        "/rollout" => rollout.BuildAsync(context.Request.Query, context.RequestAborted),
        "/prediction" => prediction.BuildAsync(context.Request.Query, context.RequestAborted),
        "/playground" => playground.ListAsync(context.RequestAborted),
        "/tap" => Task.FromResult(tap.Build(context.Request.Query)),
        _ when path.StartsWith("/models/", StringComparison.Ordinal) => model.BuildAsync(path["/models/".Length..], context.Request.Query, context.RequestAborted),
        _ when path.StartsWith("/playground/", StringComparison.Ordinal) => playground.BuildAsync(path["/playground/".Length..], context.Request.Query, context.RequestAborted),
        _ => Task.FromResult(NotFound("There is nothing here", "The address may be from another release of this page.")),
    };

    public static PageContent NotFound(string title, string why) => new(title, "Overview", html =>
    {
        html.Tag("h1", title);
        html.Tag("p", why);
        html.Tag("p", [], () => html.Link("/", "Overview"));
    }, Status: 404);

    private async Task WriteAsync(HttpContext context, PageContent content)
    {
        var bytes = Encoding.UTF8.GetBytes(frame.Render(content));
        context.Response.StatusCode = content.Status;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    private static async Task WriteAsync(HttpContext context, PageAsset asset)
    {
        var response = context.Response;
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        response.ContentType = asset.ContentType;
        response.Headers.Vary = "Accept-Encoding";
        var bytes = asset.Bytes;
        if (context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            response.Headers.ContentEncoding = "gzip";
            bytes = asset.Packed;
        }
        response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}
