using Slipway.Benchmarks;
using Slipway.Build.Cli.Soaking;
using Slipway.Soak;
using Slipway.Soak.Clocks;
using Slipway.Soak.Deployers;
using Slipway.Soak.Swappers;

if (args is ["run", var request])
{
    var asked = SoakRequest.Of(request);
    return await RunProgram.RunAsync((report, token) => new SoakProgram(asked, report).RunAsync(token), "the soak", Console.OpenStandardInput());
}

if (args is ["deployer", var store, var conditions])
{
    await DeployerProgram.RunAsync(store, conditions == "unconditional", Console.In, Console.Out);
    return 0;
}

if (args is ["swapper", var job])
{
    await SwapperProgram.RunAsync(SwapperJob.Of(job), Console.Out);
    return 0;
}

if (args is ["jumping", var host])
{
    await JumpingProgram.RunAsync(JumpingJob.Of(host), Console.In, Console.Out);
    return 0;
}

Console.Error.WriteLine(
    "One of: run <request>, which ./build.sh --target=Soak starts; deployer <store> conditional|unconditional, which reads requests as lines; swapper <job>; jumping <job>, which reads jumps as lines.");
return 2;
