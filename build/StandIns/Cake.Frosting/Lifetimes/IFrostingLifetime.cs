using Cake.Core;

namespace Cake.Frosting;

/// <summary>Runs once, before the first task.</summary>
public interface IFrostingSetup
{
    void Setup(ICakeContext context, ISetupContext info);
}

public interface IFrostingLifetime : IFrostingSetup, IFrostingTeardown;
