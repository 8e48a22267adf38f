namespace Slipway.Inference.Evaluators;

/// <summary>Evaluates a model for one batch of rows. For one thread at a time.</summary>
public interface IBatchRun : IDisposable
{
    /// <summary>From now on, runs read and write these arrays, which do not move in memory.</summary>
    /// <param name="inputs">[rows, F], row-major.</param>
    /// <param name="outputs">[rows, outputs], row-major.</param>
    void Bind(float[] inputs, float[] outputs, int rows);

    void Run();

    /// <summary>Given true, on any thread, ends the current run with an exception; given false, lets the next one start.</summary>
    void Terminate(bool value);

    /// <summary>Whether it is what a run throws that was ended.</summary>
    bool IsEnd(Exception e);
}
