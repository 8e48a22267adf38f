using System.Globalization;
using System.Runtime.InteropServices;
using Slipway.Registry;
using Slipway.Registry.Lineages;
using Slipway.Registry.Models;
using Slipway.Trainer.Data;
using Slipway.Trainer.Generators;
using Slipway.Trainer.Job;
using Slipway.Trainer.Proposals;
using Slipway.Trainer.Trainers;
using Slipway.Trainer.Trainers.BoostedTrees;

namespace Slipway.Trainer;

/// <summary>The trainer's commands. Exit codes: 0 success, 1 failure, 2 invalid usage.</summary>
public static class TrainerProgram
{
    private const string Usage =
        "Usage: Slipway.Trainer train [--root=/opt/ml] | generate --generator=<name> --rows=<number> --seed=<number> --output=<file> | "
        + "propose --dataset=<csv> --label=<column> --model=<name> [--task=binary|multiclass|regression] --output=<model.json> | library";

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, TimeProvider time)
    {
        try
        {
            return args switch
            {
                ["train", .. var options] => await TrainAsync(Options.Parse(options, "root"), output, error, time),
                ["generate", .. var options] => Generate(Options.Parse(options, "generator", "rows", "seed", "output"), output),
                ["propose", .. var options] => Propose(Options.Parse(options, "dataset", "label", "model", "task", "output"), output, time),
                ["library"] => PrintLibrary(output),
                [] => throw new UsageException("A command is missing."),
                _ => throw new UsageException($"'{args[0]}' is not a command of the trainer."),
            };
        }
        catch (UsageException e)
        {
            await error.WriteLineAsync($"{e.Message} {Usage}");
            return 2;
        }
        catch (SlipwayException e)
        {
            await error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    private static async Task<int> TrainAsync(Options options, TextWriter output, TextWriter error, TimeProvider time)
    {
        var root = options.Find("root") ?? JobFolder.Default;
        if (!Directory.Exists(root))
            throw new UsageException($"'{root}' is not a folder.");

        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        var host = new TrainingHost(new(root), ModelTrainers.All, output, error, time);
        return await host.RunAsync(stop.Task);

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.TrySetResult();
        }
    }

    private static int Generate(Options options, TextWriter output)
    {
        IDatasetGenerator[] generators = [new Ai4i2020Generator()];
        var name = options.Get("generator");
        var generator = generators.FirstOrDefault(candidate => candidate.Name == name)
            ?? throw new UsageException($"There is no generator '{name}'. Generators: {string.Join(", ", generators.Select(known => known.Name))}.");
        var (rows, seed) = (options.Number("rows", minimum: 1), options.Number("seed", minimum: 0));
        var path = Path.GetFullPath(options.Get("output"));
        AtomicFile.Write(path, overwrite: true, file =>
        {
            using var csv = new StreamWriter(file, leaveOpen: true);
            generator.Write(csv, rows, seed);
        });
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Wrote {rows} rows to {path}"));
        return 0;
    }

    private static int Propose(Options options, TextWriter output, TimeProvider time)
    {
        var model = options.Get("model");
        if (!ModelName.IsValid(model))
            throw new UsageException($"'--model={model}' is not a valid model name: use {ModelName.Rule}.");

        var request = new ProposalRequest(options.Get("dataset"), options.Get("label"), model, TaskOf(options.Find("task")), Path.GetFullPath(options.Get("output")));
        try
        {
            new ProposalJob(output, new(output, time), time).Run(request, CancellationToken.None);
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SlipwayException($"A file could not be read or written: {e.Message}", e);
        }
    }

    /// <summary>Prints which library trains boosted trees here.</summary>
    private static int PrintLibrary(TextWriter output)
    {
        output.WriteLine(TreeLibrary.Of(new BoostedTreesBinary().Libraries));
        return 0;
    }

    private static ModelTask? TaskOf(string? word) => word switch
    {
        null => null,
        "binary" => ModelTask.Binary,
        "multiclass" => ModelTask.Multiclass,
        "regression" => ModelTask.Regression,
        _ => throw new UsageException($"'--task={word}' is not binary, multiclass or regression."),
    };

    private sealed class Options(Dictionary<string, string> values)
    {
        public static Options Parse(string[] args, params string[] known)
        {
            var values = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var arg in args)
            {
                if (!arg.StartsWith("--", StringComparison.Ordinal) || arg.IndexOf('=', StringComparison.Ordinal) is not (> 2 and var equals))
                    throw new UsageException($"'{arg}' is not of the form --name=value.");
                var name = arg[2..equals];
                if (!known.Contains(name))
                    throw new UsageException($"'--{name}' is unknown.{Suggestion.DidYouMean(name, known)}");
                if (!values.TryAdd(name, arg[(equals + 1)..]))
                    throw new UsageException($"'--{name}' is given twice.");
            }

            return new(values);
        }

        public string? Find(string name) => values.GetValueOrDefault(name);

        public string Get(string name) => Find(name) is { Length: > 0 } value ? value : throw new UsageException($"'--{name}=' is missing.");

        public int Number(string name, int minimum) =>
            int.TryParse(Get(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= minimum
                ? number
                : throw new UsageException($"'--{name}={Get(name)}' is not a whole number from {minimum} to {int.MaxValue}.");
    }

    private sealed class UsageException(string message) : Exception(message);
}
