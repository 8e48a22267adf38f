using Slipway.Gateway;
using Slipway.Gateway.Listening;
using Slipway.Gateway.Options;
using Slipway.Registry;
using Slipway.Registry.Storage;

if (await HealthQuestion.AskAsync(args) is { } health)
    return health;

var options = GatewayOptionsReader.Read(args, out var errors);
foreach (var error in errors)
    Console.Error.WriteLine(error);
if (errors.Count > 0)
    return 2;

try
{
    await new TakeOverGuard(options, TimeProvider.System).WaitAsync(CancellationToken.None);
    await using var gateway = GatewayHost.Build(options, ObjectStores.Open(options.Store, TimeProvider.System), TimeProvider.System);
    await gateway.RunAsync();
    return 0;
}
catch (SlipwayException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
