using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Slipway.Hosting.Logging;

/// <summary>Logs as one line each on the console, with the time in UTC.</summary>
public static class ConsoleLogging
{
    /// <summary>Filters that a service adds afterwards win over these.</summary>
    public static ILoggingBuilder AddTo(ILoggingBuilder logging) => logging
        .AddFilter("Microsoft", LogLevel.Warning)
        // with this category off and no listener, no activity and no log scope is made for each request; a caller's traceparent still passes through
        .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None)
        // why a start failed is printed once, in one line, by the program; what stops a running service is critical and stays
        .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical)
        .AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });
}
