using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Slipway.Hosting.Logging;

/// <summary>Logs each event as one line on the console, with the time in UTC.</summary>
public static class ConsoleLogging
{
    /// <summary>Filters that a service adds afterwards take precedence.</summary>
    public static ILoggingBuilder AddTo(ILoggingBuilder logging) => logging
        .AddFilter("Microsoft", LogLevel.Warning)
        // with this category off and no listener, requests create no activity and no log scope; a caller's traceparent is still forwarded
        .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None)
        // the program itself prints why a start failed, in one line; what stops a running service is critical and still logged
        .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical)
        .AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });
}
