using Slipway.Registry.Manifests;
using Slipway.Registry.Storage;

namespace Slipway.EndToEnd.Tests;

/// <summary>
/// An environment whose models Train has trained, and in which nothing runs yet: made once, for every fixture that is about what comes after the
/// first training.
/// </summary>
[SetUpFixture]
public sealed class TrainedModels
{
    private static readonly Lazy<Task<string>> Home = new(TrainAsync);

    /// <param name="folder">Of an environment that does not exist yet.</param>
    public static async Task CopyToAsync(string folder)
    {
        var from = Path.Combine(await Home.Value, LocalSystem.EnvironmentName);
        foreach (var file in Directory.EnumerateFiles(from, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None }))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    [OneTimeTearDown]
    public async Task Remove()
    {
        if (Home.IsValueCreated)
            TestFolder.Remove(await Home.Value);
    }

    private static async Task<string> TrainAsync()
    {
        var home = Directory.CreateTempSubdirectory("slipway-trained-").FullName;
        var run = await new BuildHost(home).Run("Train", "--all");
        Assert.That(run.ExitCode, Is.Zero, run.All);
        Assert.That(await new ModelVersions(new DirectoryObjectStore(Path.Combine(home, LocalSystem.EnvironmentName, "store"))).ModelsAsync(default), Is.EquivalentTo(LocalSystem.ModelsWithASample()));
        return home;
    }
}
