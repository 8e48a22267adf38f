using System.Globalization;

namespace Slipway.Containers.Tests;

/// <summary>A dataset by the trainer's generator, out of the image.</summary>
internal static class Dataset
{
    public static Task<string> GenerateAsync(int rows, int seed)
    {
        var folder = Directories.ForEverybody("data");
        var exit = TestSystem.Docker.Run(Container.Restricted(TestSystem.ModelImage,
            "dotnet", "/app/Slipway.Trainer.dll", "generate", "--generator=ai4i2020", string.Create(CultureInfo.InvariantCulture, $"--rows={rows}"),
            string.Create(CultureInfo.InvariantCulture, $"--seed={seed}"), "--output=/data/rows.csv") with { Mounts = [new(folder, "/data")] });
        Assert.That(exit, Is.Zero);
        return Task.FromResult(Path.Combine(folder, "rows.csv"));
    }
}
