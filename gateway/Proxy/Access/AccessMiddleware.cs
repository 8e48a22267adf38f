using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Slipway.Gateway.Options;
using Slipway.Hosting.Problems;

namespace Slipway.Gateway.Access;

/// <summary>API keys and rate limits, each only if configured.</summary>
public static class AccessMiddleware
{
    private const string Caller = "slipway.caller";

    public static void UseAccess(this IApplicationBuilder app, GatewayOptions options)
    {
        if (options.ApiKeys.Count > 0)
            app.Use((context, next) => AuthenticateAsync(context, next, options.ApiKeys));
        if (options.RateLimit > 0)
            app.UseRateLimiter(Limits(options.RateLimit));
    }

    private static Task AuthenticateAsync(HttpContext context, RequestDelegate next, IReadOnlyList<ApiKey> keys)
    {
        if (ApiKeyPolicy.Identify(context.Request.Headers, keys) is { } key)
        {
            context.Items[Caller] = key.Name;
            return next(context);
        }
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Problem.WriteAsync(context, 401, $"This gateway requires an API key: send it as '{ApiKeyPolicy.KeyHeader}: <key>' or 'Authorization: Bearer <key>'.");
    }

    private static RateLimiterOptions Limits(int perSecond) => new()
    {
        GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetTokenBucketLimiter(
            context.Items[Caller] as string ?? CallerAddress.Of(context.Connection.RemoteIpAddress),
            _ => new()
            {
                TokenLimit = perSecond,
                TokensPerPeriod = perSecond,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                QueueLimit = 0,
            })),
        OnRejected = (rejected, _) =>
        {
            var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : 1;
            rejected.HttpContext.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
            return new(Problem.WriteAsync(rejected.HttpContext, 429, $"More than {perSecond} requests a second; try again after {wait} s."));
        },
    };
}
