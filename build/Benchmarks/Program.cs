using System.Globalization;
using Slipway.Benchmarks;
using Slipway.Benchmarks.Endpoints;
using Slipway.Benchmarks.Evaluators;
using Slipway.Benchmarks.Load;
using Slipway.Benchmarks.Training;
using Slipway.Build.Cli.Benchmarks;

if (args is ["run", var request])
    return await RunProgram.RunAsync(BenchmarkRequest.Of(request), Console.OpenStandardInput());

if (args is ["load"])
{
    await LoadProgram.RunAsync(Console.In, Console.Out);
    return 0;
}

if (args is ["evaluators", var onnx])
{
    EvaluatorBenchmark.Run(onnx, Console.Out);
    return 0;
}

if (args is ["training", var trainer, var peers, var rows, var columns])
{
    await TrainingProgram.RunAsync(trainer, peers, new(int.Parse(rows, CultureInfo.InvariantCulture), int.Parse(columns, CultureInfo.InvariantCulture)), Console.Out);
    return 0;
}

if (args is ["constant" or "proxy", var url, var what])
{
    await using var app = args[0] == "constant" ? ConstantEndpoint.Build(url, what) : PlainProxy.Build(url, what);
    await app.RunAsync();
    return 0;
}

Console.Error.WriteLine(
    "One of: run <request>, which ./build.sh --target=Benchmark starts; load, which reads jobs as lines of JSON; constant <url> <folder of answers>; proxy <url> <url of a server>; evaluators <ONNX file>, which compares a compiled model with ONNX Runtime; training <assembly of the trainer> <folder of peers> <rows> <columns>, which trains next to scikit-learn.");
return 2;
