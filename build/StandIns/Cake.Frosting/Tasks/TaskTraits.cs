using System.Reflection;
using Cake.Core;

namespace Cake.Frosting.Internal;

/// <summary>The properties of a task for the engine, read from its class.</summary>
internal sealed class TaskTraits
{
    private readonly Type _task;

    public TaskTraits(Type task)
    {
        _task = task;
        Base = BaseOf(task) ?? throw new InvalidOperationException(
            $"The task '{task.Name}' must derive from {nameof(FrostingTask)} or {nameof(AsyncFrostingTask)}.");
    }

    private Type Base { get; }

    public string Name => NameOf(_task);

    public string Description => _task.GetCustomAttribute<TaskDescriptionAttribute>()?.Description ?? string.Empty;

    public bool ContinuesOnError => _task.IsDefined(typeof(ContinueOnErrorAttribute));

    public IEnumerable<Type> Dependencies => _task.GetCustomAttributes<IsDependentOnAttribute>().Select(a => a.Task);

    public IEnumerable<Type> Dependees => _task.GetCustomAttributes<IsDependeeOfAttribute>().Select(a => a.Task);

    public Type ContextType => Base.GenericTypeArguments[0];

    public bool Runs => Overrides(nameof(FrostingTask<ICakeContext>.Run)) || Overrides(nameof(AsyncFrostingTask<ICakeContext>.RunAsync));

    public bool HasCriteria => Overrides(nameof(IFrostingTask.ShouldRun));

    public bool HandlesErrors => Overrides(nameof(IFrostingTask.OnError));

    public bool HasFinally => Overrides(nameof(IFrostingTask.Finally));

    public static string NameOf(Type task) => task.GetCustomAttribute<TaskNameAttribute>()?.Name ?? task.Name;

    /// <summary>A virtual method counts as overridden if its most derived implementation is not that of the base class.</summary>
    private bool Overrides(string method) =>
        _task.GetMethods()
            .Any(m => m.Name == method && m.GetBaseDefinition().DeclaringType == Base && m.DeclaringType != Base);

    private static Type BaseOf(Type task)
    {
        for (var type = task; type is not null; type = type.BaseType)
        {
            if (type.IsConstructedGenericType
                && (type.GetGenericTypeDefinition() == typeof(FrostingTask<>) || type.GetGenericTypeDefinition() == typeof(AsyncFrostingTask<>)))
                return type;
        }

        return null;
    }
}
