using System.Runtime.InteropServices;
using Slipway.Automation.Lambda;

using var stop = new CancellationTokenSource();
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
var function = new FunctionProgram(Environment.GetEnvironmentVariable, Console.Out, TimeProvider.System);
return await function.RunAsync(EventDispatch.Create, stop.Token);

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}
