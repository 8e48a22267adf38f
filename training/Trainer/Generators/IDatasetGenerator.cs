namespace Slipway.Trainer.Generators;

/// <summary>Makes a sample dataset. The same rows and seed give the same bytes on every machine.</summary>
public interface IDatasetGenerator
{
    /// <summary>As <c>dataset.generator</c> in <c>model.json</c> names it.</summary>
    string Name { get; }

    void Write(TextWriter csv, int rows, int seed);
}
