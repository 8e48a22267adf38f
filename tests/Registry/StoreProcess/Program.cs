using System.Globalization;
using Slipway.Registry;
using Slipway.Registry.Artifacts;
using Slipway.Registry.Storage;
using Slipway.Registry.Tests;

// A second process for the tests of stores. Each line on standard output is a thing done, for the test to wait for.
try
{
    return await RunAsync();
}
catch (SlipwayException e)
{
    Console.WriteLine(e.Message);
    return 1;
}

async Task<int> RunAsync()
{
    switch (args[0])
    {
        case "count":
            var counted = ObjectStores.Open(args[1], TimeProvider.System);
            for (var left = int.Parse(args[3], CultureInfo.InvariantCulture); left > 0; left--)
                Console.WriteLine(await StoreCounter.IncrementAsync(counted, args[2]));
            return 0;

        case "overwrite": // until it is killed
            var overwritten = ObjectStores.Open(args[1], TimeProvider.System);
            for (var i = 0; ; i++)
            {
                using var content = new MemoryStream(UniformContent.Create(i));
                await overwritten.PutAsync(args[2], content, PutCondition.None);
                Console.WriteLine(i);
            }

        case "put":
            await using (var content = File.OpenRead(args[3]))
                await ObjectStores.Open(args[1], TimeProvider.System).PutAsync(args[2], content, PutCondition.None);
            return 0;

        case "unpack":
            await using (var archive = File.OpenRead(args[3]))
                await ArtifactArchive.UnpackAsync(archive, Path.Combine(args[1], args[2]), ArtifactLimits.Default, CancellationToken.None);
            return 0;

        default:
            Console.Error.WriteLine("count <store> <key> <times> | overwrite <store> <key> | put <store> <key> <file> | unpack <folder> <name> <archive>");
            return 2;
    }
}
