using Slipway.Build.Cli;
using Slipway.Build.Cli.Output;
using Slipway.Build.Environments;
using Slipway.Build.Environments.Reports;
using Slipway.Build.Tests.Environments.Fleets;
using Slipway.Build.Tests.Environments.Reproduction;
using Slipway.Registry.Signing;

namespace Slipway.Build.Tests.Environments.Reports;

/// <summary>One version on this machine, with the key of the environment.</summary>
public sealed class SigningReportTests
{
    private LocalFolderFixture _folders = null!;
    private LocalEnvironment _environment = null!;
    private StringWriter _output = new();

    [SetUp]
    public async Task Register()
    {
        (_folders, _output) = (new(), new() { NewLine = "\n" });
        _environment = new(_folders.Folders.Root, new(null, "pumps", new(0, 0, TimeSpan.FromMinutes(1))), LocalFolderFixture.NoEngine, TimeProvider.System);
        await _environment.Versions.RegisterAsync("pumps", version => RegisteredModel.Manifest with { Model = "pumps", Version = version }, _environment.Signer, default);
    }

    [TearDown]
    public void Delete()
    {
        _folders.Dispose();
        _output.Dispose();
    }

    [Test]
    public async Task SaysWhatTheKeyHadSigned()
    {
        await Sign();

        Assert.That(_output.ToString(), Does.Contain("1  signed before").And.Contain($"Key {_environment.Signer.Key.ShortId}: 0 signed, 1 signed before, 0 refused."));
    }

    [Test]
    public void RefusesWithTheReasonWhatNothingVouchesFor()
    {
        File.Delete(_folders.Folders.SigningKey);

        Assert.That(Sign, Throws.TypeOf<RefusedException>().With.Message.Contains("'pumps'").And.Message.Contains("--target=History --verify"));
        Assert.That(_output.ToString(), Does.Contain("NOT SIGNED: Nothing vouches for it").And.Contain("0 signed, 0 signed before, 1 refused"));
    }

    [Test]
    public void AsksOfSignaturesWhatTheSettingsSayWhateverBecameOfTheKeys()
    {
        Assert.That((_environment.Signatures.Mode, _environment.Signatures.Verifier.Trusted.Count), Is.EqualTo((SignatureMode.Enforce, 1)));

        File.Delete(_folders.Folders.TrustedKeys);
        Assert.That(_environment.Signatures.Verifier.Trusted, Has.Count.EqualTo(1), "the private key has its public half");

        File.Delete(_folders.Folders.SigningKey);
        File.Delete(_folders.Folders.TrustedKeys);
        Assert.That((_environment.Signatures.Mode, _environment.Signatures.Verifier.Trusted.Count), Is.EqualTo((SignatureMode.Enforce, 0)), "no key is trusted, but signatures are required");
    }

    private Task Sign() => new PlainReport(_output, new Outcome(), TimeProvider.System).SignAsync(_environment, ["pumps"], default);
}
