namespace Slipway.Trainer.Generators;

/// <summary>Generates a sample dataset. The same rows and seed give the same bytes on every machine.</summary>
public interface IDatasetGenerator
{
    /// <summary>The name in <c>dataset.generator</c> in <c>model.json</c>.</summary>
    string Name { get; }

    void Write(TextWriter csv, int rows, int seed);
}
