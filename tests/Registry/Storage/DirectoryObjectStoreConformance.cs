namespace Slipway.Registry.Tests;

public sealed class DirectoryObjectStoreConformance : ObjectStoreConformance
{
    private DirectoryInfo _folder = null!;

    protected override IObjectStore CreateStore()
    {
        _folder = Directory.CreateTempSubdirectory("slipway-store-");
        return new DirectoryObjectStore(_folder.FullName);
    }

    [TearDown]
    public void DeleteFolder() => _folder.Delete(recursive: true);
}
