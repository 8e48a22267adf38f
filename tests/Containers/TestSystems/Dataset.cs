using System.Globalization;

namespace Slipway.Containers.Tests.TestSystems;

/// <summary>A dataset by the trainer's generator, out of the image.</summary>
internal static class Dataset
{
    /// <returns>The path of the CSV.</returns>
    public static string Generate(int rows, int seed)
    {
        var folder = Directories.ForEverybody("data");
        var run = Container.Restricted(
            TestSystem.ModelImage, "dotnet", "/app/Slipway.Trainer.dll", "generate", "--generator=ai4i2020", "--output=/data/rows.csv",
            string.Create(CultureInfo.InvariantCulture, $"--rows={rows}"), string.Create(CultureInfo.InvariantCulture, $"--seed={seed}"));
        Assert.That(TestSystem.Docker.Run(run with { Mounts = [new(folder, "/data")] }), Is.Zero);
        return Path.Combine(folder, "rows.csv");
    }
}
