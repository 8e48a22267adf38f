using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Slipway.Gateway.Tests.Fixtures;

public static class Waiting
{
    /// <summary>Waits until something in a gateway is so.</summary>
    public static async Task WaitForAsync<T>(this WebApplication gateway, Func<T, bool> isSo)
        where T : notnull
    {
        var service = gateway.Services.GetRequiredService<T>();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        while (!isSo(service))
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, limit.Token);
    }
}
