using System.Diagnostics;
using Slipway.Registry.Storage;
using Slipway.Registry.Tests.Artifacts;

namespace Slipway.Registry.Tests.Storage;

/// <summary>Folders and disks that do not support what a store needs.</summary>
public sealed class StoreFaultTests
{
    private StoreFolder _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void RefusesARootThatIsAFile()
    {
        File.WriteAllText(_folder.Root, "not a folder");

        Assert.That(() => new DirectoryObjectStore(_folder.Root), Throws.InstanceOf<SlipwayException>().With.Message.Contains(_folder.Root).And.Message.Contains("is a file"));
    }

    [Test]
    public void NamesARootThatCannotBeMade()
    {
        File.WriteAllText(_folder.Beside("file"), "");
        var root = _folder.Beside("file/store");

        Assert.That(() => new ObjectStoreProbe(new DirectoryObjectStore(root)).PutAsync("a", "x"), Throws.InstanceOf<SlipwayException>().With.Message.Contains(root));
    }

    [Test]
    public async Task NamesARootThatIsNotWritable()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Ignore("a mount that even root cannot write to; run on Linux");

        // the kernel denies writing here to everybody, including root, which file modes would not
        const string root = "/proc/sys/store";
        Assert.That(() => new ObjectStoreProbe(new DirectoryObjectStore(root)).PutAsync("a", "x"), Throws.InstanceOf<SlipwayException>().With.Message.Contains(root));
        Assert.That(await new ObjectStoreProbe(new DirectoryObjectStore(root)).ListAsync(""), Is.Empty);
    }

    [Test]
    public async Task SaysWhatToDoOnAReadOnlyDisk()
    {
        var output = await InOwnMountsAsync("-o ro", new byte[10]);

        Assert.That(output.ExitCode, Is.EqualTo(1), output.Text);
        Assert.That(output.Text, Does.Contain(_folder.Root).And.Contain("read-only"));
    }

    [Test]
    public async Task SaysWhatToDoOnAFullDiskAndLeavesNothingBehind()
    {
        var output = await InOwnMountsAsync("-o size=1m", new byte[3_000_000]);

        Assert.That(output.ExitCode, Is.EqualTo(1), output.Text);
        Assert.That(output.Text, Does.Contain(_folder.Root).And.Contain("Free some space"));
        Assert.That(output.Text, Does.Contain("files left: 0"));
    }

    [Test]
    public async Task StoresOnASmallDiskWhatFits()
    {
        var output = await InOwnMountsAsync("-o size=1m", new byte[300_000]);

        Assert.That(output.ExitCode, Is.Zero, output.Text);
        Assert.That(output.Text, Does.Contain("files left: 1"));
    }

    [TestCase(3_000_000, 1, "files left: 0")]
    [TestCase(300_000, 0, "files left: 1")]
    public async Task UnpacksAModelCompletelyOrNotAtAll(int length, int exitCode, string left)
    {
        var archive = TarBytes.Of(TarBytes.Regular("model.onnx", new ZeroStream(length)));

        var output = await InOwnMountsAsync("-o size=1m", archive, verb: "unpack");

        Assert.That(output.ExitCode, Is.EqualTo(exitCode), output.Text);
        Assert.That(output.Text, Does.Contain(left));
        Assert.That(output.Text, exitCode == 0 ? Does.Not.Contain("space") : Does.Contain("Free some space"));
    }

    private async Task<(int ExitCode, string Text)> InOwnMountsAsync(string mount, byte[] content, string verb = "put")
    {
        if (!OperatingSystem.IsLinux() || !await StoreProcess.MayMountAsync())
            Assert.Ignore("needs its own mounts ('unshare --map-root-user --mount'); run on Linux as root or with unprivileged user namespaces");

        Directory.CreateDirectory(_folder.Root);
        await File.WriteAllBytesAsync(_folder.Beside("content"), content);
        var script = $"mount -t tmpfs {mount} none \"$STORE\" && dotnet '{StoreProcess.Assembly}' {verb} \"$STORE\" model '{_folder.Beside("content")}'; result=$?; "
            + "echo \"files left: $(find \"$STORE\" -type f -not -path '*/.locks/*' | wc -l)\"; exit $result";
        using var process = Process.Start(new ProcessStartInfo("unshare", ["--map-root-user", "--mount", "sh", "-c", script])
        {
            RedirectStandardOutput = true,
            Environment = { ["STORE"] = _folder.Root },
        })!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, text);
    }
}
