using Cake.Core;
using Cake.Core.Diagnostics;

namespace Cake.Frosting.Internal;

/// <summary>Registers all tasks, setups and teardowns with the engine.</summary>
internal sealed class TaskRegistration(
    ICakeEngine engine, IFrostingContext context, ICakeLog log, IEnumerable<IFrostingTask> tasks, IServiceProvider services)
{
    public void Register()
    {
        foreach (var task in tasks)
        {
            var traits = new TaskTraits(task.GetType());
            if (traits.ContextType.IsInstanceOfType(context))
                Register(task, traits);
            else
                log.Warning("The task '{0}' is skipped: it needs a context of type {1}.", traits.Name, traits.ContextType.FullName);
        }

        if (services.GetService(typeof(IFrostingSetup)) is IFrostingSetup setup)
            engine.RegisterSetupAction(info => setup.Setup(context, info));
        if (services.GetService(typeof(IFrostingTeardown)) is IFrostingTeardown teardown)
            engine.RegisterTeardownAction(info => teardown.Teardown(context, info));
    }

    private void Register(IFrostingTask task, TaskTraits traits)
    {
        var builder = engine.RegisterTask(traits.Name);
        if (traits.Description.Length > 0)
            builder.Description(traits.Description);
        // a task without a body only has dependencies; the report shows it as such
        if (traits.Runs)
            builder.Does(task.RunAsync);
        if (traits.HasCriteria)
            builder.WithCriteria(task.ShouldRun, task.SkippedMessage);
        if (traits.ContinuesOnError)
            builder.ContinueOnError();
        // with a handler the engine does not throw again: overriding OnError swallows the failure
        if (traits.HandlesErrors)
            builder.OnError(exception => task.OnError(exception, context));
        if (traits.HasFinally)
            builder.Finally(() => task.Finally(context));
        foreach (var dependency in traits.Dependencies)
            builder.IsDependentOn(NameOf(dependency));
        foreach (var dependee in traits.Dependees)
            builder.IsDependeeOf(NameOf(dependee));
    }

    private static string NameOf(Type dependency) =>
        typeof(IFrostingTask).IsAssignableFrom(dependency)
            ? TaskTraits.NameOf(dependency)
            : throw new FrostingException($"The dependency '{dependency.Name}' is not a task.");
}
