using System.Globalization;
using Slipway.Analysis;
using Slipway.Build.Cli;
using Slipway.Build.Cli.Querying;
using Slipway.Registry;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

try
{
    switch (args)
    {
        case ["query", var request]:
            // the process that started this one holds the other end
            _ = Console.OpenStandardInput().CopyToAsync(Stream.Null, stop.Token).ContinueWith(_ => stop.Cancel(), TaskScheduler.Default);
            await new QueryProgram(Console.Out, TimeProvider.System).RunAsync(QueryRequest.Of(request), stop.Token);
            return ExitCodes.Done;
        case ["measure", var folder, var rows] when int.TryParse(rows, NumberStyles.None, CultureInfo.InvariantCulture, out var count):
            await new LogMeasurement(folder, count, Console.Out, TimeProvider.System).RunAsync(stop.Token);
            return ExitCodes.Done;
        default:
            Console.Error.WriteLine("One of: query <request>, which ./build.sh --target=Query starts; measure <empty folder> <rows>, which fills a log and measures reading it.");
            return 2;
    }
}
catch (Exception e)
{
    Console.Error.WriteLine(e switch
    {
        SlipwayException => e.Message,
        OperationCanceledException => "Stopped: there is no result.",
        _ => e.ToString(),
    });
    return ExitCodes.Of(e);
}
