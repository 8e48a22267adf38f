namespace Slipway.Inference.Evaluators;

/// <summary>Evaluates a compiled model, piece by piece, so that a run that takes too long can be ended.</summary>
public sealed class CompiledRun(CompiledModel model, int inputWidth, int outputWidth) : IBatchRun
{
    private const int Piece = 1024;

    private float[] _inputs = [];
    private float[] _outputs = [];
    private int _rows;
    private volatile bool _ended;

    public void Bind(float[] inputs, float[] outputs, int rows) => (_inputs, _outputs, _rows) = (inputs, outputs, rows);

    public void Run()
    {
        for (var row = 0; row < _rows; row += Piece)
        {
            if (_ended)
                throw new OperationCanceledException("The run was ended.");
            var rows = Math.Min(Piece, _rows - row);
            model.Run(_inputs.AsSpan(row * inputWidth, rows * inputWidth), _outputs.AsSpan(row * outputWidth, rows * outputWidth), rows);
        }
    }

    public void Terminate(bool value) => _ended = value;

    public bool IsEnd(Exception e) => e is OperationCanceledException;

    public void Dispose()
    {
    }
}
