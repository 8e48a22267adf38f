using Slipway.Gateway;
using Slipway.Gateway.Listening;
using Slipway.Gateway.Options;
using Slipway.Hosting.Health;
using Slipway.Hosting.Options;
using Slipway.Hosting.Telemetry;
using Slipway.Registry;
using Slipway.Registry.Storage;

var check = new HealthCheck(nameof(GatewayOptions.PrivateUrl), "http://127.0.0.1:8081", TimeSpan.FromSeconds(5));
if (await check.ProbeAsync(args, Console.Error) is { } health)
    return health;

try
{
    var options = GatewayOptionsReader.Read(args);
    await new TakeOverGuard(options, TimeProvider.System).WaitAsync(CancellationToken.None);
    await using var gateway = GatewayHost.Build(options, ObjectStores.Open(options.Store, TimeProvider.System), TimeProvider.System, TelemetrySettings.FromEnvironment());
    await gateway.RunAsync();
    return 0;
}
catch (InvalidOptionsException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}
catch (SlipwayException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
