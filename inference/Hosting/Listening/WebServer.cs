using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Slipway.Hosting.Listening;

/// <summary>The web server as every service has it, before its own listeners and limits.</summary>
public static class WebServer
{
    public static void AddTo(IWebHostBuilder host, Action<KestrelServerOptions> configure) => host.UseKestrelCore().ConfigureKestrel(kestrel =>
    {
        kestrel.AddServerHeader = false;
        // any byte: what a caller writes into headers of its own is no reason to refuse it. Latin-1 gives every byte a character and back
        kestrel.RequestHeaderEncodingSelector = static _ => Encoding.Latin1;
        configure(kestrel);
    });
}
