using System.Globalization;
using Slipway.Gateway;
using Slipway.Gateway.Options;
using Slipway.Inference.Hosting;
using Slipway.Registry.Storage;

namespace Slipway.Soak.Clocks;

/// <summary>Reads how far the clock is off, in seconds a line, and confirms each with a line. It exits when its input ends.</summary>
public static class JumpingProgram
{
    public const string Confirmation = "clock ";

    public static async Task RunAsync(JumpingJob job, TextReader jumps, TextWriter output)
    {
        var time = new JumpingTime();
        await using var server = InferenceHost.Build(job.Server, services => services.AddSingleton<TimeProvider>(time));
        await server.StartAsync();
        await using var gateway = GatewayHost.Build(GatewayOptionsReader.Read(job.Gateway), ObjectStores.Open(job.Store, time), time);
        await gateway.StartAsync();
        while (await jumps.ReadLineAsync() is { } line)
        {
            time.Offset = TimeSpan.FromSeconds(double.Parse(line, CultureInfo.InvariantCulture));
            await output.WriteLineAsync($"{Confirmation}{line}");
            await output.FlushAsync();
        }

        await gateway.StopAsync();
        await server.StopAsync();
    }
}
