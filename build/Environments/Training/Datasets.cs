using System.Globalization;
using Slipway.Automation.Datasets;
using Slipway.Build.Environments.Fleets;
using Slipway.Registry;
using Slipway.Registry.Models;
using Slipway.Registry.Storage;

namespace Slipway.Build.Environments.Training;

/// <summary>Copies datasets into the store: a file that somebody names, or the sample of a model.</summary>
public sealed class Datasets(IObjectStore store, LocalFolders folders, TimeSpan generatorTimeout, TimeProvider time)
{
    /// <summary>Copies a CSV file to where datasets arrive. The same content again is the same version.</summary>
    /// <returns>The key.</returns>
    public async Task<string> ImportAsync(string model, string path, CancellationToken cancellation)
    {
        Check(path);
        var key = StoreKeys.Dataset(model, Path.GetFileName(path));
        await using var content = File.OpenRead(path);
        // A bucket creates a version for every put, even of the same bytes: another job, and another event that starts one.
        if (await IsThereAsync(key, content, cancellation))
            return key;
        content.Position = 0;
        await store.PutAsync(key, content, PutCondition.None, cancellation);
        return key;
    }

    private async Task<bool> IsThereAsync(string key, FileStream content, CancellationToken cancellation)
    {
        if (await store.HeadAsync(key, cancellation: cancellation) is not { } known || known.Length != content.Length)
            return false;
        await using var found = await store.GetAsync(key, cancellation: cancellation);
        return found is not null
            && await Sha256Hex.OfAsync(found.Content, cancellation) == await Sha256Hex.OfAsync(content, cancellation);
    }

    /// <summary>Checks whether a file may become a dataset, without opening it.</summary>
    /// <exception cref="SlipwayException">It may not; the message says why.</exception>
    public static void Check(string path)
    {
        if (!File.Exists(path))
            throw new SlipwayException($"The dataset '{path}' does not exist. Pass --dataset=<path of a CSV file>.");
        if (!DatasetName.IsDataset(Path.GetFileName(path)))
            throw new SlipwayException($"The dataset '{path}' has an invalid name: the name must end in {DatasetName.Ending} and must not begin with a dot. Rename it, or make a copy.");
        // opening a pipe would wait until a process writes to it
        if (new FileInfo(Path.GetFullPath(path)) is var file && (file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file).Length == 0)
            throw new SlipwayException($"The dataset '{path}' is empty, or not a regular file but a pipe or a device. Write the rows to a file and pass that.");
    }

    /// <summary>The datasets of a model, newest first, without files that are still being copied.</summary>
    public async Task<IReadOnlyList<ObjectInfo>> NewestFirstAsync(string model, CancellationToken cancellation)
    {
        var found = await store.ListAsync(StoreKeys.DatasetsOf(model), cancellation)
            // listing a bucket does not return versions
            .Select(async (dataset, token) => dataset.Version.Length > 0 ? dataset : await store.HeadAsync(dataset.Key, cancellation: token) ?? dataset)
            .ToListAsync(cancellation);
        return
        [
            .. found.Where(dataset => DatasetName.IsDatasetOf(model, dataset.Key) && dataset.Length > 0)
                .OrderByDescending(dataset => dataset.LastModified).ThenBy(dataset => dataset.Key, StringComparer.Ordinal),
        ];
    }

    /// <summary>Copies the sample that the model's spec names.</summary>
    public async Task<string> ImportSampleAsync(ModelFolder model, FolderRelease trainer, CancellationToken cancellation)
    {
        var sample = model.ReadSpec().Dataset
            ?? throw new SlipwayException($"'{model.Name}' has no dataset in the store and names no sample in its model.json. Pass --dataset=<file.csv>.");
        if (sample.File is { } file)
            return await ImportAsync(model.Name, Path.Combine(model.Folder, file), cancellation);

        var folder = Path.Combine(folders.Work, "samples");
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"{sample.Generator}.csv");
        await GenerateAsync(trainer, sample, path, cancellation);
        return await ImportAsync(model.Name, path, cancellation);
    }

    private async Task GenerateAsync(FolderRelease trainer, SampleDataset sample, string path, CancellationToken cancellation)
    {
        string[] command =
        [
            "dotnet", trainer.Assembly("Slipway.Trainer"), "generate", $"--generator={sample.Generator}", $"--output={path}",
            .. Option("rows", sample.Rows), .. Option("seed", sample.Seed),
        ];
        await new SampleGenerator(generatorTimeout, time).RunAsync(sample.Generator!, command, cancellation);
    }

    private static IEnumerable<string> Option(string name, int? value) =>
        value is { } number ? [$"--{name}={number.ToString(CultureInfo.InvariantCulture)}"] : [];
}
