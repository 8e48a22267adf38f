using System.Globalization;
using Slipway.Registry;
using Slipway.Registry.Tests;

// A second process for the tests of the directory store. Each line on standard output is a thing done, for the test to wait for.
var store = new DirectoryObjectStore(args[1]);
switch (args[0])
{
    case "count":
        for (var left = int.Parse(args[3], CultureInfo.InvariantCulture); left > 0; left--)
            Console.WriteLine(await StoreCounter.IncrementAsync(store, args[2]));
        return 0;

    case "overwrite": // until it is killed
        for (var i = 0; ; i++)
        {
            using var content = new MemoryStream(UniformContent.Create(i));
            await store.PutAsync(args[2], content, PutCondition.None);
            Console.WriteLine(i);
        }

    case "put":
        try
        {
            await using var content = File.OpenRead(args[3]);
            await store.PutAsync(args[2], content, PutCondition.None);
            return 0;
        }
        catch (SlipwayException e)
        {
            Console.WriteLine(e.Message);
            return 1;
        }

    case "unpack":
        try
        {
            await using var archive = File.OpenRead(args[3]);
            await ArtifactArchive.UnpackAsync(archive, Path.Combine(args[1], args[2]), ArtifactLimits.Default, CancellationToken.None);
            return 0;
        }
        catch (SlipwayException e)
        {
            Console.WriteLine(e.Message);
            return 1;
        }

    default:
        Console.Error.WriteLine("count <store> <key> <times> | overwrite <store> <key> | put <store> <key> <file> | unpack <folder> <name> <archive>");
        return 2;
}
