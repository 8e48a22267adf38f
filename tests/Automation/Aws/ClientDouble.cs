using System.Reflection;

namespace Slipway.Automation.Tests.Aws;

/// <summary>
/// A client of the SDK that hands every call to the method of a fake that has its name and its parameters. A class that implements such an interface
/// by hand compiles only with the version that it was written for, and one that derives from the client needs what the SDK does when it is made.
/// </summary>
public class ClientDouble : DispatchProxy
{
    private object _fake = null!;

    public static TClient Of<TClient>(object fake) where TClient : class
    {
        var client = Create<TClient, ClientDouble>();
        ((ClientDouble)(object)client)._fake = fake;
        return client;
    }

    /// <exception cref="NotSupportedException">The fake has no such method: what calls it does more than the test foresees.</exception>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var parameters = targetMethod!.GetParameters().Select(parameter => parameter.ParameterType).ToArray();
        var method = _fake.GetType().GetMethod(targetMethod.Name, parameters);
        if (method is null && targetMethod.Name == nameof(IDisposable.Dispose))
            return null;
        return method?.ReturnType == targetMethod.ReturnType
            ? method.Invoke(_fake, BindingFlags.DoNotWrapExceptions, null, args, null)
            : throw new NotSupportedException($"{_fake.GetType().Name} has no {targetMethod}.");
    }
}
