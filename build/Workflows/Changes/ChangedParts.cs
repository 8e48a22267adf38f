namespace Slipway.Build.Workflows.Changes;

/// <summary>What a changed file may affect.</summary>
[Flags]
public enum ChangedParts
{
    /// <summary>The parts in words.</summary>
    None = 0,

    /// <summary>What is compiled and tested.</summary>
    Code = 1,

    /// <summary>The content of images, and what builds and scans them.</summary>
    Images = 2,

    /// <summary>The definition of AWS environments.</summary>
    Infra = 4,

    /// <summary>What runs on GitHub.</summary>
    Workflows = 8,

    /// <summary>The model whose folder contains the file.</summary>
    Model = 16,

    /// <summary>What every model is trained or evaluated with.</summary>
    EveryModel = 32,
}
