using System.ComponentModel;
using System.Diagnostics;
using Slipway.Registry.Signing;
using Slipway.Registry.Tests.Storage;

namespace Slipway.Registry.Tests.Signing;

public sealed class OpenSslTests
{
    [Test]
    public async Task VerifiesWhatWasSignedHere()
    {
        using var folder = new StoreFolder();
        using var key = SignedManifest.NewKey();
        var signed = await SignedManifest.CreateAsync(folder, key);
        var message = folder.Beside("message");
        await File.WriteAllBytesAsync(message, DsseEnvelope.PreAuthenticationEncoding(DsseEnvelope.InToto, signed.Payload));
        await File.WriteAllBytesAsync(folder.Beside("signature"), Convert.FromBase64String(signed.Read.Signatures[0].Sig));
        await File.WriteAllTextAsync(folder.Beside("key"), key.Key.ToPem());

        Assert.That(await VerifyAsync(folder), Is.EqualTo((0, "Verified OK")));

        await File.AppendAllTextAsync(message, " ");
        Assert.That((await VerifyAsync(folder)).Code, Is.Not.Zero);
    }

    private static async Task<(int Code, string Text)> VerifyAsync(StoreFolder folder)
    {
        var start = new ProcessStartInfo(
            "openssl", ["dgst", "-sha256", "-verify", folder.Beside("key"), "-signature", folder.Beside("signature"), folder.Beside("message")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
            var text = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, text.Trim());
        }
        catch (Win32Exception)
        {
            Assert.Ignore("openssl is not here: apt-get install openssl, or the like");
            throw;
        }
    }
}
