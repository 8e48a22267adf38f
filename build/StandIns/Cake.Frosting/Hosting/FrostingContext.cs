using Cake.Core;

namespace Cake.Frosting;

/// <summary>The context that all tasks of a run share.</summary>
public interface IFrostingContext : ICakeContext;

public class FrostingContext(ICakeContext context) : CakeContextAdapter(context), IFrostingContext;
