using Slipway.Build.Cli;
using Slipway.Build.Cli.Configuration;
using Slipway.Build.Environments;
using Slipway.Build.Environments.Gates;
using Slipway.Build.Environments.Training;
using Slipway.Build.Workflows.Changes;
using Slipway.Registry;
using KnownArguments = Slipway.Build.Cli.Arguments;

namespace Slipway.Build.Factories;

/// <summary>The models that a run works on.</summary>
public sealed class ModelSelection(BuildContext context)
{
    /// <summary>The names under training/models, sorted.</summary>
    public IReadOnlyList<string> Names => context.Facts.Models;

    /// <summary><c>--model</c>, or else the one in cake.config.</summary>
    /// <exception cref="SlipwayException">cake.config names a model that has no folder.</exception>
    public string Name
    {
        get
        {
            var name = NameAsGiven;
            return Names.Contains(name)
                ? name
                : throw new SlipwayException($"cake.config names the model '{name}', but {context.Paths.Relative(context.Paths.Model(name))} does not exist. Correct {SettingKeys.Model.Name}, or name a model with {KnownArguments.Model}.");
        }
    }

    /// <summary>The folder of that model.</summary>
    public ModelFolder Folder => FolderOf(Name);

    /// <summary>The folder of the model that this run creates.</summary>
    public ModelFolder NewFolder => FolderOf(context.Required(KnownArguments.NewModel));

    public ModelFolder FolderOf(string model) => new(model, context.Paths.Model(model));

    /// <summary>The same for a registered model, whose folder may have been deleted from the repository.</summary>
    /// <exception cref="UsageException">The model exists neither in the repository nor in the environment.</exception>
    public async Task<string> RegisteredAsync(SlipwayEnvironment environment, CancellationToken cancellation)
    {
        var name = NameAsGiven;
        if (Names.Contains(name))
            return name;

        var registered = await environment.Versions.ModelsAsync(cancellation);
        return registered.Contains(name)
            ? name
            : throw new UsageException($"{KnownArguments.Model.Flag} names an unknown model: '{name}'.{Suggestion.DidYouMean(name, registered.Union(Names))} Registered in this environment: {string.Join(", ", registered.DefaultIfEmpty("none"))}.");
    }

    /// <summary>What changed in this tree since the base.</summary>
    public RepositoryChanges ChangesSince(string reference) => ChangePolicy.Of(context.Git.ChangedSince(reference), Names);

    /// <summary>The models that this run evaluates: the one that was named, those that the change affects, or all.</summary>
    public IReadOnlyList<ModelFolder> Touched()
    {
        var names = context.Value(KnownArguments.Model) is { } model ? [model]
            : context.Value(KnownArguments.Base) is { } reference ? ChangesSince(reference).Models
            : Names;
        return [.. names.Select(FolderOf)];
    }

    /// <summary>The output files of model trials.</summary>
    public TrialFiles Trials => new(context.Paths.Gates);

    private string NameAsGiven => context.Value(KnownArguments.Model) ?? context.Settings.Model;
}
