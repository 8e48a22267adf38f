using System.Globalization;
using System.Security.Cryptography;

namespace Slipway.Inference.Requests;

/// <summary>Fails a share of prediction requests on purpose, so that anybody can try what happens to a bad release.</summary>
/// <param name="share">0 to 1.</param>
public sealed partial class FaultInjection(double share, ILogger<FaultInjection> logger)
{
    public const string Rule = "errors: and the share of requests to fail, such as errors:0.3";

    private const string Errors = "errors:";
    private const int Parts = 1_000_000;

    public static bool TryParse(string text, out double share)
    {
        share = 0;
        return text.StartsWith(Errors, StringComparison.Ordinal)
            && double.TryParse(text.AsSpan(Errors.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out share)
            && share is >= 0 and <= 1;
    }

    /// <summary>The same handler, unless it fails.</summary>
    public Func<HttpContext, Task> Around(Func<HttpContext, Task> handler)
    {
        if (share <= 0)
            return handler;
        FaultsAreInjected(share);
        return context => RandomNumberGenerator.GetInt32(Parts) < share * Parts
            ? throw new RequestException(StatusCodes.Status500InternalServerError, "This server fails a share of its requests on purpose: its option Fault is set.")
            : handler(context);
    }

    [LoggerMessage(LogLevel.Warning, "This server fails a share of {Share} of its prediction requests on purpose, because its option Fault is set")]
    private partial void FaultsAreInjected(double share);
}
