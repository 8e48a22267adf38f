using Slipway.Build.Cli.Configuration;
using Slipway.Build.Images.ContainerRegistry;

namespace Slipway.Build.Tests.Images.ContainerRegistry;

public sealed class RegistryHostTests
{
    [TestCase("127.0.0.1:5000", "http://127.0.0.1:5000/")]
    [TestCase("localhost:5000", "http://localhost:5000/")]
    [TestCase("[::1]:5000", "http://[::1]:5000/")]
    [TestCase("registry.example.com", "https://registry.example.com/")]
    [TestCase("registry.example.com:5000", "https://registry.example.com:5000/")]
    [TestCase("10.0.0.1:5000", "https://10.0.0.1:5000/")]
    [TestCase("localhost.example.com", "https://localhost.example.com/")]
    public void OnlyThisMachineIsAskedWithoutEncryption(string name, string address) =>
        Assert.That(new RegistryHost(name).Address, Is.EqualTo(new Uri(address)));

    [TestCase("http://127.0.0.1:5000")]
    [TestCase("127.0.0.1:5000/slipway")]
    [TestCase("ann@registry.example.com")]
    [TestCase("Registry.example.com")]
    [TestCase("registry.example.com:99999")]
    [TestCase("-o")]
    [TestCase("")]
    public void IsAHostAndNothingElse(string name)
    {
        Assert.That(RegistryHost.IsValid(name), Is.False);
        Assert.That(RegistryHost.IsValid("127.0.0.1:5000"), Is.True);
    }

    [TestCase("123456789012.dkr.ecr.eu-central-1.amazonaws.com", true)]
    [TestCase("123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn", true)]
    [TestCase("123456789012.dkr.ecr-fips.us-east-1.amazonaws.com", true)]
    [TestCase("123456789012.dkr.ecr.eu-central-1.amazonaws.com.example.com", false)]
    [TestCase("127.0.0.1:5000", false)]
    public void KnowsThoseOfAmazon(string name, bool expected) => Assert.That(new RegistryHost(name).IsEcr, Is.EqualTo(expected));

    [Test]
    public void RepositoryIsWhatFollowsTheHost() => Assert.That(
        RegistryRepository.Parse("127.0.0.1:5000/slipway/model"), Is.EqualTo(new RegistryRepository(new("127.0.0.1:5000"), "slipway/model")));
}
