namespace Slipway.Build.Workflows.Changes;

/// <summary>What a changed file may have an effect on.</summary>
[Flags]
public enum ChangedParts
{
    /// <summary>Words for people.</summary>
    None = 0,

    /// <summary>What is built and tested.</summary>
    Code = 1,

    /// <summary>What is in an image, or makes and scans one.</summary>
    Images = 2,

    /// <summary>What an environment on AWS consists of.</summary>
    Infra = 4,

    /// <summary>What GitHub runs.</summary>
    Workflows = 8,

    /// <summary>The model in whose folder it lies.</summary>
    Model = 16,

    /// <summary>What every model is made or judged with.</summary>
    EveryModel = 32,
}
