using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Slipway.Trainer.Tests.Trainers.BoostedTrees;

/// <summary>A copy of the trainer as built on a platform without a native library: neither the file nor an entry in deps.json.</summary>
internal sealed class HiddenLibraries : IDisposable
{
    private const string Manifest = "Slipway.Trainer.deps.json";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("slipway-hidden-");

    /// <param name="libraries">Parts of file names, such as <c>lib_lightgbm</c>.</param>
    public HiddenLibraries(params string[] libraries)
    {
        bool IsHidden(string file) => libraries.Any(library => file.Contains(library, StringComparison.Ordinal));
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory).Where(file => !IsHidden(Path.GetFileName(file))))
            File.Copy(file, At(Path.GetFileName(file)));
        var manifest = JsonNode.Parse(File.ReadAllText(At(Manifest)))!;
        var hidden = 0;
        foreach (var native in manifest["targets"]!.AsObject().SelectMany(target => target.Value!.AsObject()).Select(library => library.Value!["native"]).OfType<JsonObject>())
            hidden += native.Select(file => file.Key).Where(IsHidden).ToList().Count(native.Remove);
        Assert.That(hidden, Is.AtLeast(libraries.Length), "nothing was hidden");
        File.WriteAllText(At(Manifest), manifest.ToJsonString());
    }

    public string At(string file) => Path.Combine(_folder.FullName, file);

    /// <summary>Runs the copy as a separate process.</summary>
    public async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo("dotnet", [At("Slipway.Trainer.dll"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var errors = process.StandardError.ReadToEndAsync(deadline.Token);
        var output = await process.StandardOutput.ReadToEndAsync(deadline.Token) + await errors;
        await process.WaitForExitAsync(deadline.Token);
        return (process.ExitCode, output);
    }

    public void Dispose() => TestFolder.Remove(_folder);
}
