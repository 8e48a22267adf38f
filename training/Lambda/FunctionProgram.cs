using Slipway.Automation.Lambda.Runtime;
using Slipway.Registry;

namespace Slipway.Automation.Lambda;

/// <summary>From the environment variables that Lambda sets to the event loop. Exit codes: 0 stopped, 1 failed, 2 not run by Lambda.</summary>
/// <param name="variables">Environment variables by name.</param>
internal sealed class FunctionProgram(Func<string, string?> variables, TextWriter output, TimeProvider time)
{
    private readonly FunctionLog _log = new(output, time);

    /// <param name="create">Creates the handler for an environment.</param>
    public async Task<int> RunAsync(Func<FunctionSettings, FunctionLog, TimeProvider, IEventHandler> create, CancellationToken stop)
    {
        if (variables(RuntimeApi.Variable) is not { Length: > 0 } host)
        {
            _log.Fail(new SlipwayException($"This program must be run by AWS Lambda, which sets {RuntimeApi.Variable}. On this machine, use ./build.sh --target=Watch instead."));
            return 2;
        }

        using var api = new RuntimeApi(host, time);
        try
        {
            if (await BeginAsync(api, create) is not { } handler)
                return 1;
            await new RuntimeLoop(api, handler, _log, time).RunAsync(stop);
            return 0;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            _log.Fail(new SlipwayException($"The Runtime API of Lambda at {host} failed: {e.Message} Lambda restarts the function.", e));
            return 1;
        }
    }

    private async Task<IEventHandler?> BeginAsync(RuntimeApi api, Func<FunctionSettings, FunctionLog, TimeProvider, IEventHandler> create)
    {
        try
        {
            return create(FunctionSettings.Read(variables), _log, time);
        }
        catch (Exception e)
        {
            _log.Fail(e);
            await api.FailInitAsync(RuntimeError.Of(e));
            return null;
        }
    }
}
