using Slipway.Hosting.Health;
using Slipway.Hosting.Options;
using Slipway.Inference.Hosting;
using Slipway.Inference.Options;
using Slipway.Registry;

var check = new HealthCheck(nameof(InferenceOptions.Url), new InferenceOptions().Url, TimeSpan.FromSeconds(2));
if (await check.ProbeAsync(args, Console.Error) is { } health)
    return health;

try
{
    // SageMaker starts containers with the single argument 'serve'
    await using var app = await InferenceHost.BuildAsync(args is ["serve", .. var rest] ? rest : args, CancellationToken.None);

    // model runs block their threads: requests that must be served at the same time, such as probes, need other threads
    ThreadPool.GetMinThreads(out var workers, out var completion);
    var concurrency = app.Services.GetRequiredService<InferenceOptions>().MaxConcurrency;
    ThreadPool.SetMinThreads(Math.Max(workers, concurrency + Environment.ProcessorCount), completion);
    await app.RunAsync();
    return 0;
}
catch (InvalidOptionsException e)
{
    foreach (var error in e.Errors)
        await Console.Error.WriteLineAsync($"Error: {error}");
    return 2;
}
catch (SlipwayException e)
{
    await Console.Error.WriteLineAsync($"Error: {e.Message}");
    return 2;
}
catch (IOException e) when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
{
    await Console.Error.WriteLineAsync($"Error: {e.Message} Stop the program that listens there, or choose another address with --Url.");
    return 2;
}
