using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CsCheck;
using NUnit.Framework.Internal;

namespace Slipway.Tests.Properties;

/// <summary>
/// Checks a property with generated cases: the same ones in every run, so that a change of the code and nothing else makes it fail. A failure is reduced to a small
/// case and printed with the seed that repeats it. CONTRIBUTING.md describes how to check more cases.
/// </summary>
internal static class Property
{
    private const string CasesVariable = "SLIPWAY_PropertyCases";
    private const string SeedVariable = "SLIPWAY_PropertySeed";
    private const int SecondsToReduce = 5;

    /// <param name="count">How many cases, unless the variable says otherwise: as many as take a fraction of a second.</param>
    /// <param name="check">Throws if the property does not hold for a case.</param>
    /// <param name="show">A case as text.</param>
    public static void Holds<T>(Gen<T> cases, int count, Action<T> check, Func<T, string> show) =>
        HoldsAsync(cases, count, value =>
        {
            check(value);
            return Task.CompletedTask;
        }, show).GetAwaiter().GetResult();

    /// <inheritdoc cref="Holds{T}"/>
    public static async Task HoldsAsync<T>(Gen<T> cases, int count, Func<T, Task> check, Func<T, string> show)
    {
        var total = Environment.GetEnvironmentVariable(CasesVariable) is { Length: > 0 } text ? long.Parse(text, CultureInfo.InvariantCulture) : count;
        var random = Environment.GetEnvironmentVariable(SeedVariable) is { Length: > 0 } seed ? PCG.Parse(seed) : Seeded(TestContext.CurrentContext.Test.FullName);
        for (long i = 1; i <= total; i++)
        {
            var state = random.State;
            var value = cases.Generate(random, null, out _);
            if (await FailureOfAsync(check, value) is { } failure)
                Assert.Fail(await DescribeAsync(cases, check, show, random.ToString(state), $"Case {i} of {total} fails.", failure));
        }

        await TestContext.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{total} cases hold."));
    }

    private static PCG Seeded(string name) => new(1, BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(name))));

    // a failed assertion marks the test as failed even if it is caught, and a case that is tried while another is reduced is not one of the test's own
    private static async Task<Exception?> FailureOfAsync<T>(Func<T, Task> check, T value)
    {
        using var isolated = new TestExecutionContext.IsolatedContext();
        try
        {
            await check(value);
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    private static async Task<string> DescribeAsync<T>(Gen<T> cases, Func<T, Task> check, Func<T, string> show, string seed, string which, Exception failure)
    {
        var repeat = $"Repeat it with {SeedVariable}={seed} and {CasesVariable}=1, for this test alone.";
        try
        {
            await cases.SampleAsync(
                async value =>
                {
                    if (await FailureOfAsync(check, value) is { } reduced)
                        throw new InvalidOperationException("It does not hold.", reduced);
                },
                seed: seed, time: SecondsToReduce, threads: 1, print: show);
        }
        catch (CsCheckException e)
        {
            return $"{which} {repeat}{Environment.NewLine}{failure.Message}{Environment.NewLine}Reduced: {e.Message}{Environment.NewLine}{e.InnerException?.InnerException ?? failure}";
        }

        return $"{which} {repeat} It does not fail every time.{Environment.NewLine}{failure}";
    }
}
