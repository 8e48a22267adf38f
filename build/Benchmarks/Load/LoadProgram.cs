using System.Text.Json;

namespace Slipway.Benchmarks.Load;

/// <summary>Reads jobs as lines of JSON, and writes results in the same way. It ends when its input ends.</summary>
public static class LoadProgram
{
    public static async Task RunAsync(TextReader jobs, TextWriter results)
    {
        while (await jobs.ReadLineAsync() is { } line)
        {
            var job = JsonSerializer.Deserialize(line, LoadJson.Default.LoadJob) ?? throw new InvalidDataException("A job is an object.");
            var result = await new LoadGenerator(job, TimeProvider.System).RunAsync();
            await results.WriteLineAsync(JsonSerializer.Serialize(result, LoadJson.Default.LoadResult));
            await results.FlushAsync();
        }
    }
}
