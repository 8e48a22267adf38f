namespace Slipway.Registry.Tests;

public sealed class Sha256HexTests
{
    // "abc", from FIPS 180-4
    private const string Known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    [Test]
    public async Task SameBytesHaveTheSameHashWhereverTheyAre()
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, "abc");
            using var stream = new MemoryStream([.. "abc"u8]);
            string[] hashes =
            [
                Sha256Hex.Of("abc"), Sha256Hex.Of("abc"u8), Sha256Hex.OfFile(path), await Sha256Hex.OfFileAsync(path, default), await Sha256Hex.OfAsync(stream, default),
            ];

            Assert.That(hashes, Is.All.EqualTo(Known));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
