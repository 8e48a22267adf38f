using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Slipway.Hosting.Listening;

/// <summary>The web server configuration that all services share, without their listeners and limits.</summary>
public static class WebServer
{
    public static void AddTo(IWebHostBuilder host, Action<KestrelServerOptions> configure) => host.UseKestrelCore().ConfigureKestrel(kestrel =>
    {
        kestrel.AddServerHeader = false;
        // accepts any byte: callers' own headers are no reason to reject a request. Latin-1 maps every byte to a character and back
        kestrel.RequestHeaderEncodingSelector = static _ => Encoding.Latin1;
        configure(kestrel);
    });
}
