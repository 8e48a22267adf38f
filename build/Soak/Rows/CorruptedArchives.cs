using Slipway.Automation.Rollbacks;
using Slipway.Build.Cli.Output;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Manifests;
using Slipway.Registry.Storage;

namespace Slipway.Soak.Rows;

/// <summary>A registered archive of which one bit is flipped, or of which the end is missing.</summary>
public sealed class CorruptedArchives : ISoakRow
{
    // of a shortened archive: what is missing at its end, in bytes
    private static readonly int[] Missing = [1, 8, 64, 4096];

    public string Name => "corrupted-archives";

    public string Fault => "One bit of a registered archive is flipped, or its end is cut off.";

    public string Bound => "0 are accepted, and nothing of them is left on the disk.";

    public bool NeedsFleet => true;

    public async Task<RowResult> RunAsync(SoakContext context, IProgressStep step, CancellationToken cancellation)
    {
        var manifest = await context.Fleet.Environment.Versions.RequireAsync(context.Fleet.Model, 1, cancellation);
        var archive = await ReadAsync(context.Fleet.Environment.Store, manifest.Artifact, cancellation);
        var (trials, flips) = context.Plan.Of((200, 150), (40, 30));
        var random = context.Random(Name);
        var (accepted, left) = (0, 0);
        for (var trial = 0; trial < trials; trial++)
        {
            step.Now($"archive {trial + 1} of {trials}");
            var damaged = trial < flips ? Flipped(archive, random) : archive[..^Cut(trial - flips, archive.Length, random)];
            if (await IsAcceptedAsync(manifest.Artifact, damaged, context, cancellation))
                accepted++;
            left += Directory.EnumerateFileSystemEntries(context.Work, "model*").Count();
            Clean(context.Work);
        }

        var intact = await IsAcceptedAsync(manifest.Artifact, archive, context, cancellation);
        return new(trials, accepted + left, $"{accepted} of {flips} with a flipped bit and {trials - flips} cut archives accepted, {left} files left", new("the intact archive is accepted", intact));
    }

    /// <summary>How much of the end is missing: a few bytes, half, or all.</summary>
    public static int Cut(int number, int length, Random random) => number switch
    {
        _ when number < Missing.Length => Math.Min(Missing[number], length),
        4 => length / 2,
        5 => length,
        _ => random.Next(1, length),
    };

    private static byte[] Flipped(byte[] archive, Random random)
    {
        byte[] damaged = [.. archive];
        damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
        return damaged;
    }

    private static async Task<bool> IsAcceptedAsync(ArtifactReference artifact, byte[] archive, SoakContext context, CancellationToken cancellation)
    {
        var store = new DirectoryObjectStore(Path.Combine(context.Work, "store"), context.Time);
        using var content = new MemoryStream(archive);
        var stored = await store.PutAsync(artifact.Key, content, PutCondition.None, cancellation);
        try
        {
            // under the version that it got: its digest has to give it away
            await new ArtifactFetcher(store).FetchAsync(artifact with { Version = stored!.Version }, Path.Combine(context.Work, "model"), cancellation);
            return true;
        }
        catch (InvalidArtifactException)
        {
            return false;
        }
    }

    private static async Task<byte[]> ReadAsync(IObjectStore store, ArtifactReference artifact, CancellationToken cancellation)
    {
        await using var found = await store.GetAsync(artifact.Key, artifact.Version, cancellation);
        using var content = new MemoryStream();
        await found!.Content.CopyToAsync(content, cancellation);
        return content.ToArray();
    }

    private static void Clean(string folder)
    {
        foreach (var model in Directory.EnumerateDirectories(folder, "model*"))
            Directory.Delete(model, recursive: true);
    }
}
