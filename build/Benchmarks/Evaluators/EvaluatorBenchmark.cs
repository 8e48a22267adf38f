using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Slipway.Inference.Evaluators;
using Slipway.Registry;
using Slipway.Registry.Models;

namespace Slipway.Benchmarks.Evaluators;

/// <summary>A compiled model next to ONNX Runtime, in one process and on one thread: the time for a row, alone and in batches.</summary>
public static class EvaluatorBenchmark
{
    private const int Rounds = 7;
    private const int RowsPerRound = 40_000;

    // different rows, so that no branch is predicted because it was the same one before
    private const int Pool = 4096;

    private static readonly int[] BatchSizes = [1, 64, 4096];

    /// <param name="path">An ONNX file that can be compiled.</param>
    /// <exception cref="SlipwayException">It cannot be compiled.</exception>
    public static void Run(string path, TextWriter output)
    {
        var onnx = File.ReadAllBytes(path);
        using var options = new Microsoft.ML.OnnxRuntime.SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1, ExecutionMode = ExecutionMode.ORT_SEQUENTIAL };
        using var session = new InferenceSession(onnx, options);
        var features = session.InputMetadata[ModelSchema.InputName].Dimensions[1];
        var (name, width) = session.OutputMetadata.Select(entry => (entry.Key, entry.Value.Dimensions[1])).First();
        var compiled = CompiledModel.Of(onnx, features, (name, width));
        output.WriteLine($"{path}: {features} features, {onnx.Length} bytes; compiled, {compiled.Bytes} bytes");
        foreach (var rows in BatchSizes)
        {
            using var ours = new Batches(() => new CompiledRun(compiled, features, width), compiled, features, width, rows);
            using var reference = new Batches(() => new OnnxRun(session, name, features, width), compiled, features, width, rows);
            var (one, other) = (new List<double>(), new List<double>());
            for (var round = -1; round < Rounds; round++) // the first warms up
            {
                var (mine, theirs) = (ours.Measure(), reference.Measure());
                if (round < 0)
                    continue;
                one.Add(mine);
                other.Add(theirs);
            }

            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{rows,5} rows at a time: compiled {Median(one):0.000} µs a row, ONNX Runtime {Median(other):0.000} µs, {Median(other.Zip(one, (theirs, mine) => theirs / mine)):0.0} times as fast"));
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private sealed class Batches : IDisposable
    {
        private readonly IBatchRun[] _runs;
        private readonly int _rows;

        public Batches(Func<IBatchRun> create, CompiledModel model, int features, int width, int rows)
        {
            _rows = rows;
            _runs = [.. Enumerable.Range(0, Pool / rows).Select(_ => create())];
            var random = new Random(1);
            var splits = model.Scores.Splits.ToLookup(split => split.Feature, split => split.Threshold);
            float[][] values = [.. Enumerable.Range(0, features).Select(feature => splits[feature].DefaultIfEmpty().ToArray())];
            foreach (var run in _runs)
            {
                // neither moves, because ONNX Runtime has their addresses
                var inputs = GC.AllocateUninitializedArray<float>(rows * features, pinned: true);
                for (var i = 0; i < inputs.Length; i++)
                    inputs[i] = values[i % features][random.Next(values[i % features].Length)];
                run.Bind(inputs, GC.AllocateUninitializedArray<float>(rows * width, pinned: true), rows);
            }
        }

        /// <returns>Microseconds for a row.</returns>
        public double Measure()
        {
            var runs = RowsPerRound / _rows;
            var started = Stopwatch.GetTimestamp();
            for (var i = 0; i < runs; i++)
                _runs[i % _runs.Length].Run();
            return Stopwatch.GetElapsedTime(started).TotalMicroseconds / runs / _rows;
        }

        public void Dispose()
        {
            foreach (var run in _runs)
                run.Dispose();
        }
    }
}
